using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Symbolics;

/// <summary>
/// The derivative of an array by an array where entry i of the one depends on entry i of the other only: that of
/// numbers, with ⊙ between arrays.
/// </summary>
internal static class EntrywiseDerivative
{
    /// <summary>The derivative; null where entries mix.</summary>
    public static Expression? Of(Expression value, Symbol by, Ranks ranks)
    {
        if (!IsEntrywise(value, by, ranks))
            return null;
        var numbers = Ranks.Infer(Functions.One, budget: ranks.Budget);
        Expression derivative = Simplifier.Simplify(new ForwardDerivative(new Entries(by), numbers).Of(value), numbers);
        Expression written = derivative.Rewrite(node => node is Product product ? Joined(product, ranks) : node);
        return ranks.FormOf(written) == Form.Scalar && ranks.FormOf(by) == Form.Vector
            ? Functions.Times(written, Functions.Ones) : written;
    }

    private static bool IsEntrywise(Expression node, Symbol by, Ranks ranks)
    {
        if (!Functions.Mentions(node, symbol => symbol == by))
            return true;
        bool isKind = node switch
        {
            Symbol or Sum or Negation or Annotated or Root or Power { Exponent: Number } => true,
            Quotient => true,
            Product { Sign: ProductSign.Hadamard or ProductSign.Star } => true,
            Product product => product.Factors.Count(factor => ranks.FormOf(factor) != Form.Scalar) == 1,
            Delimited { Kind: DelimiterKind.Absolute } => true,
            Call call => ElementaryDerivatives.Knows(call),
            _ => false,
        };
        return isKind && ranks.FormOf(node) != Form.Scalar
            && node.Children.All(child => IsEntrywise(child, by, ranks))
            && (node is not (Sum or Quotient or Product) || node.Children.All(child =>
                ranks.FormOf(child) == Form.Scalar || ranks.FormOf(child) == ranks.FormOf(by)));
    }

    private static Expression Joined(Product product, Ranks ranks)
    {
        ILookup<bool, Expression> parts = product.Factors.ToLookup(factor => ranks.FormOf(factor) == Form.Scalar);
        Expression[] arrays = [.. parts[false]];
        if (arrays.Length < 2)
            return product;
        Expression joined = new Product([.. arrays], ProductSign.Hadamard);
        return Functions.Times([.. parts[true], joined]);
    }
}
