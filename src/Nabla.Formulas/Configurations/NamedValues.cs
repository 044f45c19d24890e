namespace Nabla.Formulas.Configurations;

/// <summary>Values and their names as they stand in code, YAML or a log: <c>lr=3e-4</c>, <c>n_layer: 12</c>.</summary>
internal static class NamedValues
{
    private const int MostValues = 5_000;

    /// <summary>Refuses more settings than anybody writes.</summary>
    /// <exception cref="FormulaException">There are more.</exception>
    public static void RequireFew(int count)
    {
        if (count > MostValues)
            throw new FormulaException($"the text gives more than {MostValues} settings; give fewer at a time.");
    }

    /// <summary>
    /// What is left of text whose parts are all names with a value, between commas or on lines of their own; null where
    /// something else stands in it. A name without a value is given an empty one.
    /// </summary>
    /// <exception cref="FormulaException">There are too many.</exception>
    public static List<(string Name, string Value)>? Read(string text)
    {
        var found = new List<(string, string)>();
        foreach (string part in Parts(text))
        {
            int equals = part.AsSpan().IndexOfAny('=', ':');
            string name = (equals < 0 ? part : part[..equals]).Trim().Trim('"', '\'').TrimStart('-');
            string value = equals < 0 ? "" : part[(equals + 1)..].Trim().TrimEnd(';').Trim('"', '\'');
            if (equals < 0 ? !IsArgument(name) : !IsName(name) || !IsValue(value))
                return null;
            found.Add((name, value));
            RequireFew(found.Count);
        }
        return found;
    }

    /// <summary>
    /// Whether it could be a setting's name: letters, digits, <c>_</c>, <c>-</c>, <c>.</c> and <c>/</c>.
    /// </summary>
    public static bool IsName(string text) => text.Length is > 0 and < 64 && char.IsAsciiLetter(text[0])
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or '/');

    // What code passes without a name: model.parameters().
    private static bool IsArgument(string text) => IsName(text.Replace("()", "", StringComparison.Ordinal));

    // A number, a word, a switch, a list of them, or a small product such as 5 * 8.
    private static bool IsValue(string text) => text.Length is > 0 and < 200 && text.All(c =>
        char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '+' or '_' or ',' or ' ' or '(' or ')' or '[' or ']' or '%'
            or '/' or '*' or '"' or '\'' or '=' or ':');

    /// <summary>
    /// The same text with commas between settings that only blanks part: <c>lr=3e-4 batch_size=32</c>. Where a word is
    /// no setting, as in a formula, it stays as it is.
    /// </summary>
    public static string WithCommas(string text)
    {
        string[] words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return words.Length > 1 && Array.TrueForAll(words, IsSetting)
            ? string.Join(", ", words.Select(word => word.TrimEnd(','))) : text;
    }

    private static bool IsSetting(string word) => word.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals
        && IsName(word[..equals]) && IsValue(word[(equals + 1)..].TrimEnd(','));

    // Cuts at commas and line ends that are not within brackets; a comment ends at the end of its line.
    private static IEnumerable<string> Parts(string text)
    {
        int depth = 0, start = 0;
        bool inComment = false;
        for (int i = 0; i <= text.Length; i++)
        {
            char c = i < text.Length ? text[i] : '\n';
            if (inComment && c != '\n')
                continue;
            depth += c is '(' or '[' ? 1 : c is ')' or ']' ? -1 : 0;
            bool isComment = c == '#';
            if (!isComment && c != '\n' && (c is not (',' or ';') || depth > 0))
                continue;
            if (!inComment && text[start..i].Trim() is { Length: > 0 } part)
                yield return part;
            inComment = isComment;
            start = i + 1;
        }
    }
}
