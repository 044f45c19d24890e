using System.Buffers;

namespace Nabla.Formulas.Articles.Reading;

/// <summary>Finds $…$, $$…$$, \(…\) and \[…\] in a text and puts marks in their places.</summary>
internal static class InlineFormulas
{
    private const int LongestInline = 2000, MostInBlock = 2000;

    private static readonly SearchValues<char> Signs = SearchValues.Create(@"\^_=+{}");

    private static readonly (string Open, string Close)[] Delimiters =
        [("$$", "$$"), (@"\\(", @"\\)"), (@"\\[", @"\\]"), (@"\[", @"\]"), (@"\(", @"\)"), ("$", "$")];

    /// <summary>A paragraph, or a formula if there is nothing else.</summary>
    public static ArticleBlock Block(BlockKind kind, MappedText text)
    {
        text = text.Trim();
        if (!text.Text.Contains('$', StringComparison.Ordinal) && !text.Text.Contains('\\', StringComparison.Ordinal))
            return new ArticleBlock(kind, text);
        int first = 0;
        while (first < text.Length && Find(text.Text, first) is null)
            first++;
        if (first == text.Length)
            return new ArticleBlock(kind, text);
        var plain = new MappedText.Builder(text.Length);
        plain.Add(text.Slice(0, first));
        List<MappedText> formulas = [];
        for (int at = first; at < text.Length;)
        {
            if (formulas.Count < MostInBlock && Find(text.Text, at) is { } found)
            {
                formulas.Add(text.Slice(found.Start, found.Length).Trim());
                plain.Add(ArticleBlock.FormulaMark, text.Place(at));
                at = found.End;
            }
            else
            {
                plain.Add(text.Text[at], text.Place(at));
                at++;
            }
        }
        MappedText rest = plain.Take();
        return formulas.Count == 1 && rest.Text.Trim() is "\ufffc"
            ? new ArticleBlock(BlockKind.Formula, formulas[0]) : new ArticleBlock(kind, rest) { Formulas = formulas };
    }

    private static (int Start, int Length, int End)? Find(string text, int at)
    {
        if (text[at] is not ('$' or '\\') || at > 0 && text[at - 1] == '\\')
            return null;
        foreach ((string open, string close) in Delimiters)
        {
            if (string.CompareOrdinal(text, at, open, 0, open.Length) != 0)
                continue;
            int start = at + open.Length;
            int limit = Math.Min(text.Length, start + LongestInline);
            int end = text.IndexOf(close, start, limit - start, StringComparison.Ordinal);
            if (end > start && (open != "$" || IsFormula(text, start, end)))
                return (start, end - start, end + close.Length);
        }
        return null;
    }

    // "$5 and $6" are prices: a formula without commands has no space after its first $ nor before its last, and no
    // digit after that.
    private static bool IsFormula(string text, int start, int end) =>
        (!char.IsWhiteSpace(text[start]) && !char.IsWhiteSpace(text[end - 1])
            || char.IsWhiteSpace(text[start]) && text.AsSpan(start, end - start).Contains('\\'))
        && (end + 1 >= text.Length || !char.IsAsciiDigit(text[end + 1]))
        && !text.AsSpan(start, end - start).Contains("\n\n", StringComparison.Ordinal)
        && !(char.IsAsciiDigit(text[start]) && text.AsSpan(start, end - start).ContainsAny(' ', '\n')
            && !text.AsSpan(start, end - start).ContainsAny(Signs));
}
