using Nabla.Cli.Output;
using Nabla.Formulas;

namespace Nabla.Cli.Explain;

/// <summary>Shows why a formula cannot be read, with a mark under the place.</summary>
internal static class FormulaError
{
    private const int Before = 50, After = 25;

    /// <summary>Prints the error; returns the exit code.</summary>
    public static int Report(Session session, string text, FormulaException error)
    {
        if (session.Json)
            session.Streams.Output.WriteLine(FormulaDocument.Of(error));
        Screen screen = session.Remarks;
        screen.Line($"nabla: {Printable.OneLine(error.Message, 400)}");
        if (error.Position < 0)
            return Errors.WrongInput;
        (string line, int column) = Place(error.Text ?? text, error.Position);
        screen.Line("  " + line);
        screen.Line(new InkedLine(new string(' ', 2 + column)).Add("^", Ink.Bad)
            .Add(error.Expected.Length > 0 ? $" expected {Printable.OneLine(error.Expected, 100)}" : "", Ink.Dim));
        return Errors.WrongInput;
    }

    // What stands around the position on its line, and where in that the position is.
    private static (string Line, int Column) Place(string text, int position)
    {
        position = Math.Min(position, text.Length);
        int begin = position == 0 ? 0 : text.LastIndexOf('\n', position - 1) + 1;
        int end = text.IndexOf('\n', position);
        end = end < 0 ? text.Length : end;
        int from = Math.Max(begin, position - Before), to = Math.Min(end, position + After);
        string dots = from > begin ? "…" : "";
        return (dots + Printable.OnTerminal(text[from..to].Replace('\t', ' ')) + (to < end ? "…" : ""),
            dots.Length + position - from);
    }
}
