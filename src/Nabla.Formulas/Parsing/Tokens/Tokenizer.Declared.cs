namespace Nabla.Formulas.Parsing.Tokens;

// The name that a formula says something of: loss = …, UCB_i = ….
internal sealed partial class Tokenizer
{
    private static string NameBeforeEquals(string text)
    {
        int start = 0;
        while (start < text.Length && (char.IsWhiteSpace(text[start]) || text[start] == '$'))
            start++;
        int stop = start;
        while (stop < text.Length && char.IsAsciiLetter(text[stop]))
            stop++;
        int sign = BehindIndex(text, start, stop);
        while (sign < text.Length && text[sign] == ' ')
            sign++;
        bool declares = sign < text.Length && text[sign] is '=' or '≈' or '←' or ':';
        bool isOne = declares && (stop - start >= 3 || IsVariableOfCode(text, start, stop)
            || text[sign] == '=' && IsAbbreviation(text, start, stop))
            || stop - start >= 2 && IsFunctionDefined(text, start, stop);
        return isOne ? text[start..stop] : "";
    }

    // kl = 0.5 * …: where * is written, two small letters are no product; dx is a differential.
    private static bool IsVariableOfCode(string text, int start, int stop) => stop - start == 2 && text[start] != 'd'
        && !text.AsSpan(start, 2).ContainsAnyExceptInRange('a', 'z')
        && (text.Contains('*') || text.AsSpan(start, 2) is "kl" or "ce") && !HasMacro(text);

    // SR = N_s/N: two capitals of which neither stands for a matrix or anywhere else are short for something.
    private static bool IsAbbreviation(string text, int start, int stop)
    {
        if (stop - start != 2 || text.AsSpan(start, 2).ContainsAnyExceptInRange('A', 'Z'))
            return false;
        string letters = text[start..stop];
        return LabelWords.IsMeasure(letters) || !letters.All("ABCKMQUVWXYZ".Contains)
            && text.AsSpan(stop).IndexOfAny(letters) < 0;
    }

    // PR(p_i) = …: nobody says what a product is.
    private static bool IsFunctionDefined(string text, int start, int stop)
    {
        ReadOnlySpan<char> name = text.AsSpan(start, stop - start);
        bool isSmall = name.ContainsAnyInRange('a', 'z');
        if (stop >= text.Length || text[stop] != '(' || isSmall && (name.Length == 2 || Notation.TryFind(name, out _)))
            return false;
        int close = text.IndexOf(')', stop);
        return close > 0 && text.AsSpan(close + 1).TrimStart() is ['=', ..]
            && text.AsSpan(stop + 1, close - stop - 1).IndexOf('(') < 0;
    }

    // UCB_i = …: three capitals or more with one index.
    private static int BehindIndex(string text, int start, int stop)
    {
        bool mayCarry = stop - start > 2 && stop + 1 < text.Length && text[stop] == '_'
            && !text.AsSpan(start, stop - start).ContainsAnyExceptInRange('A', 'Z');
        if (!mayCarry)
            return stop;
        int close = text[stop + 1] == '{' ? text.IndexOf('}', stop) : stop + 1;
        return close < 0 || close - stop > 8 ? stop : close + 1;
    }
}
