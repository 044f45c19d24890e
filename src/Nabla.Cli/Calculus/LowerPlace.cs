namespace Nabla.Cli.Calculus;

/// <summary>A place lower than a minimum, which is therefore only a local one.</summary>
/// <param name="At">Where it is.</param>
/// <param name="Height">The function there.</param>
/// <param name="IsMinimum">Whether it is a minimum itself.</param>
internal sealed record LowerPlace(double[] At, double Height, bool IsMinimum)
{
    private const int Samples = 64, MostAxes = 16;
    private const double Clearly = 1e-6, Reach = 3, Shortest = 2;

    /// <summary>One that is found along the axes, or on the way to the start; null if none is.</summary>
    public static LowerPlace? Of(FormulaFunction function, double[] start, double[] minimum)
    {
        double height = function.Value(minimum), reach = Reach * Math.Max(Shortest,
            minimum.Zip(start, (a, b) => Math.Max(Math.Abs(a), Math.Abs(b))).Append(0).Max());
        double[]? lowest = null;
        double least = height - Clearly * (1 + Math.Abs(height));
        for (int axis = 0; axis < Math.Min(minimum.Length, MostAxes) && !function.IsSpent; axis++)
            for (int i = -Samples; i <= Samples; i++)
            {
                double[] at = [.. minimum];
                at[axis] += reach * i / Samples;
                if (function.Value(at) is var value && value < least)
                    (lowest, least) = (at, value);
            }
        if (lowest is null || function.IsSpent)
            return null;
        double[] best = lowest;
        if (Valley.Minimum(function, lowest) is { } found && function.Value(found) <= least)
            best = found;
        return new(best, function.Value(best), best != lowest);
    }
}
