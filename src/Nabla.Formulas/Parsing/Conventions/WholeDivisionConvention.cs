using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Parsing.Conventions;

/// <summary>-7 // 2 * 3 of a program: the sign belongs to the 7, before the quotient is rounded down.</summary>
internal static class WholeDivisionConvention
{
    /// <summary>−term with the sign where a program has it; null where the term begins with no such division.</summary>
    /// <param name="term">What stands behind the minus sign.</param>
    /// <param name="text">The whole text.</param>
    public static Expression? Negated(Expression term, string text)
    {
        switch (term)
        {
            case Delimited { Kind: DelimiterKind.Floor, Items: [Quotient below] } floor when IsWritten(below, text):
                return floor with { Items = [below with { Numerator = new Negation(below.Numerator) }] };
            case Product product when Negated(product.Factors[0], text) is { } first:
                return product with { Factors = [first, .. product.Factors.Skip(1)] };
            case Quotient quotient when Negated(quotient.Numerator, text) is { } above:
                return quotient with { Numerator = above };
            default:
                return null;
        }
    }

    // Not ⌊7/2⌋, which is negated as a whole.
    private static bool IsWritten(Quotient quotient, string text)
    {
        int from = quotient.Numerator.Source.End, to = quotient.Denominator.Source.Start;
        return from < to && text.AsSpan(from, to - from).Contains("//", StringComparison.Ordinal);
    }
}
