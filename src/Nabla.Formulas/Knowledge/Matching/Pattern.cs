using Nabla.Formulas.Knowledge.Gists;

namespace Nabla.Formulas.Knowledge.Matching;

/// <summary>One reading of one formula of an entry.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Reading">The reading.</param>
/// <param name="Rank">0 for the entry's most usual formula.</param>
internal sealed record Pattern(Entry Entry, Reading Reading, int Rank)
{
    /// <summary>Its entry's aliases in small letters.</summary>
    public IReadOnlySet<string> Aliases { get; } = Entry.Aliases
        .Select(alias => Labels.WithoutRank(alias.ToLowerInvariant())).ToHashSet(StringComparer.Ordinal);

    /// <summary>Words that name it: its aliases, and the words on its left side.</summary>
    public IReadOnlySet<string> Names { get; } =
        Entry.Aliases.Select(alias => alias.ToLowerInvariant()).Concat(Reading.Words).ToHashSet(StringComparer.Ordinal);

    /// <summary>Aliases that are names, not words, in small letters: <c>infonce</c>, <c>dpo</c>.</summary>
    public string[] OwnNames { get; } = [.. Entry.Aliases.Where(IsOwn).Select(alias => alias.ToLowerInvariant())];

    private static bool IsOwn(string alias) => alias.Length > 2 && alias.Count(char.IsUpper) > 1;
}
