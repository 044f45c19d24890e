using static Nabla.Cli.Calculus.Vectors;

namespace Nabla.Cli.Calculus;

/// <summary>Finds the minimum that a place leads down to.</summary>
internal static class Valley
{
    private const int MostSteps = 300, MostHalvings = 50;
    private const double Flat = 1e-14, Level = 1e-4, Apart = 1e-3;
    private const int MostAlone = 20;
    private static readonly double[] Beyond = [1.1, 2, 5, 17], Farther = [1, 10, 100, 1e4, 1e6];

    /// <summary>
    /// The minimum, by BFGS with halved steps; null if the function falls without end or has none there.
    /// </summary>
    /// <remarks>Nocedal and Wright 2006, Numerical Optimization, algorithm 6.1.</remarks>
    public static double[]? Minimum(FormulaFunction function, double[] start)
    {
        int n = start.Length;
        double[] x = [.. start];
        (double value, double[] gradient) = function.Slope(x);
        var inverse = new InverseHessian(n);
        for (int step = 0; step < MostSteps && double.IsFinite(value) && !function.IsSpent; step++)
        {
            function.Budget.TryCharge((long)n * n);
            if (Norm(gradient) <= Flat * (1 + Math.Abs(value)))
                return x;
            double[] way = inverse.Downhill(gradient);
            double slope = Dot(way, gradient);
            if (!(slope < 0))
                (inverse, way, slope) = (new(n), [.. gradient.Select(g => -g)], -Dot(gradient, gradient));
            if (LineSearch(function, x, value, way, slope) is not { } next)
                return Norm(gradient) <= 1e-5 * (1 + Math.Abs(value)) ? x : null;
            inverse.Update(Difference(next.At, x), Difference(next.Gradient, gradient), isFirst: step == 0);
            (x, value, gradient) = (next.At, next.Value, next.Gradient);
            if (Norm(x) > 1e8 * (1 + Norm(start)))
                return null;
        }
        return Norm(gradient) <= 1e-6 * (1 + Math.Abs(value)) ? x : null;
    }

    /// <summary>
    /// Whether a place is no minimum but far out on a slope that flattens for ever, as of e⁻ˣ: behind it the function
    /// never rises again, and a tenth of the way back it is as good as level. One number may go on by itself.
    /// </summary>
    /// <param name="function">The function.</param>
    /// <param name="start">Where the search began.</param>
    /// <param name="place">What it found.</param>
    public static bool GoesOn(FormulaFunction function, double[] start, double[] place)
    {
        double value = function.Value(place), steepest = Norm(function.Slope(start).Gradient);
        return Ways(start, place).Any(way =>
            Norm(function.Slope(Moved(place, way, -0.1)).Gradient) < Level * steepest
            && Beyond.All(share => function.Value(Moved(place, way, share - 1)) <= value));
    }

    /// <summary>Whether the function falls and falls behind a place, as −x does.</summary>
    /// <param name="function">The function.</param>
    /// <param name="start">Where the search began.</param>
    /// <param name="place">Where it came to.</param>
    public static bool Falls(FormulaFunction function, double[] start, double[] place) =>
        Ways(start, place).Any(way =>
        {
            double before = function.Value(place);
            foreach (double share in Farther)
            {
                double next = function.Value(Moved(place, way, share));
                if (!(next < before))
                    return false;
                before = next;
            }
            return true;
        });

    // From one place to the other: all numbers together, and each by itself.
    private static IEnumerable<double[]> Ways(double[] start, double[] place)
    {
        double[] all = Difference(place, start);
        if (Norm(all) == 0)
            yield break;
        yield return all;
        for (int i = 0; all.Length > 1 && i < Math.Min(all.Length, MostAlone); i++)
        {
            if (!(Math.Abs(all[i]) > Apart * Norm(all)))
                continue;
            var alone = new double[all.Length];
            alone[i] = all[i];
            yield return alone;
        }
    }

    private static (double[] At, double Value, double[] Gradient)? LineSearch(
        FormulaFunction function, double[] x, double value, double[] way, double slope)
    {
        double length = 1;
        for (int i = 0; i < MostHalvings; i++, length /= 2)
        {
            double[] at = Moved(x, way, length);
            if (!(function.Value(at) <= value + 1e-4 * length * slope))
                continue;
            (double next, double[] gradient) = function.Slope(at);
            return double.IsFinite(next) ? (at, next, gradient) : null;
        }
        return null;
    }
}
