namespace Nabla.Learning.Data.Formats;

/// <summary>
/// As much of Python's literals as NPY headers have: a dictionary from strings to strings, names, and tuples of
/// numbers. Values are given as they are written.
/// </summary>
internal sealed class PythonDictionary(string text)
{
    private int at;

    /// <summary>The entries, or null if the text is something else.</summary>
    public Dictionary<string, string>? Read()
    {
        var entries = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!Skip('{'))
            return null;
        while (!Skip('}'))
        {
            if (Quoted() is not { } key || !Skip(':') || Value() is not { } value || !entries.TryAdd(key, value))
                return null;
            if (!Skip(',') && Peek() != '}')
                return null;
        }
        return Peek() == '\0' ? entries : null;
    }

    private string? Value() => Peek() switch
    {
        '\'' or '"' => Quoted(),
        '(' => Until(')', include: true),
        '[' => Until(']', include: true), // a structured type, which the caller refuses by name
        _ => Word(),
    };

    private string? Quoted()
    {
        char quote = Peek();
        if (quote is not ('\'' or '"'))
            return null;
        at++;
        string? inside = Until(quote, include: false);
        at++;
        return inside;
    }

    private string? Word()
    {
        int from = at;
        while (at < text.Length && char.IsAsciiLetterOrDigit(text[at]))
            at++;
        return at > from ? text[from..at] : null;
    }

    private string? Until(char last, bool include)
    {
        int end = at < text.Length ? text.IndexOf(last, at) : -1;
        if (end < 0)
            return null;
        string inside = text[at..(include ? end + 1 : end)];
        at = include ? end + 1 : end;
        return inside;
    }

    private bool Skip(char expected)
    {
        if (Peek() != expected)
            return false;
        at++;
        return true;
    }

    private char Peek()
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
            at++;
        return at < text.Length ? text[at] : '\0';
    }
}
