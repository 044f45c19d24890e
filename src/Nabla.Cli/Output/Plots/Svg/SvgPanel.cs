namespace Nabla.Cli.Output.Plots;

/// <summary>One panel as SVG: room for texts is measured first, what is left is for the data.</summary>
internal sealed class SvgPanel
{
    private const double Edge = 14, TitleRoom = 30, LabelRoom = 22, TickRoom = 22, TickLength = 4, Spacing = 42;
    private const double LongestName = 150, Slope = 35 * Math.PI / 180;

    private readonly SvgWriter svg;
    private readonly Panel panel;
    private readonly PanelScales scales;
    private readonly int index;
    private readonly Box place, plot;
    private readonly Ruler across, up;
    private readonly SvgLegend legend;
    private readonly IReadOnlyList<Tick> acrossTicks, upTicks;
    private readonly bool isSloping;

    public SvgPanel(SvgWriter svg, Panel panel, Box place, int index)
    {
        (this.svg, this.panel, this.place, this.index) = (svg, panel, place, index);
        scales = new PanelScales(panel);
        legend = new SvgLegend(svg, scales, place.Height);
        double top = place.Top + (panel.Title.Length > 0 ? TitleRoom : Edge);
        double below = panel.X.Label.Length > 0 ? LabelRoom : 0;
        upTicks = Shortened(scales.Up(0, 1).Ticks((int)((place.Bottom - top - below - TickRoom) / Most(scales.Y))));
        double left = place.Left + Edge + (panel.Y.Label.Length > 0 ? LabelRoom : 0) + Widest(upTicks) + 2 * TickLength;
        double right = place.Right - Math.Max(1.7 * Edge, legend.Width + Edge);
        (acrossTicks, isSloping) = AcrossTicks(left, right);
        double names = isSloping ? Widest(acrossTicks) * Math.Sin(Slope) + Lettering.Small : TickRoom;
        if (isSloping) // the first name must not leave the panel
            left = Math.Max(left, place.Left + Edge + Lettering.Width(acrossTicks[0].Label, Lettering.Small)
                * Math.Cos(Slope) - (right - left) / scales.X.Categories!.Count / 2);
        plot = new Box(left, top, right, place.Bottom - Edge / 2 - below - names);
        (across, up) = (scales.Across(plot.Left, plot.Right), scales.Up(plot.Bottom, plot.Top));
    }

    public void Draw(HoverData hover)
    {
        string clip = $"clip{index}";
        using (svg.Group("clipPath", ("id", clip)))
            svg.Element("rect", ("x", plot.Left), ("y", plot.Top), ("width", plot.Width), ("height", plot.Height));
        if (panel.Title.Length > 0)
            svg.Text("text", Lettering.Fit(panel.Title, Lettering.Large, place.Right - plot.Left - 3 * Edge),
                ("class", "ink"), ("x", plot.Left), ("y", place.Top + 18), ("font-size", Lettering.Large),
                ("font-weight", "600"));
        DrawGrid();
        using (svg.Group("g", ("clip-path", $"url(#{clip})")))
            new SvgMarks(svg, scales, (across, up), plot, hover).Draw();
        DrawAxes();
        legend.Draw(new Box(plot.Right, plot.Top, place.Right, plot.Bottom));
        if (scales.IsEmpty)
            svg.Text("text", "no finite values to draw", ("class", "soft"), ("x", (plot.Left + plot.Right) / 2),
                ("y", (plot.Top + plot.Bottom) / 2), ("font-size", Lettering.Medium), ("text-anchor", "middle"));
    }

    // Names stand closer than numbers: each is needed.
    private static double Most(Axis axis) => axis.Categories is null ? Spacing : 16;

    private static double Widest(IReadOnlyList<Tick> ticks) =>
        ticks.Select(tick => Lettering.Width(tick.Label, Lettering.Small)).DefaultIfEmpty().Max();

    private static IReadOnlyList<Tick> Shortened(IReadOnlyList<Tick> ticks) => [.. ticks.Select(
        tick => tick with { Label = Lettering.Fit(Lettering.Clean(tick.Label), Lettering.Small, LongestName) })];

    // As many ticks as have room for their labels; names that have none slope.
    private (IReadOnlyList<Tick> Ticks, bool IsSloping) AcrossTicks(double left, double right)
    {
        Ruler ruler = scales.Across(left, right);
        if (scales.X.Categories is { Count: > 0 } names)
        {
            IReadOnlyList<Tick> all = Shortened(ruler.Ticks(names.Count));
            bool areNumbers = names.All(name => name.All(char.IsAsciiDigit));
            if (Fits(all, ruler))
                return (all, false);
            if (!areNumbers)
                return (Shortened(ruler.Ticks((int)((right - left) / 16))), true);
        }
        int most = Math.Max(2, (int)((right - left) / 55));
        IReadOnlyList<Tick> ticks = Shortened(ruler.Ticks(most));
        while (most > 1 && !Fits(ticks, ruler))
            ticks = Shortened(ruler.Ticks(--most));
        return (ticks, false);
    }

