namespace Nabla.Cli.Output.Plots;

/// <summary>Draws a figure as SVG: one file, for light and dark paper, that needs nothing else.</summary>
internal static class SvgFigure
{
    private const double Width = 760, Height = 460, PanelWidth = 560, PanelHeight = 400, Head = 44;

    public static string Draw(Figure figure) => Draw(figure, new HoverData());

    /// <summary>Draws, and notes in <paramref name="hover"/> what is where.</summary>
    public static string Draw(Figure figure, HoverData hover)
    {
        int columns = Math.Max(1, Math.Min(figure.Columns, figure.Panels.Count));
        int rows = (figure.Panels.Count + columns - 1) / columns;
        (double across, double down) = columns == 1 ? (Width, Height) : (PanelWidth, PanelHeight);
        double head = figure.Title.Length > 0 ? Head : 8;
        (double width, double height) = (columns * across, head + Math.Max(1, rows) * down);
        using var svg = new SvgWriter(width, height);
        svg.Style(SvgStyle.Sheet);
        svg.Text("title", figure.Title);
        svg.Element("rect", ("class", "paper"), ("width", width), ("height", height));
        if (figure.Title.Length > 0)
            svg.Text("text", Lettering.Fit(figure.Title, Lettering.Huge, width - 40), ("class", "ink"),
                ("x", 20.0), ("y", 30.0), ("font-size", Lettering.Huge), ("font-weight", "600"));
        for (int i = 0; i < figure.Panels.Count; i++)
        {
            double left = i % columns * across, top = head + i / columns * down;
            new SvgPanel(svg, figure.Panels[i], new Box(left, top, left + across, top + down), i).Draw(hover);
        }
        return svg.Finish();
    }
}
