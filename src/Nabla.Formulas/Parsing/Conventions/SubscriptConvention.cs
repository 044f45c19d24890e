using Nabla.Formulas.Parsing.Grammar;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Parsing.Conventions;

/// <summary>What stands below: accents written out, indices, labels, the range of a set.</summary>
internal static class SubscriptConvention
{
    /// <summary>The symbol with what stands below it: <c>_hat</c> as typed is an accent.</summary>
    public static Symbol Mark(Symbol symbol, Script script)
    {
        if (script is { Form: ScriptForm.Plain, Items: [Symbol { IsBare: true } word] })
        {
            switch (word.Letter)
            {
                case "hat" or "bar" or "tilde" or "vec" or "dot" when symbol.Subscripts.Count == 0
                    && word.Alphabet != Alphabet.Bold:
                    return symbol with { Accents = [.. symbol.Accents, word.Letter] };
                case "prime" when symbol.Subscripts.Count == 0:
                    return symbol with { Primes = symbol.Primes + 1 };
                case "star":
                    var star = new Symbol("star") { Kind = SymbolKind.Label };
                    return symbol with { Superscripts = [.. symbol.Superscripts, star] };
            }
        }
        return symbol with { Subscripts = [.. symbol.Subscripts, .. script.Items.Select(AsLabel)] };
    }

    /// <summary>Words below or above are labels.</summary>
    public static Expression AsLabel(Expression item) => item switch
    {
        Symbol { Letter.Length: > 1, Alphabet: Alphabet.Upright } word => word with { Kind = SymbolKind.Label },
        Symbol { Letter: "pi" } policy => policy with { Kind = SymbolKind.Variable },
        _ => item,
    };

    /// <summary>What the script below makes of something that is no symbol.</summary>
    public static Expression Apply(Expression operand, Script script) => operand switch
    {
        Delimited { Subscript: null } delimited => OfOrder(delimited, script.Single),
        Power { Base: Delimited { Subscript: null, Kind: DelimiterKind.Norm or DelimiterKind.Absolute } bars } power =>
            power with { Base = OfOrder(bars, script.Single) }, // ‖x‖²₂
        Collection { Kind: CollectionKind.Set, Range: null } set =>
            set with { Range = RangeConvention.Read(script.Items, null) },
        Collection { Kind: CollectionKind.Tuple, Range: null } list when script.Single is Relation =>
            list with { Range = RangeConvention.Read(script.Items, null) },
        Power { Base: Collection { Range: null } listed } power when script.Single is Relation =>
            listed with { Range = RangeConvention.Read(script.Items, power.Exponent) },
        Number { Text: "1" } when ConditionOf(script.Items) is { } condition =>
            new Delimited(DelimiterKind.Indicator, [condition]), // 1_{x > 0}
        _ when script is { Form: ScriptForm.Sign, Single: Symbol { Letter: "plus" } } =>
            PositivePart(operand),
        _ => new Element(operand, script.Items),
    };

    private static Relation? ConditionOf(NodeList<Expression> below) => below switch
    {
        [Relation condition] => condition,
        [Collection { Items: [Relation within] }] => within,
        [Delimited { Kind: DelimiterKind.Indicator, Items: [Relation within] }] => within,
        _ => null,
    };

    // |x|₁ and |A|_F are norms: a size has no order.
    private static Delimited OfOrder(Delimited bars, Expression order) => bars with
    {
        Subscript = order,
        Kind = bars.Kind is DelimiterKind.Absolute or DelimiterKind.Determinant
            && order is Number or Symbol { Letter: "F" or "p" or "infinity" or "infty" or "∞" }
            ? DelimiterKind.Norm : bars.Kind,
    };

    /// <summary>(x)₊ and (x)⁺: what of x lies above 0.</summary>
    public static Call PositivePart(Expression operand) =>
        new(new Symbol("max") { Kind = SymbolKind.Function }, new Number(0, "0"), operand);
}
