using System.Globalization;

namespace Nabla.Cli.Output.Plots;

/// <summary>What the axes of a panel reach over, and the colours of its series.</summary>
internal sealed class PanelScales
{
    private readonly (double Low, double High) across, up;
    private readonly bool isFromTop;

    public PanelScales(Panel panel)
    {
        Panel = panel;
        Bars = [.. panel.Series.OfType<BarSeries>()];
        IsLying = Bars.Count > 0 && panel.Y.Categories is not null;
        HeatMapSeries? map = panel.Series.OfType<HeatMapSeries>().FirstOrDefault();
        int bars = Bars.Select(series => series.Values.Count).DefaultIfEmpty().Max();
        X = Named(panel.X, map?.Columns ?? (IsLying ? 0 : bars));
        Y = Named(panel.Y, map?.Rows ?? (IsLying ? bars : 0));
        isFromTop = map is not null || IsLying;
        bool hasFrame = panel.Series.Any(series => series.IsFrame);
        bool grows = Bars.Count > 0 || panel.Series.Any(series => series is HistogramSeries);
        (double X, double Y)[] extent = [.. panel.Series.Where(series => series.IsFrame == hasFrame)
            .SelectMany(series => series is BarSeries && IsLying
                ? series.Extent.Select(point => (point.Y, point.X)) : series.Extent)];
        IsEmpty = !extent.Any(point => Domain.IsDrawable(point.X) || Domain.IsDrawable(point.Y));
        across = DomainOf(X, extent.Select(point => point.X), hasFrame, grows && IsLying);
        up = DomainOf(Y, extent.Select(point => point.Y), hasFrame, grows && !IsLying);
    }

    public Panel Panel { get; }

    /// <summary>The axes, with numbers for names where bars or a heat map have none.</summary>
    public Axis X { get; }

    public Axis Y { get; }

    public IReadOnlyList<BarSeries> Bars { get; }

    /// <summary>Whether bars go from left to right.</summary>
    public bool IsLying { get; }

    /// <summary>Whether there is nothing that could be drawn.</summary>
    public bool IsEmpty { get; }

    public Ruler Across(double left, double right) => new(X, across, left, right);

    public Ruler Up(double bottom, double top) =>
        isFromTop ? new Ruler(Y, up, top, bottom) : new Ruler(Y, up, bottom, top);

    /// <summary>A series' place in the palette.</summary>
    public int Colour(Series series) => series.Colour
        ?? Panel.Series.Where(other => other.IsColoured).TakeWhile(other => !ReferenceEquals(other, series)).Count();

    /// <summary>The series in the legend; a single one needs none.</summary>
    public IReadOnlyList<Series> Legend()
    {
        Series[] named = [.. Panel.Series.Where(
            series => series.Name.Length > 0 && series is not HeatMapSeries and not ContourSeries)];
        return named.Length > 1 ? named : [];
    }

    private static (double Low, double High) DomainOf(
        Axis axis, IEnumerable<double> values, bool isTight, bool grows) =>
        axis.Categories is { Count: > 0 } names ? (-0.5, names.Count - 0.5) : Domain.Of(axis, values, isTight, grows);

    private static Axis Named(Axis axis, int places) => places == 0 || axis.Categories?.Count >= places ? axis
        : axis with
        {
            Categories = [.. Enumerable.Range(0, places).Select(i => axis.Categories is { } names && i < names.Count
                ? names[i] : i.ToString(CultureInfo.InvariantCulture))],
        };
}
