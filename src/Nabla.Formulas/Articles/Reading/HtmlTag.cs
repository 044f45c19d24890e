namespace Nabla.Formulas.Articles.Reading;

/// <summary>A tag: its name in small letters, whether it closes, and what else stands in it.</summary>
internal readonly record struct HtmlTag(string Name, bool IsClosing, bool IsEmpty, string Attributes, int End)
{
    /// <summary>Reads the tag at a &lt;, or gives null if there is none.</summary>
    public static HtmlTag? Read(string text, int at)
    {
        int start = at + 1;
        bool isClosing = start < text.Length && text[start] == '/';
        start += isClosing ? 1 : 0;
        if (start >= text.Length || !char.IsAsciiLetter(text[start]) && text[start] is not ('!' or '?'))
            return null;
        int end = start;
        char quote = '\0';
        for (; end < text.Length && (quote != '\0' || text[end] != '>'); end++)
        {
            if (quote != '\0' ? text[end] == quote : text[end] is '"' or '\'')
                quote = quote == '\0' ? text[end] : '\0';
        }
        if (end >= text.Length && quote != '\0' && text.IndexOf('>', start) is var other && other > 0)
            end = other; // a quote that nobody closed
        int nameEnd = start;
        while (nameEnd < end && !char.IsWhiteSpace(text[nameEnd]) && text[nameEnd] != '/')
            nameEnd++;
        string rest = text[nameEnd..Math.Min(end, text.Length)];
        return new HtmlTag(text[start..nameEnd].ToLowerInvariant(), isClosing, rest.EndsWith('/'), rest,
            Math.Min(end + 1, text.Length));
    }

    /// <summary>The value of an attribute, or empty.</summary>
    public string Attribute(string name)
    {
        int at = Attributes.IndexOf(name + "=", StringComparison.OrdinalIgnoreCase);
        if (at < 0)
            return "";
        ReadOnlySpan<char> value = Attributes.AsSpan(at + name.Length + 1);
        char quote = value.Length > 0 ? value[0] : ' ';
        if (quote is not ('"' or '\''))
            return value[..(value.IndexOfAny(" \t\n/") is var space && space >= 0 ? space : value.Length)].ToString();
        int end = value[1..].IndexOf(quote);
        return end < 0 ? "" : value[1..(end + 1)].ToString();
    }
}
