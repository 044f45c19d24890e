using System.Buffers;

namespace Nabla.Text.Tokenizers;

/// <summary>Finds added tokens in a text: the leftmost one, and of those that begin there the longest.</summary>
internal sealed class AddedTokenFinder
{
    private readonly AddedToken[] longestFirst;
    private readonly SearchValues<string> texts;

    public AddedTokenFinder(IEnumerable<AddedToken> tokens)
    {
        longestFirst = [.. tokens.OrderByDescending(t => t.Text.Length)];
        texts = SearchValues.Create([.. longestFirst.Select(t => t.Text)], StringComparison.Ordinal);
    }

    /// <summary>The first token at or after <paramref name="from"/>, or null.</summary>
    public AddedToken? Next(string text, int from, out int at)
    {
        int offset = longestFirst.Length == 0 ? -1 : text.AsSpan(from).IndexOfAny(texts);
        at = offset < 0 ? text.Length : from + offset;
        if (offset < 0)
            return null;
        foreach (AddedToken token in longestFirst)
            if (text.AsSpan(at).StartsWith(token.Text, StringComparison.Ordinal))
                return token;
        throw new InvalidOperationException("A token was found and is not there.");
    }
}
