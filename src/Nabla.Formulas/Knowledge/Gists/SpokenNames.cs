using System.Collections.Frozen;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Knowledge.Gists;

/// <summary>
/// What names of code say: the <c>rewards</c> of a program are what an entry calls the reward r, its <c>lr</c> is the
/// learning rate η.
/// </summary>
internal static class SpokenNames
{
    private const int LeastAbbreviation = 3, LeastWord = 4;

    private static readonly FrozenSet<string> Empty = FrozenSet.Create(StringComparer.Ordinal,
        "of", "the", "a", "an", "and", "or", "number", "to", "in", "by", "for", "each", "from", "with", "at");

    /// <summary>The words of a name, small and in the singular.</summary>
    public static string[] Of(Expression? origin) => origin switch
    {
        Symbol { IsBare: true } letter when letter.Letter.Length == 1 || Labels.Greek.Contains(letter.Letter) => [],
        Symbol symbol => [.. Labels.WordsOf(symbol).Where(word => word.Length > 1).Select(Stem)
            .Distinct(StringComparer.Ordinal)],
        Call call => Of(call.Function),
        Element element => Of(element.Target),
        _ => [],
    };

    /// <summary>The words by which an entry calls a symbol, and their initials: learning, rate, lr.</summary>
    public static string[] OfEntry(Entry entry, Expression? origin)
    {
        Symbol? symbol = origin as Symbol ?? (origin as Call)?.Function as Symbol;
        if (symbol is null || entry.Symbol(symbol.Name, symbol.StemName) is not { } said)
            return [];
        string[] words = [.. said.Name.Split([' ', '-', ','], StringSplitOptions.RemoveEmptyEntries)
            .Where(word => char.IsAsciiLetter(word[0])).Select(Stem).Where(word => !Empty.Contains(word))];
        return words.Length > 1 ? [.. words, string.Concat(words.Select(word => word[0]))] : words;
    }

    /// <summary>
    /// Whether both speak of one thing: <c>grad</c> of the gradient, <c>weight_decay</c> of the decay.
    /// </summary>
    public static bool Agree(string[] code, string[] entry)
    {
        foreach (string mine in code)
            foreach (string theirs in entry)
                if (IsOne(mine, theirs))
                    return true;
        return false;
    }

    /// <summary>A key that words of one stem share.</summary>
    public static string Key(string word) => word.Length > LeastWord ? word[..LeastWord] : word;

    private static bool IsOne(string mine, string theirs) => string.Equals(mine, theirs, StringComparison.Ordinal)
        || mine.Length >= LeastAbbreviation && theirs.StartsWith(mine, StringComparison.Ordinal)
        || theirs.Length >= LeastWord && mine.StartsWith(theirs, StringComparison.Ordinal);

    private static string Stem(string word)
    {
        string small = word.ToLowerInvariant();
        return small.Length > LeastAbbreviation && small[^1] == 's' && small[^2] is not ('s' or 'u')
            ? small[..^1] : small;
    }
}
