using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json.Nodes;
using Nabla.Cli.Output;
using Nabla.Cli.Sheets;
using Nabla.Formulas.Evaluation;
using Nabla.Formulas.Spreadsheets;
using Nabla.Learning.Checkpoints;

namespace Nabla.Cli.Commands;

/// <summary>Writes a spreadsheet that computes itself with live formulas.</summary>
internal sealed class SheetCommand : NablaCommand
{
    private readonly Argument<string> what = new("WHAT|FORMULA")
    {
        Description = string.Join("; ", SheetKind.All.Select(kind => $"{kind.Name}: {kind.What}"))
            + "; or any formula, with --with for its symbols",
    };

    private readonly Option<string[]> with = new("--with")
    {
        Description = "Values to begin with: "
            + string.Join("; ", SheetKind.All.Where(kind => kind.Names.Count > 0)
                .Select(kind => $"{kind.Name} takes {string.Join(", ", kind.Names)}")),
        HelpName = "NAME=VALUE…",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string?> output = new("--out")
    {
        Description = "File to write, .xlsx (default: WHAT.xlsx, or formula.xlsx)",
        HelpName = "FILE",
        CustomParser = ParseOutput,
    };

    private readonly Option<string?> model = new("--model")
    {
        Description = "For gpt: the folder of a small model of the family gpt2 over characters",
        HelpName = "FOLDER",
    };

    private readonly Option<string?> text = new("--text")
    {
        Description = $"For gpt: what has been written so far (default: '{SmallGpt.Beginning}')",
        HelpName = "TEXT",
    };

    private readonly Option<string?> data = CommonOptions.Choice(
        "--data", "For mlp: what it learns, xor or iris (default: xor)", "NAME", [.. SmallNetwork.Names]);

    public SheetCommand() : base("sheet", "Write a spreadsheet in which a formula or a model computes itself")
    {
        Arguments.Add(what);
        foreach (Option option in new Option[] { with, output, model, text, data })
            Options.Add(option);
    }

    public override int Place => 18;

    public override IReadOnlyList<string> Examples =>
    [
        "nabla sheet neuron --with x=[1,2,3] w=[0.5,-0.3,0.8] b=0.1",
        "nabla sheet rain --out rain.xlsx",
        "nabla sheet 'softmax(Q K^T / sqrt(d_k)) V' --with Q=[[1,0],[0,1]] K=[[1,2],[0,1]] V=[[1],[2]] d_k=2",
        "nabla sheet gpt --text 'the dog '",
    ];

    public override int Run(Session session)
    {
        string name = session.Get(what);
        SheetKind? kind = SheetKind.Named(name);
        Workbook book = session.Interrupts.WaitFor(() => Build(session, kind, name));
        string path = session.Get(output) ?? $"{kind?.Name ?? FormulaKind.Name}.xlsx";
        AtomicFile.Write(path, stream => book.Write(stream));
        session.Result(Document(path, kind?.Name ?? FormulaKind.Name, book), () => Print(session.Screen, path, book));
        return 0;
    }

    private Workbook Build(Session session, SheetKind? kind, string name)
    {
        var request = new SheetRequest(Bindings.Read(with.Name, session.Get(with) ?? []))
        {
            Model = session.Get(model),
            Text = session.Get(text),
            Data = session.Get(data),
            Cancellation = session.Cancellation,
        };
        if (kind is null)
            return Nearest.To(name, [.. SheetKind.All.Select(other => other.Name)]) is { } meant
                && request.Given.Names.Count == 0
                ? throw new UsageException($"There is no sheet '{name}'. Did you mean '{meant}'?")
                : FormulaKind.Build(name, request);
        if (request.Given.Names.FirstOrDefault(given => !kind.Names.Contains(given, StringComparer.Ordinal))
            is { } unused)
            throw new UsageException($"--with {unused}: '{kind.Name}' has no value of that name; it takes "
                + $"{(kind.Names.Count == 0 ? "none" : string.Join(", ", kind.Names))}.");
        return kind.Build(request);
    }

    private static JsonObject Document(string path, string kind, Workbook book) => new()
    {
        ["file"] = path,
        ["kind"] = kind,
        ["title"] = book.Title,
        ["formulas"] = book.FormulaCount,
        ["sheets"] = JsonOutput.Array(book.Sheets.Select(sheet => new JsonObject
        {
            ["name"] = sheet.Name,
            ["cells"] = sheet.Cells.Count,
            ["formulas"] = sheet.Cells.Values.Count(cell => cell.Formula is not null),
        })),
        ["results"] = JsonOutput.Array(book.Results.Select(result => new JsonObject
        {
            ["name"] = result.Name,
            ["sheet"] = result.Sheet,
            ["cell"] = result.Cell.ToString(),
            ["value"] = result.Value.Text is { } words ? words : JsonOutput.Number(result.Value.Number),
        })),
    };

    private static void Print(Screen screen, string path, Workbook book)
    {
        screen.Line(new InkedLine(Printable.OneLine(path, 80), Ink.Model).Add($"  {book.Title}", Ink.Strong));
        screen.Line();
        var sheets = new TextTable("sheet", "cells that compute").AlignRight(1);
        foreach (Sheet sheet in book.Sheets)
            sheets.Row(sheet.Name, Amounts.Count(sheet.Cells.Values.Count(cell => cell.Formula is not null)));
        screen.Lines(sheets.Draw());
        screen.Line();
        var results = new TextTable("where to look", "", "Nabla computes").AlignRight(2);
        foreach (WorkbookResult result in book.Results)
            results.Row(new InkedLine($"{result.Sheet}!{result.Cell}", Ink.Model), result.Name, Shown(result.Value));
        screen.Lines(results.Draw());
        screen.Line();
        screen.Line("  Open it in Excel or LibreOffice, change a blue cell, and watch the rest follow.", Ink.Dim);
    }

    private static string Shown(CellValue value) => value.Text is { } words
        ? $"“{Printable.OneLine(words, 40)}”"
        : value.Number.ToString("0.######", System.Globalization.CultureInfo.InvariantCulture);

    private static string? ParseOutput(ArgumentResult result)
    {
        string path = result.Tokens[0].Value;
        if (!path.EndsWith(".xlsx", StringComparison.OrdinalIgnoreCase)
            || string.IsNullOrWhiteSpace(Path.GetFileNameWithoutExtension(path)))
            result.AddError($"--out takes a file name that ends in .xlsx, not '{path}'.");
        return path;
    }
}
