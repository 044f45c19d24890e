using Nabla.Formulas.Knowledge.Gists;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Knowledge;

/// <summary>An entry that a formula is, or that is a part of it.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Confidence">How sure that is, above 0 and at most 1.</param>
/// <param name="IsPart">Whether only a part of the formula is meant, as the softmax in attention.</param>
/// <param name="Symbols">Names of the formula's symbols with the entry's symbols for which they stand.</param>
public sealed record Recognition(
    Entry Entry, double Confidence, bool IsPart, IReadOnlyDictionary<string, Symbol> Symbols)
{
    /// <summary>What a symbol of the formula is in this entry, or null where the entry does not say.</summary>
    public EntrySymbol? RoleOf(Symbol symbol)
    {
        ArgumentNullException.ThrowIfNull(symbol);
        if (!Symbols.ContainsKey(symbol.Name) && OfSameMarks(symbol) is { } same)
            return same;
        if (CounterpartOf(symbol) is { } theirs)
            return theirs.Letter.Length == 1 && Labels.HasWord(theirs) ? Entry.Symbols.GetValueOrDefault(theirs.Name)
                : Entry.Symbol(theirs.Name, theirs.StemName) ?? OfSameMarks(theirs);
        // A name that the entry uses for something that is called otherwise here would be told wrongly.
        return Symbols.Values.Any(used => used.StemName == symbol.StemName
            && (used.IsBare || used.Subscripts.Any(mark => mark is not Number))) ? null
            : Labels.HasWord(symbol) ? Entry.Symbols.GetValueOrDefault(symbol.Name)
            : Entry.Symbol(symbol.Name, symbol.StemName);
    }

    // W_i^Q stands in the entry too, though no place of the formula was laid on it; C_j is its C_k.
    private EntrySymbol? OfSameMarks(Symbol symbol)
    {
        if (symbol.IsBare || Labels.HasWord(symbol))
            return null;
        if (Entry.Symbols.GetValueOrDefault(symbol.Name) is { } own)
            return own;
        if (symbol is not { Subscripts: [Symbol { IsBare: true, Letter: var mark }], Superscripts.Count: 0 }
            || !IsCounter(mark))
            return null;
        string start = symbol.StemName + "_";
        return Entry.Symbols.FirstOrDefault(pair => pair.Key.StartsWith(start, StringComparison.Ordinal)
            && IsCounter(pair.Key[start.Length..])).Value;
    }

    private static bool IsCounter(string mark) => mark is "i" or "j" or "k" or "l" or "m" or "n" or "c";

    /// <summary>The symbol of the entry that stands in the place of one of the formula, or null.</summary>
    public Symbol? CounterpartOf(Symbol symbol)
    {
        ArgumentNullException.ThrowIfNull(symbol);
        // D_KL is no D, and x₀ no xₜ: a word or a number below makes another thing of a letter.
        Symbol? theirs = Symbols.GetValueOrDefault(symbol.Name)
            ?? (Labels.HasWord(symbol) || symbol.Subscripts.Any(mark => mark is Number) ? null
                : Symbols.GetValueOrDefault(symbol.StemName));
        return theirs is not null && HaveChangedPlaces(symbol, theirs) ? symbol : theirs;
    }

    // I ∗ K is K ∗ I: where two capitals that the entry has both stand for one another, each keeps its own meaning.
    private bool HaveChangedPlaces(Symbol mine, Symbol theirs) => mine.Letter != theirs.Letter && IsCapital(mine)
        && IsCapital(theirs) && Entry.Symbols.ContainsKey(mine.StemName)
        && Symbols.GetValueOrDefault(theirs.StemName)?.StemName == mine.StemName;

    /// <summary>
    /// The usual shape of a symbol of the formula, or null: nothing is said where a capital stands for a small letter,
    /// or something with indices for something without.
    /// </summary>
    public string? ShapeOf(Symbol symbol)
    {
        ArgumentNullException.ThrowIfNull(symbol);
        return Symbols.GetValueOrDefault(symbol.Name) is not { } theirs
            || (IsCapital(theirs) == IsCapital(symbol) && theirs.Subscripts.Count == symbol.Subscripts.Count)
            ? RoleOf(symbol)?.Shape : null;
    }

    private static bool IsCapital(Symbol symbol) => symbol.Letter is [>= 'A' and <= 'Z', ..];
}
