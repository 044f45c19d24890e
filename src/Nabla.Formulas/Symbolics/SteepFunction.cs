using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Symbolics;

/// <summary>Functions whose subscript says how steep they are: Swish_β(x) = x·σ(βx), softplus_β(x).</summary>
internal static class SteepFunction
{
    private static readonly Symbol Sigmoid = new("sigmoid") { Kind = SymbolKind.Function };

    /// <summary>The call written out with its subscript; null where it has none, or is another function.</summary>
    public static Expression? WrittenOut(Call call)
    {
        if (call is not { Function: Symbol { Subscripts: [var slope], Superscripts: [], Primes: 0 } function }
            || call.Arguments is not [var x] || slope is Words or Symbol { Kind: SymbolKind.Label })
            return null;
        Expression scaled = new Product([slope, x]);
        return KnownFunctions.NameOf(call) switch
        {
            "silu" => new Product([x, new Call(Sigmoid, scaled)]),
            "softplus" => new Quotient(new Call(function with { Subscripts = [] }, scaled), slope),
            _ => null,
        };
    }
}
