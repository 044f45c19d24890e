using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Parsing.Conventions;

/// <summary>
/// |Q| is how many there are in Q, wherever it stands, if somewhere it can be nothing else: where a range ends with it,
/// or where a sum is divided by it.
/// </summary>
internal static class SizeConvention
{
    /// <summary>The tree with every such |Q| as a size.</summary>
    public static Expression Read(Expression tree)
    {
        HashSet<string> counted = [.. tree.All().SelectMany(Counts).Select(symbol => symbol.Name)];
        if (counted.Contains("V"))
            counted.Add("E"); // the nodes and the edges of a graph
        return counted.Count == 0 ? tree : tree.Rewrite(node =>
            node is Delimited { Kind: DelimiterKind.Absolute, Items: [Symbol set] } size && counted.Contains(set.Name)
                ? size with { Kind = DelimiterKind.Cardinality } : node);
    }

    private static IEnumerable<Symbol> Counts(Expression node) => node switch
    {
        BigOperator { Range.To: { } end } => SetIn(end),
        Product product when product.Factors.Any(IsSum) => product.Factors.OfType<Quotient>()
            .Where(quotient => quotient.Numerator is Number).SelectMany(quotient => SetIn(quotient.Denominator)),
        Quotient quotient when IsSum(quotient.Numerator)
            || quotient.Numerator is Product product && product.Factors.Any(IsSum) => SetIn(quotient.Denominator),
        Quotient { Numerator: Symbol { Alphabet: Alphabet.Upright, Letter.Length: > 1 } } share =>
            SetIn(share.Denominator), // hits / |U|
        Delimited { Kind: DelimiterKind.Cardinality, Items: [Symbol set] } => [set],
        _ => [],
    };

    private static bool IsSum(Expression node) => node is BigOperator { Kind: BigOperatorKind.Sum };

    private static IEnumerable<Symbol> SetIn(Expression size) =>
        size is Delimited { Kind: DelimiterKind.Absolute, Items: [Symbol set] } ? [set] : [];
}
