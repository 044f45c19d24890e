using Nabla.Cli.Output.Plots;

namespace Nabla.Cli.Calculus;

/// <summary>The picture of a function at a point: a curve with its tangent, or a map with the gradient.</summary>
internal static class GradientFigure
{
    private const int Samples = 240;
    private const long MostOperations = 25_000_000;
    private const double ArrowLength = 0.4, HeadLength = 0.06;

    // How far over the height of nine tenths of a curve the rest may go.
    private const double MostOverMost = 3;

    /// <summary>The picture; null of a function of more than two numbers, or one that takes too long to draw.</summary>
    public static Figure? Of(GradientReport report) => Drawn(report.Function, report.Function.Count switch
    {
        1 => () => Curve(report),
        2 => () => Map(report),
        _ => null,
    }) is { } panel ? new Figure(report.Function.Text, panel) : null;

    /// <summary>What <paramref name="draw"/> draws of a function; null if that takes too long.</summary>
    public static Panel? Drawn(FormulaFunction function, Func<Panel>? draw)
    {
        function.Allow(MostOperations);
        return draw?.Invoke() is { } panel && !function.IsSpent ? panel : null;
    }

    /// <summary>The curve of a function of one number over an interval; it breaks at poles.</summary>
    public static LineSeries Curve(FormulaFunction function, (double From, double To) range)
    {
        (double X, double Y)[] points =
        [
            .. Enumerable.Range(0, Samples + 1).Select(i => range.From + (range.To - range.From) * i / Samples)
                .Select(x => (x, function.Value([x]))),
        ];
        (double low, double high) = Seen(points);
        for (int i = 1; i < points.Length; i++)
            if (Math.Min(points[i - 1].Y, points[i].Y) < low && Math.Max(points[i - 1].Y, points[i].Y) > high)
                points[i].Y = double.NaN;
        return new("f", points);
    }

    /// <summary>Between which heights most of a curve lies: what goes up beside a pole is cut.</summary>
    public static (double Low, double High) Seen(IEnumerable<(double X, double Y)> curve)
    {
        double[] heights = [.. curve.Select(point => point.Y).Where(double.IsFinite).Order()];
        if (heights.Length == 0)
            return (0, 1);
        double first = heights[heights.Length / 10], last = heights[^(1 + heights.Length / 10)];
        double room = MostOverMost * (last - first);
        return (Math.Max(heights[0], first - room), Math.Min(heights[^1], last + room));
    }

    /// <summary>The map of a function of two numbers over a rectangle.</summary>
    public static ContourSeries Contour(
        FormulaFunction function, (double From, double To) x, (double From, double To) y) =>
        new("f", new HeightMap((a, b) => function.Value([a, b]), x, y).At, x, y);

    private static Panel Curve(GradientReport report)
    {
        double at = report.At[0], reach = Reach(report);
        (double From, double To) range = (at - reach, at + reach);
        LineSeries curve = Curve(report.Function, range);
        (double low, double high) = Seen(curve.Points);
        (low, high) = (Math.Min(low, report.Value), Math.Max(high, report.Value));
        double slope = report.Gradient[0], room = Math.Max(high - low, 1e-9) * 0.1;
        List<Series> series = [curve];
        if (report.HasTangent)
            series.Add(new LineSeries("tangent", [
                .. new[] { range.From, at, range.To }.Select(x => (x, report.Value + slope * (x - at)))])
            {
                IsDashed = true,
            });
        if (report.IsDefined)
            series.Add(new PointSeries("here", [(at, report.Value)]));
        return new Panel([.. series])
        {
            X = new Axis(report.Function.Labels[0]) { From = range.From, To = range.To },
            Y = new Axis("f") { From = low - room, To = high + room },
        };
    }

    private static Panel Map(GradientReport report)
    {
        double reach = Reach(report);
        (double x, double y) = (report.At[0], report.At[1]);
        List<Series> series = [Contour(report.Function, (x - reach, x + reach), (y - reach, y + reach))];
        if (report.HasTangent && report.Uphill is { } uphill)
            series.Add(new LineSeries("gradient, uphill", Arrow((x, y), (uphill[0], uphill[1]), reach)));
        series.Add(new PointSeries("here", [(x, y)]));
        return new Panel([.. series])
        {
            X = new Axis(report.Function.Labels[0]),
            Y = new Axis(report.Function.Labels[1]),
        };
    }

    // Far enough to see 0, unless the point is there.
    private static double Reach(GradientReport report) => 1.2 * Math.Max(1, report.At.Max(Math.Abs));

    private static (double X, double Y)[] Arrow((double X, double Y) from, (double X, double Y) way, double reach)
    {
        (double X, double Y) tip = (from.X + way.X * ArrowLength * reach, from.Y + way.Y * ArrowLength * reach);
        double back = HeadLength * reach;
        (double X, double Y) Barb(int side) => (
            tip.X - back * (way.X - side * 0.6 * way.Y), tip.Y - back * (way.Y + side * 0.6 * way.X));
        return [from, tip, (double.NaN, double.NaN), Barb(1), tip, Barb(-1)];
    }
}
