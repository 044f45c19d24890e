using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Parsing.Conventions;

/// <summary>m · x + (1 − m) · y: a mask takes some entries of the one and the others of the other.</summary>
internal static class BlendConvention
{
    /// <summary>The sum with its dots as products of each entry.</summary>
    public static Expression Read(Sum sum)
    {
        foreach (Product term in sum.Terms.OfType<Product>())
        {
            if (term is not { Sign: ProductSign.Dot, Factors: [var mask, _] }
                || !sum.Terms.Any(other => other is Product { Sign: ProductSign.Dot, Factors: [var rest, _] }
                    && IsRest(rest, mask)))
                continue;
            return sum with
            {
                Terms = [.. sum.Terms.Select(part => part is Product { Sign: ProductSign.Dot, Factors: [var by, _] } dot
                    && (by.Equals(mask) || IsRest(by, mask)) ? dot with { Sign = ProductSign.Hadamard } : part)],
            };
        }
        return sum;
    }

    private static bool IsRest(Expression rest, Expression mask) =>
        rest is Sum { Terms: [Number { Value: 1 }, Negation { Operand: var taken }] } && taken.Equals(mask);
}
