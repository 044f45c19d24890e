namespace Nabla.Cli.Calculus;

/// <summary>
/// The edge of the numbers for which a formula has a value, over which a step went: 0 for log x.
/// </summary>
/// <param name="At">Where it is, on the way of that step.</param>
/// <param name="IsBottomless">Whether the function falls below every number on the way there.</param>
internal sealed record Edge(double[] At, bool IsBottomless)
{
    private const int Halvings = 200;
    private const double Shrink = 1e-3;

    /// <summary>The edge over which the last step went; null where it did not leave the numbers with a value.</summary>
    public static Edge? Of(FormulaFunction function, IReadOnlyList<DescentStep> steps)
    {
        if (steps.Count < 2 || double.IsFinite(steps[^1].Loss) || !steps[^1].At.All(double.IsFinite))
            return null;
        double[] inside = steps[^2].At, outside = steps[^1].At;
        double[] from = inside;
        for (int i = 0; i < Halvings && !function.IsSpent; i++)
        {
            double[] middle = [.. inside.Zip(outside, (a, b) => a / 2 + b / 2)];
            if (middle.SequenceEqual(inside) || middle.SequenceEqual(outside))
                break;
            (inside, outside) = double.IsFinite(function.Value(middle)) ? (middle, outside) : (inside, middle);
        }
        double[] edge = [.. inside.Select(number => Math.Abs(number) < 1e-12 ? 0 : number)];
        double[] falls = [.. Enumerable.Range(1, 3)
            .Select(i => function.Value(Between(edge, from, Math.Pow(Shrink, i))))];
        // A logarithm falls as far with each thousandth; what ends somewhere falls ever less.
        bool isBottomless = falls.All(double.IsFinite) && falls[1] < falls[0]
            && falls[1] - falls[2] > 0.9 * (falls[0] - falls[1]);
        return new(edge, isBottomless);
    }

    private static double[] Between(double[] edge, double[] from, double share) =>
        [.. edge.Zip(from, (a, b) => a + share * (b - a))];
}
