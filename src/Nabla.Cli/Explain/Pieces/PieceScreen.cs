using Nabla.Cli.Output;
using Nabla.Formulas.Evaluation;
using Nabla.Formulas.Explanation;

namespace Nabla.Cli.Explain.Pieces;

/// <summary>Prints a piece of the library: its formula, in words, with numbers, and its code.</summary>
internal static class PieceScreen
{
    private const int MostLines = 70;

    public static void Print(Screen screen, Piece piece)
    {
        screen.Line(new InkedLine(piece.Name, Ink.Good).Add($"  {piece.Kind}", Ink.Dim));
        Wrapped(screen, piece.Formula, Ink.Model);
        screen.Line();
        ExplainedFormula explained = Explainer.Explain(piece.Formula);
        Wrapped(screen, explained.Reading, Ink.Strong);
        PieceSource? source = PieceSource.Of(piece);
        if (source is { Summary.Length: > 0 })
            Wrapped(screen, source.Summary, Ink.Plain);
        if (piece.Sample is { } sample && PieceProof.Of(sample) is { } proof)
            Print(screen, proof);
        if (source is not null)
            Print(screen, source);
    }

    public static void List(Screen screen)
    {
        foreach (IGrouping<string, Piece> kind in PieceCatalog.All.GroupBy(piece => piece.Kind, StringComparer.Ordinal))
        {
            screen.Line(char.ToUpperInvariant(kind.Key[0]) + kind.Key[1..], Ink.Dim);
            int width = kind.Max(piece => piece.Name.Length) + 2;
            foreach (Piece piece in kind)
                screen.Line(new InkedLine("  ").Add(piece.Name, Ink.Model).PadTo(width + 2)
                    .Add(Printable.OneLine(piece.Formula, Math.Max(20, screen.Width - width - 4))));
            screen.Line();
        }
    }

    private static void Print(Screen screen, PieceProof proof)
    {
        Section(screen, "With numbers: by the formula, and by the code that runs");
        foreach ((string name, NumberArray value) in proof.Inputs)
            screen.Line(new InkedLine($"  {name} = ", Ink.Dim).Add(Short(screen, value)));
        Compared(screen, "value", proof.ByFormula, proof.ByKernel, "kernel");
        foreach ((string name, NumberArray formula, NumberArray backward) in proof.Gradients)
            Compared(screen, $"∂{PieceProof.Loss}/∂{name}", formula, backward, "backward pass");
    }

    private static void Compared(Screen screen, string what, NumberArray formula, NumberArray code, string by)
    {
        screen.Line(new InkedLine($"  {what}  ", Ink.Model).Add(Short(screen, formula), Ink.Strong)
            .Add("  formula", Ink.Dim));
        screen.Line(new InkedLine().PadTo(what.Length + 4).Add(Short(screen, code), Ink.Strong)
            .Add($"  {by}", Ink.Dim));
    }

    private static void Print(Screen screen, PieceSource source)
    {
        Section(screen, source.Path);
        foreach (string line in source.Code.Take(MostLines))
            screen.Line("  " + line);
        if (source.Code.Count > MostLines)
            screen.Line($"  … {source.Code.Count - MostLines} more lines", Ink.Dim);
    }

    private static void Section(Screen screen, string title)
    {
        screen.Line();
        screen.Line(title, Ink.Dim);
    }

    private static void Wrapped(Screen screen, string text, Ink ink)
    {
        foreach (string line in Printable.Wrap(text, screen.Width - 2))
            screen.Line(line, ink);
    }

    private static string Short(Screen screen, NumberArray value) =>
        Printable.OneLine(value.ToString("G5"), Math.Max(20, screen.Width - 24));
}
