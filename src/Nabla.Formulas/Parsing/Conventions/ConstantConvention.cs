using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Parsing.Conventions;

/// <summary>When π, e and ∞ are the numbers that everybody knows.</summary>
internal static class ConstantConvention
{
    /// <summary>What part a letter plays by custom.</summary>
    public static SymbolKind KindOf(Symbol symbol, Facts facts, bool isPowerBase)
    {
        if (!symbol.IsBare || symbol.Accents.Count > 0 || symbol.Primes > 0 || symbol.Prefix.Length > 0)
            return symbol.Kind == SymbolKind.Constant ? SymbolKind.Variable : symbol.Kind;
        return symbol.Letter switch
        {
            "infinity" => SymbolKind.Constant,
            "pi" when !facts.HasSubscript("pi") && !facts.IsApplied("pi")
                && !facts.IsDefined("pi") => SymbolKind.Constant,
            "e" when isPowerBase && !facts.HasSubscript("e") => SymbolKind.Constant,
            _ when symbol.Alphabet == Alphabet.Blackboard => SymbolKind.Set,
            _ => symbol.Kind,
        };
    }
}
