namespace Nabla.Cli.Output;

/// <summary>
/// Where text for people goes: stdout, or stderr when stdout is for JSON. Colours and live displays only on a terminal
/// that has them; otherwise plain lines without escape codes.
/// </summary>
internal sealed class Screen(TextWriter writer, Terminal? terminal)
{
    private const int WidthOfPlainText = 100, MostUseful = 120;

    public TextWriter Writer => writer;

    public bool IsTerminal => terminal is not null;

    /// <summary>Whether lines are written with the escape codes of their colours.</summary>
    public bool HasColours => terminal is { HasColours: true };

    /// <summary>Whether a picture can be drawn anew in its place.</summary>
    public bool CanRedraw => terminal is { CanRedraw: true };

    /// <summary>Columns to draw in.</summary>
    public int Width => terminal is null ? WidthOfPlainText : Math.Min(terminal.Columns(), MostUseful);

    /// <summary>Rows to draw in.</summary>
    public int Height => terminal?.Rows() ?? 24;

    public void Line(InkedLine line) => writer.WriteLine(HasColours ? line.ToAnsi() : line.ToString().TrimEnd());

    public void Line(string text, Ink ink) => Line(new InkedLine(text, ink));

    public void Line() => writer.WriteLine();

    public void Lines(IEnumerable<InkedLine> lines)
    {
        foreach (InkedLine line in lines)
            Line(line);
    }

    /// <summary>Text without a line's end, at once; as it is, unless a terminal would obey what stands in it.</summary>
    public void Write(string text, Ink ink = Ink.Plain)
    {
        string shown = IsTerminal ? Printable.OnTerminal(text) : text;
        writer.Write(HasColours ? Ansi.Paint(shown, ink) : shown);
        writer.Flush();
    }

    /// <summary>A text that a model wrote, wrapped to the screen and indented.</summary>
    public void Quote(string text, Ink ink = Ink.Plain)
    {
        foreach (string line in Printable.Wrap(text, Width - 4))
            Line(new InkedLine("  ").Add(line, ink));
    }
}
