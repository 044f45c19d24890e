using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Parsing.Conventions;

/// <summary>
/// Where a program writes @ for the product of matrices, its * between arrays takes them entry by entry:
/// <c>silu(x @ W) * (x @ V)</c>. A ∗ beside a number or a rate is no convolution.
/// </summary>
internal static class ProgramProductConvention
{
    /// <summary>The tree with those products as what they are.</summary>
    public static Expression Read(Expression tree, List<Choice> choices)
    {
        bool writesMatrices = false, convolves = false;
        foreach (Expression node in tree.All())
        {
            writesMatrices |= node is Product { Sign: ProductSign.Matrix };
            convolves |= node is Product { Sign: ProductSign.Convolution };
        }
        if (convolves)
            tree = tree.Rewrite(node => WithScaling(node, choices));
        return writesMatrices ? tree.Rewrite(WithEntries) : tree;
    }

    private static Expression WithScaling(Expression node, List<Choice> choices)
    {
        if (node is not Product { Sign: ProductSign.Convolution } product || !product.Factors.Any(IsScale))
            return node;
        if (product.Factors.Count(factor => !IsScale(factor)) > 1)
            choices.Add(new Choice(product.Source, "∗: the product, as of the number it stands beside",
                "the convolution of two lists"));
        return product with { Sign = ProductSign.Star };
    }

    private static bool IsScale(Expression factor) => factor is Number
        or Symbol { Letter: "alpha" or "beta" or "gamma" or "lambda" or "eta" or "epsilon", Kind: SymbolKind.Variable };

    private static Expression WithEntries(Expression node) =>
        node is Product { Sign: ProductSign.Star } product && product.Factors.Count(HoldsLayer) > 1
            ? product with { Sign = ProductSign.Hadamard } : node;

    // x @ W, relu(x @ W + b)
    private static bool HoldsLayer(Expression factor) => factor switch
    {
        Product { Sign: ProductSign.Matrix } => true,
        Call { Arguments: [var argument] } => HoldsLayer(argument),
        Sum sum => sum.Terms.Any(HoldsLayer),
        _ => false,
    };
}
