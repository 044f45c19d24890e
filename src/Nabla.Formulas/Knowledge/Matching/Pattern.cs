using Nabla.Formulas.Knowledge.Gists;

namespace Nabla.Formulas.Knowledge.Matching;

/// <summary>One reading of one formula of an entry.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Reading">The reading.</param>
/// <param name="Rank">0 for the entry's most usual formula.</param>
/// <param name="Names">The entry's aliases.</param>
internal sealed record Pattern(Entry Entry, Reading Reading, int Rank, AliasNames Names)
{
    /// <summary>Whether one of the words names it: an alias, or a word on its left side.</summary>
    public bool IsNamed(string[] words) =>
        Array.Exists(words, word => Names.Small.Contains(word) || Array.IndexOf(Reading.Words, word) >= 0);
}

/// <summary>The aliases of an entry in small letters.</summary>
internal sealed class AliasNames(Entry entry)
{
    /// <summary>As they are.</summary>
    public HashSet<string> Small { get; } =
        entry.Aliases.Select(alias => alias.ToLowerInvariant()).ToHashSet(StringComparer.Ordinal);

    /// <summary>Without the rank up to which something counts.</summary>
    public HashSet<string> Unranked { get; } = entry.Aliases
        .Select(alias => Labels.WithoutRank(alias.ToLowerInvariant())).ToHashSet(StringComparer.Ordinal);

    /// <summary>Those that are names, not words: <c>infonce</c>, <c>dpo</c>.</summary>
    public string[] Own { get; } = [.. entry.Aliases.Where(IsOwn).Select(alias => alias.ToLowerInvariant())];

    private static bool IsOwn(string alias) => alias.Length > 2 && alias.Count(char.IsUpper) > 1;
}
