using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Explanation.Reading;

/// <summary>How the spaces that symbols live in are read: W ∈ ℝ^{m×n} is "a real m by n matrix".</summary>
internal static class Spaces
{
    /// <summary>What stands after "is", or null if it is no space of numbers.</summary>
    public static string? Read(English english, Expression space) => space switch
    {
        Symbol { Letter: "R" or "reals" } real when IsSpace(real) => Of(english, real),
        Power { Base: Symbol { Letter: "R", IsBare: true } } power => Sized(english, power.Exponent),
        Symbol { Letter: "N", Alphabet: Alphabet.Blackboard } => "a natural number",
        Symbol { Letter: "Z", Alphabet: Alphabet.Blackboard } => "a whole number",
        _ => null,
    };

    /// <summary>All that a space holds, "the real vectors of length p", or null if it is none with a size.</summary>
    public static string? All(English english, Expression space) => space switch
    {
        Symbol { Letter: "R", Superscripts: [var size] } real when IsSpace(real) => AllOf(english, size),
        Power { Base: Symbol { Letter: "R", Alphabet: Alphabet.Blackboard }, Exponent: var size } =>
            AllOf(english, size),
        _ => null,
    };

    private static string? AllOf(English english, Expression size) => size switch
    {
        Product { Sign: ProductSign.Times, Factors: [var rows, var columns] } =>
            $"the real {english.Read(rows).Text} by {english.Read(columns).Text} matrices",
        Product { Sign: ProductSign.Times } => null,
        _ => $"the real vectors of length {english.Read(size).Text}",
    };

    private static bool IsSpace(Symbol symbol) =>
        symbol.Alphabet == Alphabet.Blackboard || symbol.Kind == SymbolKind.Set || symbol.Letter == "reals";

    private static string Of(English english, Symbol real) =>
        real.Superscripts.Count > 0 ? Sized(english, real.Superscripts[0]) : "a real number";

    private static string Sized(English english, Expression size) => size switch
    {
        Product { Sign: ProductSign.Times, Factors: [var rows, var columns] } =>
            $"a real {english.Read(rows).Text} by {english.Read(columns).Text} matrix",
        Product { Sign: ProductSign.Times } product =>
            $"a real array of size {string.Join(" by ", product.Factors.Select(factor => english.Read(factor).Text))}",
        _ => $"a vector of {english.Read(size).Text} real numbers",
    };
}
