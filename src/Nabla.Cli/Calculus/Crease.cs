using static Nabla.Cli.Calculus.Vectors;

namespace Nabla.Cli.Calculus;

/// <summary>Finds a minimum at which the slope jumps, as |x| + y² has it at 0.</summary>
internal static class Crease
{
    private const int MostSteps = 300, MostTries = 60, Directions = 32, MostPairs = 20;
    private const double Lower = 1e-4, Turned = 0.5, Still = 1e-13, Rounding = 1e-10;
    private static readonly double[] Around = [1e-5, 1e-3];

    /// <summary>
    /// The minimum that BFGS comes to when each step must also turn the slope, and which nothing around it is below;
    /// null if there is none.
    /// </summary>
    /// <remarks>Lewis and Overton 2013, Nonsmooth optimization via quasi-Newton methods, algorithm 2.1.</remarks>
    public static double[]? Minimum(FormulaFunction function, double[] start)
    {
        int n = start.Length;
        double[] x = [.. start];
        (double value, double[] gradient) = function.Slope(x);
        var inverse = new InverseHessian(n);
        for (int step = 0; step < MostSteps && double.IsFinite(value) && !function.IsSpent; step++)
        {
            function.Budget.TryCharge((long)n * n);
            double[] way = inverse.Downhill(gradient);
            if (!(Dot(way, gradient) < 0))
                break;
            if (Step(function, x, value, way, Dot(way, gradient)) is not { } next)
                break;
            double[] moved = Difference(next.At, x);
            inverse.Update(moved, Difference(next.Gradient, gradient), isFirst: step == 0);
            (x, value, gradient) = next;
            if (Norm(moved) <= Still * (1 + Norm(x)))
                break;
        }
        return double.IsFinite(value) && !function.IsSpent && IsLowest(function, x, value) ? x : null;
    }

    // Halves and doubles until the value is lower and the slope along the way is half of what it was, or turned.
    private static (double[] At, double Value, double[] Gradient)? Step(
        FormulaFunction function, double[] x, double value, double[] way, double slope)
    {
        (double low, double high, double length) = (0, double.PositiveInfinity, 1);
        (double[] At, double Value, double[] Gradient)? best = null;
        for (int i = 0; i < MostTries && !function.IsSpent; i++)
        {
            double[] at = Moved(x, way, length);
            (double next, double[] gradient) = function.Slope(at);
            if (!(next < value + Lower * length * slope))
                high = length;
            else
            {
                best = (at, next, gradient);
                if (Dot(gradient, way) >= Turned * slope)
                    return best;
                low = length;
            }
            length = double.IsInfinity(high) ? 2 * low : (low + high) / 2;
        }
        return best;
    }

    private static bool IsLowest(FormulaFunction function, double[] place, double value)
    {
        double least = value - Rounding * (1 + Math.Abs(value)), size = 1 + Norm(place);
        bool rises = false;
        foreach (double[] way in Compass(place.Length))
        {
            foreach (double radius in Around)
            {
                double beside = function.Value(Moved(place, way, radius * size));
                if (beside < least)
                    return false;
                rises |= beside > value;
            }
        }
        return rises && !function.IsSpent;
    }

    // Of two numbers all around; of more along each axis and between any two of the first.
    private static IEnumerable<double[]> Compass(int n)
    {
        for (int i = 0; i < n; i++)
            for (int sign = -1; sign <= 1; sign += 2)
                yield return Way(n, i, sign, i, 0);
        int turns = n == 2 ? Directions : 4;
        for (int i = 0; i < Math.Min(n, MostPairs); i++)
            for (int j = i + 1; j < Math.Min(n, MostPairs); j++)
                for (int turn = 0; turn < turns; turn++)
                {
                    (double sin, double cos) = Math.SinCos(2 * Math.PI * (turn + 0.5) / turns);
                    yield return Way(n, i, cos, j, sin);
                }
    }

    private static double[] Way(int n, int i, double along, int j, double across)
    {
        var way = new double[n];
        way[j] = across;
        way[i] = along;
        return way;
    }
}
