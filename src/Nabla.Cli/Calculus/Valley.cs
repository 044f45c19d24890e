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
        double[,] inverse = Identity(n);
        for (int step = 0; step < MostSteps && double.IsFinite(value) && !function.IsSpent; step++)
        {
            function.Budget.TryCharge((long)n * n);
            if (Norm(gradient) <= Flat * (1 + Math.Abs(value)))
                return x;
            double[] way = Times(inverse, gradient, -1);
            double slope = Dot(way, gradient);
            if (!(slope < 0))
                (inverse, way, slope) = (Identity(n), [.. gradient.Select(g => -g)], -Dot(gradient, gradient));
            if (LineSearch(function, x, value, way, slope) is not { } next)
                return Norm(gradient) <= 1e-5 * (1 + Math.Abs(value)) ? x : null;
            Update(inverse, Difference(next.At, x), Difference(next.Gradient, gradient), isFirst: step == 0);
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

    private static double[] Moved(double[] place, double[] way, double share) =>
        [.. place.Zip(way, (number, part) => number + share * part)];

    private static (double[] At, double Value, double[] Gradient)? LineSearch(
        FormulaFunction function, double[] x, double value, double[] way, double slope)
    {
        double length = 1;
        for (int i = 0; i < MostHalvings; i++, length /= 2)
        {
            double[] at = [.. x.Zip(way, (number, part) => number + length * part)];
            if (!(function.Value(at) <= value + 1e-4 * length * slope))
                continue;
            (double next, double[] gradient) = function.Slope(at);
            return double.IsFinite(next) ? (at, next, gradient) : null;
        }
        return null;
    }

    // H ← (I − ρsyᵀ)H(I − ρysᵀ) + ρssᵀ
    internal static void Update(double[,] inverse, double[] s, double[] y, bool isFirst)
    {
        int n = s.Length;
        double product = Dot(s, y);
        if (product <= 1e-14 * Norm(s) * Norm(y))
            return;
        if (isFirst)
            for (int i = 0; i < n; i++)
                inverse[i, i] = product / Dot(y, y);
        double[] hy = Times(inverse, y, 1);
        double scale = (1 + Dot(y, hy) / product) / product;
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                inverse[i, j] += scale * s[i] * s[j] - (hy[i] * s[j] + s[i] * hy[j]) / product;
    }

    internal static double[,] Identity(int n)
    {
        double[,] identity = new double[n, n];
        for (int i = 0; i < n; i++)
            identity[i, i] = 1;
        return identity;
    }

    internal static double[] Times(double[,] matrix, double[] vector, double sign) =>
        [.. Enumerable.Range(0, vector.Length).Select(i =>
            sign * Enumerable.Range(0, vector.Length).Sum(j => matrix[i, j] * vector[j]))];

    internal static double[] Difference(double[] a, double[] b) => [.. a.Zip(b, (left, right) => left - right)];

    internal static double Dot(double[] a, double[] b) => a.Zip(b, (left, right) => left * right).Sum();

    internal static double Norm(double[] a) => Math.Sqrt(Dot(a, a));
}
