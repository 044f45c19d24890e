using Nabla.Formulas.Trees;
using Nabla.Tensors;

namespace Nabla.Formulas.Evaluation.Reading;

/// <summary>Which index of the table of a conditional, π(a|s), comes first: as written, or what is given.</summary>
internal static class ConditionalTables
{
    private const double Agreement = 1e-6;

    /// <summary>Whether a conditional takes its values from a table with an index for each of its arguments.</summary>
    public static bool IsTable(Call call, Shape shape) =>
        call.Separators.Count > 0 && call.Separators[0] == "|" && shape.Rank == call.Arguments.Count;

    /// <summary>
    /// Whether what is given comes first in a table, as in pi[s][a]: the numbers add up to 1 over the last index, and
    /// not over the first.
    /// </summary>
    public static bool GivenFirst(Shape shape, ReadOnlySpan<double> numbers)
    {
        int first = shape[0], last = shape[shape.Rank - 1];
        return AddUp(numbers, last, 1) && !AddUp(numbers, first, numbers.Length / Math.Max(first, 1));
    }

    // Whether each group of so many numbers, that far apart, is a distribution.
    private static bool AddUp(ReadOnlySpan<double> values, int count, int stride)
    {
        for (int start = 0; start < values.Length; start++)
        {
            if (start / stride % count != 0)
                continue;
            double sum = 0;
            for (int i = 0; i < count; i++)
                sum += values[start + i * stride];
            if (!(Math.Abs(sum - 1) < Agreement))
                return false;
        }
        return values.Length > 0;
    }
}
