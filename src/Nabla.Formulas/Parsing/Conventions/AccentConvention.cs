using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Parsing.Conventions;

/// <summary>An accent over something that is no symbol.</summary>
internal static class AccentConvention
{
    public static Expression Over(Expression inner, string accent) => inner switch
    {
        Power { Base: Symbol } square when accent == "bar" => Mean(square), // of x², not x̄²
        Power { Base: Symbol } power => power with { Base = Over(power.Base, accent) },
        Postfix { Operand: Symbol } postfix => postfix with { Operand = Over(postfix.Operand, accent) },
        Symbol symbol => symbol with { Accents = [.. symbol.Accents, accent] },
        Call { Function: Symbol function } call when accent != "bar" => call with { Function = Over(function, accent) },
        _ when accent == "bar" => Mean(inner),
        _ => new Call(new Symbol(accent) { Kind = SymbolKind.Function }, inner),
    };

    private static Call Mean(Expression of) => new(new Symbol("mean") { Kind = SymbolKind.Function }, of);
}
