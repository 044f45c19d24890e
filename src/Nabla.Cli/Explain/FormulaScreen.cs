using System.Globalization;
using Nabla.Cli.Output;
using Nabla.Cli.Output.Plots;
using Nabla.Formulas.Evaluation;
using Nabla.Formulas.Explanation;
using Nabla.Formulas.Printing;
using Nabla.Formulas.Trees;

namespace Nabla.Cli.Explain;

/// <summary>Prints an explanation for people.</summary>
internal static class FormulaScreen
{
    private const int WidestSymbol = 14, WidestName = 30, WidestFormula = 34, RowsOfPicture = 12, MostPanels = 2;

    private static readonly string[] MovedFirst = ["predict", "weight", "parameter", "logit", "score", "quer", "input"];
    private static readonly string[] MovedLast =
        ["target", "true", "label", "number of", "rate", "epsilon", "temperature", "size", "width", "decay"];

    /// <param name="screen">Where it goes.</param>
    /// <param name="explained">The explanation.</param>
    /// <param name="options">How much of it is wanted.</param>
    /// <param name="figure">Its picture, or null.</param>
    public static void Print(Screen screen, ExplainedFormula explained, ExplainOptions options, Figure? figure)
    {
        if (options.Length == "line")
        {
            string value = explained.Value is { } number ? $" (= {Short(number, 400)})" : "";
            screen.Line(explained.Reading + value);
            return;
        }
        Heading(screen, explained);
        Text(screen, explained.Reading, Ink.Strong);
        screen.Line();
        Text(screen, explained.Paragraph, Ink.Plain);
        if (options.Length == "paragraph")
        {
            Result(screen, explained);
            return;
        }
        if (options.Length is null)
            Symbols(screen, explained);
        Steps(screen, explained);
        Result(screen, explained);
        if (options.Length is null)
        {
            Picture(screen, figure);
            Knowledge(screen, explained);
            Warnings(screen, explained);
            Hints(screen, explained, options);
        }
    }

    private static void Heading(Screen screen, ExplainedFormula explained)
    {
        foreach (string line in Printable.Wrap(FormulaPrinter.Display(explained.Formula.Tree), screen.Width - 2))
            screen.Line(line, Ink.Model);
        if (explained.Recognised is [var named, ..])
            Hanging(screen, new InkedLine(named.Name, Ink.Good).Add("  "), named.Source + (named.Confidence < 0.9
                ? $"  ({named.Confidence.ToString("P0", CultureInfo.InvariantCulture)} sure)" : ""));
        screen.Line();
    }

    private static void Text(Screen screen, string text, Ink ink)
    {
        foreach (string line in Printable.Wrap(text, screen.Width - 2))
            screen.Line(line, ink);
    }

    private static void Section(Screen screen, string title)
    {
        screen.Line();
        screen.Line(title, Ink.Dim);
    }

    private static void Symbols(Screen screen, ExplainedFormula explained)
    {
        if (explained.Symbols.Count == 0)
            return;
        Section(screen, "Symbols");
        int symbolWidth = Math.Min(WidestSymbol, explained.Symbols.Max(symbol => symbol.Text.Length)) + 4;
        int nameWidth = Math.Min(WidestName, explained.Symbols.Max(symbol => symbol.Name.Length)) + 2;
        foreach (ExplainedSymbol symbol in explained.Symbols)
        {
            InkedLine line =
                new InkedLine("  ").Add(symbol.Text, Ink.Model).PadTo(symbolWidth).Add(symbol.Name, Ink.Strong)
                .Add("  ").PadTo(symbolWidth + nameWidth);
            string value = symbol.Value is { } number ? $" = {Short(number, 40)}" : "";
            string note = symbol.Note.Length > 0 ? $" ({symbol.Note})" : "";
            Hanging(screen, line, symbol.Role + note + value + Shape(symbol));
        }
    }

