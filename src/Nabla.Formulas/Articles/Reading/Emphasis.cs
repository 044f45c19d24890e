namespace Nabla.Formulas.Articles.Reading;

/// <summary>Drops the marks of emphasis and links from Markdown, but not the stars of products.</summary>
internal static class Emphasis
{
    private const int LongestLink = 2000;

    public static MappedText Drop(MappedText line)
    {
        string text = line.Text;
        int first = text.AsSpan().IndexOfAny('*', '_', ']');
        while (first >= 0 && first < text.Length && MarkLength(text, first) == 0)
            first++;
        if (first < 0 || first == text.Length)
            return line;
        var plain = new MappedText.Builder(text.Length);
        plain.Add(line.Slice(0, first));
        for (int at = first; at < text.Length;)
        {
            int skipped = MarkLength(text, at);
            if (skipped == 0)
            {
                plain.Add(text[at], line.Place(at));
                at++;
            }
            at += skipped;
        }
        return plain.Take();
    }

    // ** beside a space, a bracket or an end on one side is emphasis; between two operands it is a power.
    private static int MarkLength(string text, int at)
    {
        if (text[at] == ']' && at + 1 < text.Length && text[at + 1] == '(')
        {
            int end = text.IndexOf(')', at, Math.Min(LongestLink, text.Length - at));
            return end > 0 && text.AsSpan(at, end - at).ContainsAny(":/#") ? end - at + 1 : 0;
        }
        if (text[at] is not ('*' or '_'))
            return 0;
        int length = 1;
        while (at + length < text.Length && text[at + length] == text[at])
            length++;
        char before = at > 0 ? text[at - 1] : ' ', after = at + length < text.Length ? text[at + length] : ' ';
        bool opens = IsEdge(before) && before != ')' && !char.IsWhiteSpace(after);
        bool closes = IsEdge(after) && after != '(' && !char.IsWhiteSpace(before);
        bool isStrong = length is 2 or 3;
        return isStrong && opens != closes || length == 1 && opens != closes && !IsEdge(opens ? after : before)
            && text.IndexOf(text[at], opens ? at + 1 : 0) is var other && other >= 0 && other != at ? length : 0;
    }

    private static bool IsEdge(char c) => char.IsWhiteSpace(c)
        || c is '(' or ')' or ',' or '.' or ':' or ';' or '!' or '?'
        or '"' or '\'' or '|' or '—' or '–' or '=' or '~' or '≈';
}
