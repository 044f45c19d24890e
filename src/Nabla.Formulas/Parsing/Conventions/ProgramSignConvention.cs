using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Parsing.Conventions;

/// <summary>
/// -7 // 2 * 3 and -7 % 3 of a program: the sign belongs to the 7, before the quotient is rounded down.
/// </summary>
internal static class ProgramSignConvention
{
    /// <summary>−term with the sign where a program has it; null where the term begins with no such division.</summary>
    /// <param name="term">What stands behind the minus sign.</param>
    /// <param name="text">The whole text.</param>
    /// <param name="start">Where the term begins in it.</param>
    public static Expression? Negated(Expression term, string text, int start)
    {
        switch (term)
        {
            case Delimited { Kind: DelimiterKind.Floor, Items: [Quotient below] } floor
                when Joins("//", below.Numerator, below.Denominator, text, start):
                return floor with { Items = [below with { Numerator = Within(below.Numerator, text, start) }] };
            case Infix { Sign: "mod", Operands: [var divided, var modulus] } remainder
                when Joins("%", divided, modulus, text, start):
                return remainder with { Operands = [Within(divided, text, start), modulus] };
            case Product product when Negated(product.Factors[0], text, start) is { } first:
                return product with { Factors = [first, .. product.Factors.Skip(1)] };
            case Quotient quotient when Negated(quotient.Numerator, text, start) is { } above:
                return quotient with { Numerator = above };
            default:
                return null;
        }
    }

    private static Expression Within(Expression term, string text, int start) =>
        Negated(term, text, start) ?? new Negation(term);

    private static int Opened(ReadOnlySpan<char> text, char open, char close) => text.Count(open) - text.Count(close);

    // Not ⌊7/2⌋, 7 mod 2 and (7 % 2), which are negated as a whole.
    private static bool Joins(string sign, Expression left, Expression right, string text, int start)
    {
        int from = left.Source.End, to = right.Source.Start;
        if (from >= to || start > from || !text.AsSpan(from, to - from).Contains(sign, StringComparison.Ordinal))
            return false;
        int place = from + text.AsSpan(from, to - from).IndexOf(sign, StringComparison.Ordinal);
        ReadOnlySpan<char> before = text.AsSpan(start, place - start);
        return Opened(before, '(', ')') <= 0 && Opened(before, '[', ']') <= 0;
    }
}