    // What is no number: where it has no value, its shape.
    private static string Shape(ExplainedSymbol symbol) => symbol switch
    {
        { Value: { } number } => Sizes(number),
        { Inferred: null } or { Type: "index" } => "",
        { Type: "function", Inferred: { } shape } => $" · {shape.WordsOfResult}",
        { Inferred: { } shape } => $" · {shape.Words}",
    };

    // Where everything is a number nothing is said of it.
    private static string Shape(ExplainedStep step, bool hasArrays) => step.Inferred switch
    {
        { Shape.Rank: 0 } when hasArrays => " · a number",
        { Shape: { Rank: > 0 } shape } => $" · {shape}",
        _ => "",
    };

    private static void Steps(Screen screen, ExplainedFormula explained)
    {
        if (explained.Steps.Count < (explained.Value is null ? 2 : 1))
            return;
        Section(screen, "Step by step");
        int digits = explained.Steps.Count.ToString(CultureInfo.InvariantCulture).Length;
        bool hasArrays = explained.Steps.Any(step => step.Inferred is { Shape.Rank: > 0 });
        foreach ((int i, ExplainedStep step) in explained.Steps.Index())
        {
            string number = (i + 1).ToString(CultureInfo.InvariantCulture).PadLeft(digits);
            string formula =
                Printable.OneLine(FormulaPrinter.Display(step.Expression), Math.Max(WidestFormula, screen.Width - 10));
            InkedLine line = new InkedLine($"  {number}  ", Ink.Dim).Add(formula, Ink.Model);
            if (step.Value is null)
            {
                string words = step.Reading + Shape(step, hasArrays);
                if (formula.Length <= WidestFormula)
                    Hanging(screen, line.Add("  ").PadTo(digits + 6 + WidestFormula), words);
                else
                    Below(screen, line, digits, words);
                continue;
            }
            line.Add($" = {Short(step.Value, Math.Max(20, screen.Width - line.Length - 4))}");
            Below(screen, line, digits, Over(step) + step.Reading + Sizes(step.Value));
        }
    }

    private static string Over(ExplainedStep step) =>
        step.Indices.Count > 0 ? $"for each {string.Join(" and ", step.Indices)}: " : "";

    private static void Below(Screen screen, InkedLine line, int digits, string text)
    {
        screen.Line(line);
        foreach (string part in Printable.Wrap(text, screen.Width - digits - 6))
            screen.Line(new InkedLine(new string(' ', digits + 4)).Add(part, Ink.Dim));
    }

    private static void Result(Screen screen, ExplainedFormula explained)
    {
        if (explained.Value is not { } value)
            return;
        screen.Line();
        bool isEquation = explained.Formula.Tree is not Relation relation || relation.Operators.All(sign =>
            sign.Kind is not (RelationKind.Less or RelationKind.Greater or RelationKind.Unequal));
        string left = !isEquation ? "right side"
            : explained.Formula.Left is { } side ? FormulaPrinter.Display(side) : "value";
        string error = explained.StandardError is { } standard
            ? $" ± {standard.ToString("G3", CultureInfo.InvariantCulture)}" : "";
        screen.Line(new InkedLine(left, Ink.Model).Add($" = {Short(value, 400)}{error}", Ink.Strong));
        foreach (string note in explained.Notes)
            Hanging(screen, "  ", note);
        foreach ((string name, NumberArray gradient) in explained.Gradients)
        {
            string symbolic = explained.Derivatives.TryGetValue(name, out Expression? derivative)
                ? $"{FormulaPrinter.Display(derivative)} = " : "";
            screen.Line(new InkedLine($"∂/∂{name}", Ink.Model).Add($" = {symbolic}{Short(gradient, 400)}"));
        }
    }

    private static void Picture(Screen screen, Figure? figure)
    {
        if (figure is null)
            return;
        screen.Line();
        Figure small = figure with { Title = "", Panels = [.. figure.Panels.TakeLast(MostPanels)] };
        screen.Lines(TerminalFigure.Draw(small, screen.Width, RowsOfPicture, screen.HasColours));
    }