    private static bool Fits(IReadOnlyList<Tick> ticks, Ruler ruler)
    {
        Tick[] named = [.. ticks.Where(tick => tick.Label.Length > 0)];
        return named.Zip(named.Skip(1)).All(pair => Math.Abs(ruler.At(pair.Second.Value) - ruler.At(pair.First.Value))
            >= (Lettering.Width(pair.First.Label, Lettering.Small)
                + Lettering.Width(pair.Second.Label, Lettering.Small)) / 2 + 8);
    }

    private void DrawGrid()
    {
        if (scales.Panel.Series.Any(series => series.IsFrame))
            return;
        using (svg.Group("g", ("class", "grid"), ("stroke-width", 1.0)))
        {
            foreach (Tick tick in acrossTicks.Where(tick => tick.Label.Length > 0 && scales.X.Categories is null))
                VerticalLine(across.At(tick.Value), plot.Top, plot.Bottom);
            foreach (Tick tick in upTicks.Where(tick => tick.Label.Length > 0 && scales.Y.Categories is null))
                HorizontalLine(up.At(tick.Value), plot.Left, plot.Right);
        }
    }

    private void DrawAxes()
    {
        using (svg.Group("g", ("class", "axis"), ("stroke-width", 1.0)))
        {
            HorizontalLine(plot.Bottom, plot.Left, plot.Right);
            VerticalLine(plot.Left, plot.Top, plot.Bottom);
            foreach (Tick tick in acrossTicks)
                VerticalLine(across.At(tick.Value), plot.Bottom, plot.Bottom + Length(tick));
            foreach (Tick tick in upTicks)
                HorizontalLine(up.At(tick.Value), plot.Left - Length(tick), plot.Left);
        }
        using (svg.Group("g", ("class", "soft"), ("font-size", Lettering.Small)))
        {
            foreach (Tick tick in acrossTicks.Where(tick => tick.Label.Length > 0))
                AcrossLabel(tick.Label, across.At(tick.Value), plot.Bottom + TickLength);
            foreach (Tick tick in upTicks.Where(tick => tick.Label.Length > 0))
                svg.Text("text", tick.Label, ("x", plot.Left - 2 * TickLength), ("y", up.At(tick.Value) + 4),
                    ("text-anchor", "end"));
        }
        DrawLabels();
    }

    private static double Length(Tick tick) => tick.Label.Length > 0 ? TickLength : TickLength / 2;

    private void AcrossLabel(string label, double x, double y)
    {
        if (isSloping)
            svg.Text("text", label, ("x", x), ("y", y + 11), ("text-anchor", "end"),
                ("transform", $"rotate(-35 {SvgWriter.Number(x + 3)} {SvgWriter.Number(y + 8)})"));
        else
            svg.Text("text", label, ("x", x), ("y", y + 14), ("text-anchor", "middle"));
    }

    private void DrawLabels()
    {
        (double middle, double height) = ((plot.Left + plot.Right) / 2, (plot.Top + plot.Bottom) / 2);
        if (panel.X.Label.Length > 0)
            svg.Text("text", Lettering.Fit(panel.X.Label, Lettering.Medium, plot.Width), ("class", "ink"),
                ("x", middle), ("y", place.Bottom - Edge / 2 - 5), ("font-size", Lettering.Medium),
                ("text-anchor", "middle"));
        double x = plot.Left - 2 * TickLength - Widest(upTicks) - 12;
        if (panel.Y.Label.Length > 0)
            svg.Text("text", Lettering.Fit(panel.Y.Label, Lettering.Medium, plot.Height), ("class", "ink"), ("x", x),
                ("y", height), ("font-size", Lettering.Medium), ("text-anchor", "middle"),
                ("transform", $"rotate(-90 {SvgWriter.Number(x)} {SvgWriter.Number(height)})"));
    }

    // Lines one dot broad are sharp in the middle of dots.
    private void VerticalLine(double x, double from, double to) => svg.Element(
        "line", ("x1", Math.Round(x) + 0.5), ("x2", Math.Round(x) + 0.5), ("y1", from), ("y2", to));

    private void HorizontalLine(double y, double from, double to) => svg.Element(
        "line", ("y1", Math.Round(y) + 0.5), ("y2", Math.Round(y) + 0.5), ("x1", from), ("x2", to));
}
