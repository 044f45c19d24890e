using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Knowledge.Gists;

/// <summary>
/// The words for the symbols of an entry, each looked for once, though a symbol stands in many formulas of the entry.
/// </summary>
internal sealed class EntryWords(Entry entry)
{
    private readonly Dictionary<string, string[]> known = new(StringComparer.Ordinal);

    /// <summary>The words of what a leaf was made from: what the entry says of it, and its own.</summary>
    public string[] Of(Expression? origin)
    {
        if ((origin as Symbol ?? (origin as Call)?.Function as Symbol) is not { } symbol)
            return Words(origin);
        if (!known.TryGetValue(symbol.Name, out string[]? words))
            known[symbol.Name] = words = Words(symbol);
        return words;
    }

    private string[] Words(Expression? origin) =>
        [.. SpokenNames.OfEntry(entry, origin), .. SpokenNames.Of(origin)];
}
