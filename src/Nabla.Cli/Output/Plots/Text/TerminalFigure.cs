namespace Nabla.Cli.Output.Plots;

/// <summary>Draws a figure with characters: panels one below the other.</summary>
internal static class TerminalFigure
{
    /// <summary>The lines, at most <paramref name="width"/> characters each.</summary>
    /// <param name="figure">What to draw.</param>
    /// <param name="width">Characters across; below 30 counts as 30.</param>
    /// <param name="rows">Characters down for the data of each panel with two axes.</param>
    /// <param name="hasColours">Where there are none, classes of points are letters.</param>
    public static IEnumerable<InkedLine> Draw(Figure figure, int width, int rows, bool hasColours)
    {
        width = Math.Max(width, 30);
        rows = Math.Max(rows, 3);
        if (figure.Title.Length > 0)
            yield return Cut(figure.Title, width, Ink.Strong);
        for (int i = 0; i < figure.Panels.Count; i++)
        {
            Panel panel = figure.Panels[i];
            if (i > 0)
                yield return "";
            if (panel.Title.Length > 0)
                yield return Cut(panel.Title, width, Ink.Strong);
            IEnumerable<InkedLine> lines = panel.Series.Any(series => series is BarSeries)
                ? TerminalBars.Draw(new PanelScales(panel), width)
                : panel.Series.OfType<HeatMapSeries>().FirstOrDefault() is { } map
                ? TerminalMap.Draw(new PanelScales(panel), map, width)
                : new TerminalPanel(panel, width, rows, hasColours).Draw();
            foreach (InkedLine line in lines)
                yield return line;
        }
    }

    /// <summary>The ink of a series.</summary>
    public static Ink InkOf(int colour) => Ink.Series0 + colour % SvgStyle.Colours;

    /// <summary>A text without tabs and control characters, at most <paramref name="length"/> long.</summary>
    public static string OneLine(string text, int length) => Printable.OneLine(Lettering.Clean(text), length);

    private static InkedLine Cut(string text, int width, Ink ink) => new(OneLine(text, width), ink);
}
