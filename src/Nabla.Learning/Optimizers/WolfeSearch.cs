namespace Nabla.Learning.Optimizers;

/// <summary>
/// A step t along a direction that meets the strong Wolfe conditions: φ(t) ≤ φ(0) + c₁tφ′(0) and |φ′(t)| ≤ c₂|φ′(0)|,
/// by bracketing and cubic interpolation. Nocedal and Wright 2006, algorithms 3.5 and 3.6, as PyTorch's L-BFGS has it.
/// </summary>
/// <param name="evaluate">φ and its slope at t; the gradient goes to the array that is given.</param>
/// <param name="size">Length of the gradient.</param>
internal sealed class WolfeSearch(Func<double, float[], (double Value, double Slope)> evaluate, int size)
{
    private const double C1 = 1e-4, C2 = 0.9;
    private const int MostEvaluations = 25;

    // Losses are floats: near the minimum they no longer tell two places apart, while their slopes still do.
    private const double Noise = 1.0 / (1 << 22);

    private int rounds;

    /// <summary>How often φ was computed.</summary>
    public int Evaluations { get; private set; }

    /// <summary>A place on the line.</summary>
    public sealed record Point(double T, double Value, double Slope, float[] Gradient);

    /// <summary>The step that was found, beginning with the guess <paramref name="t"/>.</summary>
    /// <param name="start">φ(0), whose slope is negative.</param>
    /// <param name="t">The first guess, positive.</param>
    /// <param name="least">The least length of a bracket, in units of t.</param>
    public Point Run(Point start, double t, double least)
    {
        (Point low, Point? high) = Bracket(start, t);
        return high is null ? low : Zoom(start, low, high, least);
    }

    /// <summary>Two places between which the conditions can be met, or one that meets them.</summary>
    private (Point First, Point? Second) Bracket(Point start, double t)
    {
        Point before = start, here = At(t);
        for (; rounds < MostEvaluations; rounds++)
        {
            if (TooHigh(start, here) || (rounds > 1 && here.Value >= before.Value))
                return (before, here);
            if (Math.Abs(here.Slope) <= -C2 * start.Slope)
                return (here, null);
            if (here.Slope >= 0)
                return (before, here);
            double next = Cubic(before, here, here.T + 0.01 * (here.T - before.T), here.T * 10);
            (before, here) = (here, At(next));
        }
        return (start, here);
    }

    private Point Zoom(Point start, Point first, Point second, double least)
    {
        (Point low, Point high) = first.Value <= second.Value ? (first, second) : (second, first);
        bool stalled = false;
        for (; rounds < MostEvaluations && Math.Abs(high.T - low.T) >= least; rounds++)
        {
            double left = Math.Min(low.T, high.T), right = Math.Max(low.T, high.T);
            double t = Inside(Cubic(low, high, left, right), left, right, ref stalled);
            Point here = At(t);
            if (TooHigh(start, here) || here.Value > low.Value + Noise * Math.Abs(low.Value))
            {
                high = here;
                if (high.Value < low.Value)
                    (low, high) = (high, low);
                continue;
            }
            bool done = Math.Abs(here.Slope) <= -C2 * start.Slope;
            if (!done && here.Slope * (high.T - low.T) >= 0)
                high = low;
            low = here;
            if (done)
                break;
        }
        return low;
    }

    /// <summary>Moves a guess that is twice too near to an end a tenth of the bracket away from it.</summary>
    private static double Inside(double t, double left, double right, ref bool stalled)
    {
        double margin = 0.1 * (right - left);
        if (Math.Min(right - t, t - left) >= margin)
        {
            stalled = false;
            return t;
        }
        if (!stalled && t < right && t > left)
        {
            stalled = true;
            return t;
        }
        stalled = false;
        return Math.Abs(t - right) < Math.Abs(t - left) ? right - margin : left + margin;
    }

    /// <summary>
    /// Where the cubic through two values and slopes is least, within bounds; where a float cannot tell the values
    /// apart, where the line between the slopes is 0.
    /// </summary>
    private static double Cubic(Point a, Point b, double left, double right)
    {
        if (a.T > b.T)
            (a, b) = (b, a);
        if (Math.Abs(a.Value - b.Value) <= Noise * Math.Abs(a.Value) && a.Slope * b.Slope < 0)
            return Math.Clamp(a.T + (b.T - a.T) * a.Slope / (a.Slope - b.Slope), left, right);
        double d1 = a.Slope + b.Slope - 3 * (a.Value - b.Value) / (a.T - b.T);
        double square = d1 * d1 - a.Slope * b.Slope;
        if (!(square >= 0))
            return (left + right) / 2;
        double d2 = Math.Sqrt(square);
        double least = b.T - (b.T - a.T) * ((b.Slope + d2 - d1) / (b.Slope - a.Slope + 2 * d2));
        return double.IsNaN(least) ? (left + right) / 2 : Math.Min(Math.Max(least, left), right);
    }

    /// <summary>Whether too little is gained: NaN is too high, what a float cannot tell from the start not.</summary>
    private static bool TooHigh(Point start, Point here) =>
        !(here.Value <= start.Value + C1 * here.T * start.Slope + Noise * Math.Abs(start.Value));

    private Point At(double t)
    {
        Evaluations++;
        var gradient = new float[size];
        (double value, double slope) = evaluate(t, gradient);
        return new Point(t, value, slope, gradient);
    }
}
