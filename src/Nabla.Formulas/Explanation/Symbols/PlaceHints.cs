using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Explanation.Symbols;

/// <summary>
/// What a place says of a letter that means nothing special in formulas of this subject: above a sum it counts, as an
/// exponent it is one, at an integral it is an end.
/// </summary>
internal static class PlaceHints
{
    // Words of what is known of letters that fit the end of a range.
    private static readonly string[] Counts = ["number", "size", "length", "dimension", "horizon", "width", "steps"];

    /// <summary>What the places of a symbol say, or null.</summary>
    /// <param name="symbol">The symbol.</param>
    /// <param name="all">All its places.</param>
    /// <param name="custom">What its letter usually means, or null.</param>
    public static SymbolMeaning? Find(Symbol symbol, List<SymbolUse> all, Custom? custom)
    {
        if (symbol.Kind == SymbolKind.Constant)
            return null;
        if (all.Find(IsEndOfIntegral) is { } end)
            return ReferenceEquals(((BigOperator)end.Parent!).Range.To, end.Symbol)
                ? new("upper end", "where the integral ends", "number")
                : new("lower end", "where the integral begins", "number");
        if (all.Exists(use => IsEndOfRange(use) || use.EndsList) && !IsCount(custom))
            return new("number of terms", "where the range ends", "number");
        return symbol is { IsBare: true, Letter: not ("t" or "T" or "k" or "i" or "j" or "l" or "L") }
            && all.TrueForAll(use => use.Parent is Power { Base: not Symbol { Letter: "R" } } power
                && ReferenceEquals(power.Exponent, use.Symbol))
            ? new("exponent", "to which power something is raised", "number") : null;
    }

    private static bool IsEndOfRange(SymbolUse use) =>
        use.Parent is BigOperator { Range.To: Symbol end } && ReferenceEquals(end, use.Symbol);

    private static bool IsEndOfIntegral(SymbolUse use) =>
        use.Parent is BigOperator { Kind: BigOperatorKind.Integral } integral
        && (ReferenceEquals(integral.Range.To, use.Symbol) || ReferenceEquals(integral.Range.From, use.Symbol));

    private static bool IsCount(Custom? custom) =>
        custom is not null && Array.Exists(Counts, word => custom.Name.Contains(word, StringComparison.Ordinal));
}
