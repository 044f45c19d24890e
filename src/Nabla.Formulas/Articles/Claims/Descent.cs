using System.Globalization;

namespace Nabla.Formulas.Articles.Claims;

/// <summary>Gradient descent on a function of one variable.</summary>
internal static class Descent
{
    private const int MostSteps = 5_000;
    private const double Difference = 1e-4;

    /// <summary>The slope at a place by central differences of the fourth order, exact for polynomials up to that
    /// degree.</summary>
    public static double? Slope(StatedFunction function, double at)
    {
        if (function.At(at + Difference) is not { } a || function.At(at - Difference) is not { } b
            || function.At(at + 2 * Difference) is not { } c || function.At(at - 2 * Difference) is not { } d)
            return null;
        double slope = (8 * (a - b) - (c - d)) / (12 * Difference);
        return double.IsFinite(slope) ? slope : null;
    }

    /// <summary>The simplest constant rate that leads through printed values, or null if there is none.</summary>
    public static double? RateOf(IReadOnlyList<PrintedNumber> values, StatedFunction function)
    {
        double least = double.NegativeInfinity, most = double.PositiveInfinity;
        for (int i = 0; i + 1 < values.Count; i++)
        {
            if (Slope(function, values[i].Value) is not { } slope || slope == 0)
                return null;
            double rate = (values[i].Value - values[i + 1].Value) / slope;
            double slack = (values[i + 1].Unit / 2 + (i == 0 ? 0 : values[i].Unit)) * (1 + 1e-9) / Math.Abs(slope);
            least = Math.Max(least, rate - slack);
            most = Math.Min(most, rate + slack);
        }
        return least <= most ? Simplest(least, most) : null;
    }

    /// <summary>Where it is after some steps; it stops early where it stands still.</summary>
    public static double After(StatedFunction function, double start, double rate, long steps)
    {
        double at = start;
        for (long step = 0; step < Math.Min(steps, MostSteps); step++)
        {
            if (Slope(function, at) is not { } slope)
                return double.NaN;
            double next = at - rate * slope;
            if (Math.Abs(next - at) < 1e-12 * (1 + Math.Abs(at)))
                return next;
            at = next;
        }
        return steps > MostSteps ? double.NaN : at;
    }

    /// <summary>After how many steps a printed value is reached or passed, or null.</summary>
    public static int? StepsTo(StatedFunction function, double start, double rate, PrintedNumber value)
    {
        double at = start;
        for (int step = 1; step <= MostSteps && Slope(function, at) is { } slope && double.IsFinite(at); step++)
        {
            at -= rate * slope;
            if ((at - value.Value) * (start - value.Value) <= 0)
                return step;
        }
        return null;
    }

    /// <summary>The first values as one writes them down.</summary>
    public static string Path(StatedFunction function, double start, double rate, int steps) => string.Join(" → ",
        Enumerable.Range(0, steps + 1).Select(step => (Math.Round(After(function, start, rate, step), 4) + 0.0)
            .ToString("0.####", CultureInfo.InvariantCulture)));

    private static double Simplest(double least, double most)
    {
        for (int decimals = 0; decimals < 10; decimals++)
        {
            double scale = Math.Pow(10, decimals);
            double candidate = Math.Round((least + most) / 2 * scale) / scale;
            if (candidate >= least && candidate <= most)
                return candidate;
        }
        return (least + most) / 2;
    }
}
