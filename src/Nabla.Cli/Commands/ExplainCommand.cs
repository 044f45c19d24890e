using System.CommandLine;
using Nabla.Cli.Explain;
using Nabla.Cli.Explain.Pieces;
using Nabla.Cli.Output;
using Nabla.Formulas.Printing;
using Nabla.Learning.Checkpoints;

namespace Nabla.Cli.Commands;

/// <summary>Says what a formula means, symbol by symbol, and computes it step by step.</summary>
internal sealed class ExplainCommand : NablaCommand
{
    private const string StandardInput = "-";

    private readonly Argument<string[]> formula = new("FORMULA")
    {
        Description = "A formula in LaTeX, Unicode or as typed, settings, a config.json, a line or file of a training "
            + "log (.csv, .jsonl, TensorBoard); - reads from standard input",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string[]> with =
        Many("--with", "Values: numbers or nested lists, as in d_k=2 Q=[[1,0],[0,1]]",
        "NAME=VALUE…");
    private readonly Option<string[]> shapes = Many("--shapes",
        "Sizes: random numbers of these shapes, as in Q=10x64; with names, as in Q=TxD, only shapes are inferred",
        "NAME=SIZES…");
    private readonly Option<string[]> gradients = Many("--grad", "Names to differentiate the value by", "NAME…");
    private readonly Option<string?> to = CommonOptions.Choice("--to",
        $"Write it in a language instead: {string.Join(", ", FormulaPrinter.Languages.Keys)}", "LANGUAGE",
        [.. FormulaPrinter.Languages.Keys]);
    private readonly Option<string?> length = CommonOptions.Choice("--length",
        "How much to say: line, paragraph or steps (default: all there is)", "LENGTH", "line", "paragraph", "steps");
    private readonly Option<string?> batch = new("--batch")
    {
        Description =
            "Explain every line of a file, a formula or {\"formula\": …, \"with\": {…}, \"grad\": […]}; - reads "
            + "standard input. Each gives one line of JSON, with ok false and the error where it cannot be explained; "
            + "the others are explained all the same, and the exit code is then 2",
        HelpName = "FILE",
    };
    private readonly Option<string?> op = new("--op")
    {
        Description =
            "Show an op, layer, loss, optimizer or schedule of Nabla: its formula, numbers and code; list names all",
        HelpName = "NAME",
    };
    private readonly Option<long?> seed = CommonOptions.Seed("Seed of the random numbers (default: 1)");
    private readonly Option<string?> output = new("--out") { Description = "File to write to", HelpName = "FILE" };

    public ExplainCommand() : base("explain", "Say what a formula means, symbol by symbol, and compute it step by step")
    {
        Arguments.Add(formula);
        foreach (Option option in new Option[]
            { with, gradients, shapes, to, length, op, batch, seed, output, CommonOptions.Plot })
            Options.Add(option);
    }

    public override int Place => 12;

    public override IReadOnlyList<string> Examples =>
    [
        "nabla explain 'softmax(QKᵀ/√d_k)V'",
        "nabla explain 'y_hat = w^T x + b' --with w=[0.4,-1.1,2] x=[1,3,0.5] b=0.7 --grad w",
        "nabla explain 'L = -\\sum_c y_c \\log \\hat{y}_c' --to python",
        "nabla explain 'AdamW(betas=(0.9, 0.95), warmup_steps=2000)'",
        "nabla explain config.json",
        "nabla explain --op softmax",
        "nabla explain --batch formulas.txt",
    ];

    public override int Run(Session session)
    {
        if (session.Get(op) is { } name)
        {
            RequireNone(session, op, with, gradients, shapes, to, length, batch, seed, output, CommonOptions.Plot);
            return ShowPiece(session, name);
        }
        ExplainOptions options = Asked(session);
        if (session.Get(batch) is { } file)
        {
            RequireNone(session, batch, to, length, CommonOptions.Plot);
            return RunBatch(session, file, options);
        }
        (string? text, options) = Formula(session, options);
        if (text is null)
            throw new UsageException($"'{FullName}' needs FORMULA: a formula in quotes, or - to read it from standard "
                + $"input. See '{FullName} --help'.");
        if (text == StandardInput)
            text = session.Streams.Input.ReadToEnd().TrimEnd('\r', '\n');
        return Given.Explain(session, text, options);
    }

    // What would be left out in silence is refused.
    private void RequireNone(Session session, Option chosen, params Option[] others)
    {
        string[] idle = [.. others.Where(session.IsGiven).Select(option => option.Name)];
        string? word = session.Get(formula).FirstOrDefault();
        if (idle.Length > 0)
            throw new UsageException($"{chosen.Name} takes no {string.Join(", ", idle)}; leave it out, or ask without "
                + $"{chosen.Name}.");
        if (word is not null)
            throw new UsageException($"{chosen.Name} takes no formula beside it, but there is '{word}'; leave one of "
                + "the two out.");
    }

    private int ShowPiece(Session session, string name)
    {
        if (name == "list")
        {
            if (session.Json)
                JsonOutput.Write(session.Streams.Output, PieceDocument.List());
            else
                PieceScreen.List(session.Screen);
            return 0;
        }
        IReadOnlyList<Piece> found = PieceCatalog.Find(name);
        if (found.Count == 0)
            throw new UsageException($"There is no op, layer, loss, optimizer or schedule named '{name}'."
                + (Nearest.To(name, PieceCatalog.All.Select(piece => piece.Name)) is { } near
                    ? $" Did you mean {near}?" : "")
                + $" '{FullName} --op list' names all.");
        if (session.Json)
        {
            JsonOutput.Write(session.Streams.Output, PieceDocument.Of(found));
            return 0;
        }
        foreach (Piece piece in found)
            PieceScreen.Print(session.Screen, piece);
        return 0;
    }

    private ExplainOptions Asked(Session session) => new()
    {
        With = session.Get(with) ?? [],
        Shapes = session.Get(shapes) ?? [],
        Gradients = session.Get(gradients) ?? [],
        Seed = session.Get(seed) ?? 1,
        To = session.Get(to),
        Length = session.Get(length),
        Out = session.Get(output),
    };

    // "--with a=1 'a + 2'": the last word belongs to the option for the parser, but it binds nothing.
    private (string? Text, ExplainOptions Options) Formula(Session session, ExplainOptions options)
    {
        // A formula without quotes comes in words.
        if (session.Get(formula) is { Length: > 0 } words)
        {
            if (Array.Find(words, IsOption) is { } unknown)
                throw new UsageException(ParseErrors.Unknown(this, unknown));
            return (string.Join(' ', words), options);
        }
        if (options.With is [.., var last] && !Binds(last))
            return (last, options with { With = [.. options.With.SkipLast(1)] });
        if (options.Gradients is [_, .., var name])
            return (name, options with { Gradients = [.. options.Gradients.SkipLast(1)] });
        return options.Shapes is [.., var shape] && !Binds(shape)
            ? (shape, options with { Shapes = [.. options.Shapes.SkipLast(1)] }) : (null, options);
    }

    // A formula in words takes whatever is no option of the command: also an option with a slip of the pen.
    private static bool IsOption(string word) => word.Length > 3 && word.StartsWith("--", StringComparison.Ordinal)
        && char.IsAsciiLetterLower(word[2]) && char.IsAsciiLetterLower(word[3]);

    private static bool Binds(string word) => word.IndexOf('=', StringComparison.Ordinal) is var sign and > 0
        && !word[..sign].Contains(' ', StringComparison.Ordinal)
            && !word[..sign].Contains('(', StringComparison.Ordinal);

    private static int RunBatch(Session session, string file, ExplainOptions options)
    {
        using TextReader? opened = file == StandardInput ? null : new StreamReader(file);
        TextReader input = opened ?? session.Streams.Input;
        var batch = new Batch(options);
        if (options.Out is { } path)
            AtomicFile.Write(path, stream =>
            {
                using var written = new StreamWriter(stream, leaveOpen: true);
                batch.Run(input, written, session.Cancellation);
            });
        else
            batch.Run(input, session.Streams.Output, session.Cancellation);
        if (batch.Failures > 0)
            session.Remarks.Line($"nabla: {batch.Failures} of {batch.Lines} lines could not be explained; each says "
                + "why in its own line of the output.");
        return batch.ExitCode;
    }

    private static Option<string[]> Many(string name, string help, string place) => new(name)
    {
        Description = help,
        HelpName = place,
        AllowMultipleArgumentsPerToken = true,
    };
}
