using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Explanation.Reading;

/// <summary>A sum divided by the number of its terms, however it is written: (1/N) Σ xᵢ, Σ xᵢ / N.</summary>
/// <param name="Sum">The sum.</param>
/// <param name="Count">What it is divided by.</param>
internal sealed record Average(BigOperator Sum, Expression Count);

/// <summary>Finds averages.</summary>
internal static class Averages
{
    // Where the formula does not say how far the sum runs.
    private const string UsualCounts = "NnmMBbKkTSG";

    /// <summary>The average that a node is, or null.</summary>
    public static Average? Of(Expression node) => node switch
    {
        Product { Factors: [Quotient { Numerator: Number { Value: 1 } } share, BigOperator sum] } =>
            Of(share.Denominator, sum),
        Quotient { Numerator: BigOperator sum } quotient => Of(quotient.Denominator, sum),
        _ => null,
    };

    private static Average? Of(Expression count, BigOperator sum) =>
        sum.Kind == BigOperatorKind.Sum && Counts(count, sum.Range) ? new Average(sum, count) : null;

    private static bool Counts(Expression count, Trees.Range range)
    {
        if (range is { From: Number { Value: 1 }, To: { } to })
            return to.Equals(count);
        if (range.From is Number { Value: 0 }
            && range.To is Sum { Terms: [var end, Negation { Operand: Number { Value: 1 } }] })
            return end.Equals(count);
        if (count is Delimited { Kind: DelimiterKind.Cardinality or DelimiterKind.Absolute, Items: [{ } counted] })
            return range.Domain is { } domain ? domain.Equals(counted) : range.From is null;
        return range is { From: null, To: null, Domain: null, Condition: null }
            && count is Symbol { Letter.Length: 1 } n
            && UsualCounts.Contains(n.Letter[0], StringComparison.Ordinal);
    }
}
