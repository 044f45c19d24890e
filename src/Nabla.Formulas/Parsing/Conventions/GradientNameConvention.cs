using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Parsing.Conventions;

/// <summary>
/// dW in W := W − α dW is one name, the gradient with respect to W as code calls it, where every d of the formula
/// stands right before such a letter.
/// </summary>
internal static class GradientNameConvention
{
    /// <summary>The tree with those names.</summary>
    public static Expression Read(Expression tree)
    {
        int names = 0, signs = 0;
        foreach (Expression node in tree.All())
        {
            if (IsSign(node))
                signs++;
            else if (node is Product { Sign: ProductSign.None } product)
                names += Pairs(product);
            if (node is Derivative or BigOperator { Kind: BigOperatorKind.Integral })
                return tree;
        }
        return names == 0 || names != signs ? tree : tree.Rewrite(node =>
            node is Product { Sign: ProductSign.None } product && Pairs(product) > 0
                ? LateConvention.WithPrefixed(product) : node);
    }

    private static bool IsSign(Expression node) => node is Symbol { Letter: "d", IsBare: true, Prefix: "" };

    private static int Pairs(Product product) => product.Factors.Zip(product.Factors.Skip(1)).Count(pair =>
        IsSign(pair.First) && Carrier(pair.Second) is { } letter && "wWbzZaAt".Contains(letter.Letter)
        && pair.First.Source.Start + pair.First.Source.Length == letter.Source.Start);

    private static Symbol? Carrier(Expression factor) => factor switch
    {
        Symbol symbol => symbol,
        Postfix { Operand: Symbol symbol } => symbol,
        Power { Base: Symbol symbol } => symbol,
        _ => null,
    };
}
