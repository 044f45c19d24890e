using Nabla.Cli.Output.Plots;

namespace Nabla.Cli.Calculus;

/// <summary>The way down as a picture: along the curve or over the map, and the loss step by step.</summary>
internal static class DescentFigure
{
    // What lies farther from start and minimum than so many times their distance is not shown.
    private const double Farthest = 2;

    // More dots than these hide the line.
    private const int MostDots = 60;

    public static Figure Of(DescentReport report)
    {
        Panel? way = GradientFigure.Drawn(report.Function, report.Function.Count switch
        {
            1 => () => Curve(report),
            2 => () => Map(report),
            _ => null,
        });
        string title = $"{DescentRacers.TitleOf(report.Racer)} on {report.Function.Text}";
        return way is null ? new Figure(title, Losses(report)) : new Figure(title, way, Losses(report));
    }

    private static Panel Curve(DescentReport report)
    {
        (double From, double To) range = Range(report, 0);
        LineSeries curve = GradientFigure.Curve(report.Function, range);
        (double low, double high) = GradientFigure.Seen(curve.Points);
        (low, high) = (Math.Min(low, report.Steps[0].Loss), Math.Max(high, report.Steps[0].Loss));
        double room = Math.Max(high - low, 1e-9) * 0.05;
        return new Panel(
            curve,
            new LineSeries("steps", [
                .. report.Steps.Select(step => IsIn(step.At[0], range)
                    ? (step.At[0], step.Loss) : (double.NaN, double.NaN))])
            {
                HasDots = true,
            },
            new PointSeries("start", [(report.Steps[0].At[0], report.Steps[0].Loss)]))
        {
            Title = "The way down",
            X = new Axis(report.Function.Labels[0]) { From = range.From, To = range.To },
            Y = new Axis("loss") { From = low - room, To = high + room },
        };
    }

    private static Panel Map(DescentReport report)
    {
        (double From, double To) x = Range(report, 0), y = Range(report, 1);
        List<Series> series =
        [
            GradientFigure.Contour(report.Function, x, y),
            new LineSeries("steps", [
                .. report.Steps.Select(step => IsIn(step.At[0], x) && IsIn(step.At[1], y)
                    ? (step.At[0], step.At[1]) : (double.NaN, double.NaN))])
            {
                HasDots = report.Steps.Count <= MostDots,
            },
            new PointSeries("start", [(report.Steps[0].At[0], report.Steps[0].At[1])]),
        ];
        if (report.Minimum is { } minimum)
            series.Add(new PointSeries("minimum", [(minimum[0], minimum[1])]));
        return new Panel([.. series])
        {
            Title = "The way down",
            X = new Axis(report.Function.Labels[0]),
            Y = new Axis(report.Function.Labels[1]),
        };
    }

    private static Panel Losses(DescentReport report)
    {
        double least = report.Minimum is null ? 0 : report.LossAtMinimum;
        // What is beyond a float's digits is noise.
        double floor = 1e-12 * Math.Max(1e-6, Math.Abs(report.Steps[0].Loss - least));
        double noise = 1e-6 * (1 + Math.Abs(least));
        bool isLog = report.Minimum is not null && !report.Steps.Any(step => step.Loss < least - noise);
        return new Panel(new LineSeries("loss", [.. report.Steps.Select(step =>
            ((double)step.Step, isLog ? Math.Max(step.Loss - least, floor) : step.Loss))]))
        {
            Title = isLog && least != 0 ? "Loss above the minimum" : "Loss",
            X = new Axis("step"),
            Y = new Axis("loss") { IsLog = isLog },
        };
    }

    private static (double From, double To) Range(DescentReport report, int axis)
    {
        double start = report.Steps[0].At[axis], end = report.Minimum?[axis] ?? report.Last.At[axis];
        double reach = report.Function.Count == 1 ? Math.Abs(start - end) : Largest(report);
        if (!(reach > 1e-9) || !double.IsFinite(reach))
            (reach, end) = (Math.Max(1, Math.Abs(start)), start);
        double[] near =
            [.. report.Steps.Select(step => step.At[axis]).Where(at => Math.Abs(at - end) <= Farthest * reach)];
        double low = near.Append(Math.Min(start, end)).Min(), high = near.Append(Math.Max(start, end)).Max();
        double room = Math.Max((high - low) * 0.15, reach * 0.3);
        return (low - room, high + room);
    }

    private static double Largest(DescentReport report) => report.Steps[0].At
        .Zip(report.Minimum ?? report.Last.At, (a, b) => Math.Abs(a - b)).Where(double.IsFinite).DefaultIfEmpty().Max();

    private static bool IsIn(double at, (double From, double To) range) => at >= range.From && at <= range.To;
}