    private static void Knowledge(Screen screen, ExplainedFormula explained)
    {
        if (explained.Recognised is not [var named, ..])
            return;
        Section(screen, "Good to know");
        if (named.Intuition.Length > 0)
            Hanging(screen, "  ", named.Intuition);
        if (named.Pitfalls.Length > 0)
            Hanging(screen, "  ", named.Pitfalls);
        if (named.Nabla is { } type)
            Hanging(screen, new InkedLine("  in Nabla  ", Ink.Dim), type);
        if (named.Related.Count > 0)
            Hanging(screen, new InkedLine("  related   ", Ink.Dim), string.Join(", ", named.Related));
        if (explained.Recognised.Count > 1)
            Hanging(screen, new InkedLine("  or it is  ", Ink.Dim),
                string.Join(", ", explained.Recognised.Skip(1).Select(other => other.Name)));
    }

    private static void Warnings(Screen screen, ExplainedFormula explained)
    {
        // How a formula that everybody knows was read is in no doubt.
        bool isSure = explained.Recognised is [{ Confidence: > 0.97, IsPart: false }, ..];
        string[] warnings = [.. explained.Warnings.Where(warning =>
            !(isSure && warning.StartsWith("Read as ", StringComparison.Ordinal)))];
        if (warnings.Length == 0)
            return;
        Section(screen, "Mind");
        foreach (string warning in warnings)
            Hanging(screen, new InkedLine("  ! ", Ink.Bad), warning);
    }

    private static void Hints(Screen screen, ExplainedFormula explained, ExplainOptions options)
    {
        string formula = explained.Formula.Text;
        if (formula.Length > 60)
            return;
        string[] free = [.. explained.Unbound];
        Section(screen, "Try");
        if (explained.Value is null && free.Length is > 0 and < 6)
            screen.Line("  " + Shell.Command(
                ["explain", formula, "--with", .. options.With, .. free.Select(name => name + "=…")]));
        if (explained.Value is not null && explained.Gradients.Count == 0 && Moved(explained) is { } name)
            screen.Line("  " + Shell.Command(["explain", formula, "--with", .. options.With, "--grad", name]));
        screen.Line("  " + Shell.Command("explain", formula, "--to", "python"));
    }

    // By which of the given symbols one would differentiate: what is learned or predicted, no target and no setting.
    private static string? Moved(ExplainedFormula explained) => explained.Symbols
        .Where(symbol => symbol.Value is not null && symbol.Defined == "given")
        .MinBy(PlaceOf)?.Symbol;

    private static int PlaceOf(ExplainedSymbol symbol)
    {
        bool IsCalled(string word) => symbol.Name.Contains(word, StringComparison.Ordinal);
        int place = Array.FindIndex(MovedFirst, IsCalled);
        bool isStill = symbol.Type == "index" || Array.Exists(MovedLast, IsCalled);
        return isStill ? MovedFirst.Length + 1 : place < 0 ? MovedFirst.Length : place;
    }

    // Text that goes on below where it began.
    private static void Hanging(Screen screen, InkedLine line, string text)
    {
        int indent = line.Length, width = screen.Width - indent;
        if (width < 24)
        {
            screen.Line(line);
            (indent, width) = (4, screen.Width - 4);
            line = new InkedLine().PadTo(indent);
        }
        foreach (string part in Printable.Wrap(text, width))
        {
            screen.Line(line.Add(part));
            line = new InkedLine().PadTo(indent);
        }
    }

    private static string Sizes(NumberArray value) =>
        value.IsScalar ? ""
            : $", of shape [{string.Join(", ", Enumerable.Range(0, value.Shape.Rank).Select(d => value.Shape[d]))}]";

    private static string Short(NumberArray value, int width) =>
        Printable.OneLine(value.ToDisplay(width), Math.Max(8, width));
}
