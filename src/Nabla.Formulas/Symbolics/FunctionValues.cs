using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Symbolics;

/// <summary>
/// Functions whose values are what is differentiated by: −Σ p(x) log q(x) by q, which is a list over x.
/// </summary>
internal static class FunctionValues
{
    /// <summary>
    /// The tree with q_x in the place of q(x), and x under each sum that does not say over what it runs; null if the
    /// symbol is not applied to plain names.
    /// </summary>
    public static Expression? AsEntries(Expression tree, Symbol by)
    {
        NodeList<Expression>? arguments = tree.All().Select(node => ArgumentsOf(node, by))
            .FirstOrDefault(found => found is not null);
        if (arguments is null)
            return null;
        return tree.Rewrite(node => node switch
        {
            Call call when ArgumentsOf(call, by) is { } own =>
                by with { Kind = SymbolKind.Variable, Subscripts = [.. by.Subscripts, .. own] },
            BigOperator { Range: { Variables.Count: 0, Condition: null } } big =>
                big with { Range = big.Range with { Variables = arguments } },
            _ => node,
        });
    }

    /// <summary>The tree with q(x) in the place of q_x again.</summary>
    public static Expression AsCalls(Expression tree, Symbol by) => tree.Rewrite(node =>
        node is Symbol symbol && Entries.IndicesOf(symbol, by) is { } indices
            ? new Call(by with { Kind = SymbolKind.Function }, [.. indices]) : node);

    private static NodeList<Expression>? ArgumentsOf(Expression node, Symbol by) =>
        node is Call { Function: Symbol function } call && function == by && call.Arguments.Count > 0
        && call.Arguments.All(argument => argument is Symbol) ? call.Arguments : null;
}
