namespace Nabla.Cli.Output;

/// <summary>
/// Where text for people goes: stdout, or stderr when stdout is for JSON. Colours and live displays only on a terminal;
/// otherwise plain lines without escape codes.
/// </summary>
internal sealed class Screen(TextWriter writer, TerminalSize? terminal)
{
    private const int WidthOfPlainText = 100, MostUseful = 120;

    public TextWriter Writer => writer;

    /// <summary>Whether escape codes may be used.</summary>
    public bool IsLive => terminal is not null;

    /// <summary>Columns to draw in.</summary>
    public int Width => terminal is null ? WidthOfPlainText : Math.Min(terminal.Columns(), MostUseful);

    /// <summary>Rows to draw in.</summary>
    public int Height => terminal?.Rows() ?? 24;

    public void Line(InkedLine line) => writer.WriteLine(IsLive ? line.ToAnsi() : line.ToString().TrimEnd());

    public void Line(string text, Ink ink) => Line(new InkedLine(text, ink));

    public void Line() => writer.WriteLine();

    public void Lines(IEnumerable<InkedLine> lines)
    {
        foreach (InkedLine line in lines)
            Line(line);
    }

    /// <summary>Text without a line's end, at once.</summary>
    public void Write(string text, Ink ink = Ink.Plain)
    {
        writer.Write(IsLive ? Ansi.Paint(Printable.OnTerminal(text), ink) : text);
        writer.Flush();
    }

    /// <summary>A text that a model wrote, wrapped to the screen and indented.</summary>
    public void Quote(string text, Ink ink = Ink.Plain)
    {
        foreach (string line in Printable.Wrap(text, Width - 4))
            Line(new InkedLine("  ").Add(line, ink));
    }
}
