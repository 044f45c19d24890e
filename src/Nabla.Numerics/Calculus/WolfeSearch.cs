namespace Nabla.Numerics.Calculus;

/// <summary>
/// One search for a step with the strong Wolfe conditions: Nocedal and Wright 2006, algorithm 3.5 (bracketing) and 3.6
/// (<see cref="Zoom"/>).
/// </summary>
internal sealed class WolfeSearch(
    Func<double, (double Value, double Slope)> f, WolfeSearch.Point start, LineSearchOptions options)
{
    private const double Growth = 2, Margin = 0.1;

    private int evaluations;
    private Point? best;

    /// <summary>φ and its slope at a step.</summary>
    internal readonly record struct Point(double Step, double Value, double Slope);

    private bool MayGoOn => evaluations < options.MaxEvaluations;

    public LineStep Run()
    {
        Point previous = start;
        double step = options.FirstStep;
        while (MayGoOn)
        {
            Point point = At(step);
            if (!Decreases(point) || (previous.Step > 0 && point.Value >= previous.Value))
                return Zoom(previous, point);
            if (IsFlat(point))
                return Found(point);
            if (point.Slope >= 0)
                return Zoom(point, previous);
            if (step >= options.LargestStep)
                break;
            previous = point;
            step = Math.Min(options.LargestStep, step * Growth);
        }
        return Failed();
    }

    /// <summary>
    /// Shrinks a bracket: low is the best step so far that decreases enough, and φ falls from there towards high.
    /// </summary>
    private LineStep Zoom(Point low, Point high)
    {
        while (MayGoOn)
        {
            Point point = At(Between(low, high));
            double rounding = 1e-14 * Math.Abs(low.Value); // differences below do not say where the minimum is
            if (!Decreases(point) || point.Value > low.Value + rounding)
            {
                high = point;
            }
            else
            {
                if (IsFlat(point))
                    return Found(point);
                if (point.Slope * (high.Step - low.Step) >= 0)
                    high = low;
                low = point;
            }
            if (Math.Abs(high.Step - low.Step) <= 1e-15 * Math.Max(Math.Abs(low.Step), Math.Abs(high.Step)))
                break; // no double lies between
        }
        return Failed();
    }

    /// <summary>
    /// The minimum of the cubic through both ends (equation 3.59), or their middle where that is none, or too close to
    /// an end for the bracket to shrink.
    /// </summary>
    private static double Between(Point a, Point b)
    {
        double middle = a.Step + (b.Step - a.Step) / 2;
        if (!double.IsFinite(b.Value) || !double.IsFinite(b.Slope))
            return middle;
        double d1 = a.Slope + b.Slope - 3 * (a.Value - b.Value) / (a.Step - b.Step);
        double d2 = Math.Sign(b.Step - a.Step) * Math.Sqrt(d1 * d1 - a.Slope * b.Slope);
        double step = b.Step - (b.Step - a.Step) * ((b.Slope + d2 - d1) / (b.Slope - a.Slope + 2 * d2));
        double margin = Margin * Math.Abs(b.Step - a.Step);
        return Math.Abs(step - a.Step) >= margin && Math.Abs(step - b.Step) >= margin
            && (step - a.Step) * (step - b.Step) < 0 ? step : middle;
    }

    private Point At(double step)
    {
        evaluations++;
        (double value, double slope) = f(step);
        if (!double.IsFinite(value) || !double.IsFinite(slope))
            return new Point(step, double.PositiveInfinity, double.NaN); // beyond where the function is
        var point = new Point(step, value, slope);
        if (Decreases(point) && value < (best ?? start).Value)
            best = point;
        return point;
    }

    private bool Decreases(Point point) =>
        point.Value <= start.Value + options.Decrease * point.Step * start.Slope;

    private bool IsFlat(Point point) => Math.Abs(point.Slope) <= options.Curvature * -start.Slope;

    private LineStep Found(Point point) => new(point.Step, point.Value, point.Slope, evaluations, Converged: true);

    private LineStep Failed()
    {
        Point point = best ?? start;
        return new(point.Step, point.Value, point.Slope, evaluations, Converged: false);
    }
}
