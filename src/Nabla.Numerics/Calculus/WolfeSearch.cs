namespace Nabla.Numerics.Calculus;

/// <summary>
/// One search for a step with the strong Wolfe conditions: Nocedal and Wright 2006, algorithm 3.5
/// (<see cref="Bracket"/>) and 3.6 (<see cref="Zoom"/>), with the interpolation of PyTorch's L-BFGS.
/// </summary>
internal sealed class WolfeSearch(
    Func<double, (double Value, double Slope)> f, WolfeSearch.Point start, LineSearchOptions options)
{
    private const double LeastGrowth = 0.01, MostGrowth = 10, Margin = 0.1;
    private const double Rounding = 1e-14; // of a double, after some arithmetic

    private int evaluations;

    /// <summary>φ and its slope at a step.</summary>
    internal sealed record Point(double Step, double Value, double Slope);

    private bool MayGoOn => evaluations < options.MaxEvaluations;

    public LineStep Run()
    {
        (Point first, Point? second) = Bracket();
        Point found = second is null ? first : Zoom(first, second);
        bool converged = found.Step > 0 && !IsTooHigh(found) && IsFlat(found);
        return new LineStep(found.Step, found.Value, found.Slope, evaluations, converged);
    }

    /// <summary>Two places between which the conditions can be met, or one that meets them.</summary>
    private (Point First, Point? Second) Bracket()
    {
        Point before = start, here = At(options.FirstStep);
        while (MayGoOn)
        {
            if (IsTooHigh(here) || (evaluations > 2 && here.Value >= before.Value))
                return (before, here);
            if (IsFlat(here) || here.Step >= options.LargestStep)
                return (here, null);
            if (here.Slope >= 0)
                return (before, here);
            double next = Least(
                before, here, here.Step + LeastGrowth * (here.Step - before.Step), here.Step * MostGrowth);
            (before, here) = (here, At(Math.Min(next, options.LargestStep)));
        }
        return (start, here);
    }

    /// <summary>
    /// Shrinks a bracket: low is the best step so far that decreases enough, and φ falls from there towards high.
    /// </summary>
    private Point Zoom(Point first, Point second)
    {
        (Point low, Point high) =
            first.Value <= second.Value || IsTooHigh(second) ? (first, second) : (second, first);
        bool stalled = false;
        while (MayGoOn && !IsNarrow(low, high))
        {
            double left = Math.Min(low.Step, high.Step), right = Math.Max(low.Step, high.Step);
            Point here = At(Inside(Least(low, high, left, right), left, right, ref stalled));
            if (IsTooHigh(here) || here.Value > low.Value + Math.Max(options.Noise, Rounding) * Math.Abs(low.Value))
            {
                high = here;
                continue;
            }
            if (IsFlat(here))
                return here;
            if (here.Slope * (high.Step - low.Step) >= 0)
                high = low;
            low = here;
        }
        return low;
    }

    private bool IsNarrow(Point low, Point high) => !(Math.Abs(high.Step - low.Step)
        >= Math.Max(options.LeastBracket, 1e-15 * Math.Max(low.Step, high.Step))); // below, no double lies between

    /// <summary>Moves a guess that is twice too near to an end a tenth of the bracket away from it.</summary>
    private static double Inside(double step, double left, double right, ref bool stalled)
    {
        double margin = Margin * (right - left);
        if (Math.Min(right - step, step - left) >= margin)
        {
            stalled = false;
            return step;
        }
        if (!stalled && step < right && step > left)
        {
            stalled = true;
            return step;
        }
        stalled = false;
        return Math.Abs(step - right) < Math.Abs(step - left) ? right - margin : left + margin;
    }

    /// <summary>
    /// Where the cubic through two values and slopes is least (equation 3.59), within bounds; where the values cannot
    /// be told apart, where the line between the slopes is 0.
    /// </summary>
    private double Least(Point a, Point b, double left, double right)
    {
        if (a.Step > b.Step)
            (a, b) = (b, a);
        if (Math.Abs(a.Value - b.Value) <= options.Noise * Math.Abs(a.Value) && a.Slope * b.Slope < 0)
            return Math.Clamp(a.Step + (b.Step - a.Step) * a.Slope / (a.Slope - b.Slope), left, right);
        double d1 = a.Slope + b.Slope - 3 * (a.Value - b.Value) / (a.Step - b.Step);
        double square = d1 * d1 - a.Slope * b.Slope;
        if (!(square >= 0))
            return (left + right) / 2;
        double d2 = Math.Sqrt(square);
        double least = b.Step - (b.Step - a.Step) * ((b.Slope + d2 - d1) / (b.Slope - a.Slope + 2 * d2));
        return double.IsNaN(least) ? (left + right) / 2 : Math.Min(Math.Max(least, left), right);
    }

    private Point At(double step)
    {
        evaluations++;
        (double value, double slope) = f(step);
        return double.IsFinite(value) && double.IsFinite(slope)
            ? new Point(step, value, slope)
            : new Point(step, double.PositiveInfinity, double.NaN); // beyond where the function is
    }

    private bool IsTooHigh(Point point) => !(point.Value <= start.Value
        + options.Decrease * point.Step * start.Slope + options.Noise * Math.Abs(start.Value));

    private bool IsFlat(Point point) => Math.Abs(point.Slope) <= options.Curvature * -start.Slope;
}
