namespace Nabla.Cli.Output.Plots;

/// <summary>What is to the right of a panel: the names of its series, and the numbers of its colours.</summary>
internal sealed class SvgLegend
{
    private const double Row = 20, Swatch = 18, Gap = 12, BarWidth = 14, MostText = 140, LeastText = 80;

    private readonly SvgWriter svg;
    private readonly PanelScales scales;
    private readonly IReadOnlyList<Series> entries;
    private readonly HeatMapSeries? map;
    private readonly (double Low, double High) range;
    private readonly IReadOnlyList<Tick> barTicks = [];
    private readonly double barRoom;

    public SvgLegend(SvgWriter svg, PanelScales scales, double height)
    {
        (this.svg, this.scales, entries) = (svg, scales, scales.Legend());
        map = scales.Panel.Series.OfType<HeatMapSeries>().FirstOrDefault(series => series.Values.Length > 0);
        if (map is not null)
        {
            range = map.Range() is var (low, high) && low < high ? (low, high) : Domain.Around(map.Range().Low, false);
            barTicks = Ticks.Linear(range.Low, range.High, (int)(height / 70));
            barRoom = Gap + BarWidth + 8 + barTicks.Select(tick => TextWidth(tick.Label)).DefaultIfEmpty().Max();
        }
        Width = barRoom + (entries.Count == 0 ? 0
            : Gap + Swatch + 8 + Math.Min(MostText, Math.Max(
                entries.Max(series => TextWidth(series.Name)), entries.Count > height / Row / 2 ? LeastText : 0)));
    }

    public double Width { get; }

    public void Draw(Box place)
    {
        if (map is not null)
            DrawBar(map, place);
        double left = place.Left + barRoom + Gap;
        int most = Math.Max(1, (int)(place.Height / Row)), shown = entries.Count <= most ? entries.Count : most - 1;
        for (int i = 0; i < shown; i++)
        {
            double y = place.Top + Row * i + Row / 2;
            DrawSwatch(entries[i], left, y);
            Label(entries[i].Name, left + Swatch + 8, y);
        }
        if (shown < entries.Count)
            Label($"and {entries.Count - shown} more", left + Swatch + 8, place.Top + Row * shown + Row / 2);
    }

    private static double TextWidth(string text) => Lettering.Width(Lettering.Clean(text), Lettering.Small);

    private void Label(string name, double x, double y)
    {
        string text = Lettering.Clean(name), fitting = Lettering.Fit(text, Lettering.Small, MostText);
        svg.Text("text", fitting, ("class", "ink"), ("x", x), ("y", y + 4), ("font-size", Lettering.Small));
    }

    private void DrawSwatch(Series series, double x, double y)
    {
        int colour = scales.Colour(series);
        switch (series)
        {
            case PointSeries:
                svg.Element("circle", ("class", SvgStyle.Fill(colour)), ("cx", x + Swatch / 2), ("cy", y), ("r", 4.5));
                break;
            case BarSeries or HistogramSeries:
                svg.Element("rect", ("class", SvgStyle.Fill(colour)), ("x", x + 3), ("y", y - 6), ("width", 12.0),
                    ("height", 12.0), ("rx", 2.0));
                break;
            default:
                using (svg.Group("g"))
                    SvgMarks.Stroke(svg, series, colour,
                        $"M{SvgWriter.Number(x)} {SvgWriter.Number(y)}h{SvgWriter.Number(Swatch)}");
                break;
        }
    }

    private void DrawBar(HeatMapSeries series, Box place)
    {
        double left = place.Left + Gap;
        var bar = new Box(left, place.Top, left + BarWidth, place.Bottom);
        SvgMarks.Image(svg, SvgMarks.Ramp(series), bar, smooth: true);
        var ruler = new Ruler(new Axis(), range, place.Bottom, place.Top);
        foreach (Tick tick in barTicks)
            svg.Text("text", tick.Label, ("class", "soft"), ("x", left + BarWidth + 6),
                ("y", Math.Clamp(ruler.At(tick.Value) + 4, place.Top + 8, place.Bottom)),
                ("font-size", Lettering.Small));
    }
}
