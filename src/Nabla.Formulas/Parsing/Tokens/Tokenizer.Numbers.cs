using System.Globalization;
using System.Text.RegularExpressions;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Parsing.Tokens;

// Numbers, kept as they were written.
internal sealed partial class Tokenizer
{
    private void ReadNumber()
    {
        int start = at;
        if (text.AsSpan(start).StartsWith("0x") && start + 2 < end && char.IsAsciiHexDigit(text[start + 2])
            && !isLatex)
            throw Errors.At("`0x`: a number of a program to the base 16", start, "the number to the base 10", text);
        SkipDigits();
        SkipThousands(start);
        RefuseDecimalComma(start);
        if (at + 1 < end && text[at] == '.' && char.IsAsciiDigit(text[at + 1]))
        {
            at++;
            SkipDigits();
        }
        else if (at < end && text[at] == '.' && at > start && IsPointWithoutDigits())
            at++;
        if (at + 1 < end && text[at] == '.' && char.IsAsciiDigit(text[at + 1]) && text[start..at].Contains('.'))
            throw Errors.At($"`{text[start..(at + 2)]}…`: a number with two points", start,
                "a number, as 1,000,000 or 1.5", text);
        SkipExponent();
        if (UprightExponent() is { } exponent)
        {
            AddAt(TokenKind.Number, text[start..at] + exponent.Value, start, exponent.Stop);
            at = exponent.Stop;
            return;
        }
        Alphabet alphabet = nextAlphabet ?? groups.Peek().Alphabet;
        bool isSymbol = at == start + 1 && text[start] is '0' or '1'
            && alphabet is Alphabet.Bold or Alphabet.Blackboard;
        if (isSymbol)
        {
            AddLetter(text[start..at], start, at);
            return;
        }
        nextAlphabet = null;
        AddAt(TokenKind.Number, text[start..at], start, at);
        SkipSuffix();
        ReadTimesBetweenNumbers();
    }

    // 768x16, 3 x 4: nobody multiplies a letter by a number behind it.
    private void ReadTimesBetweenNumbers()
    {
        int spaces = at < end && text[at] == ' ' ? 1 : 0;
        int sign = at + spaces;
        int number = sign + 1 + spaces;
        bool isTimes = number < end && text[sign] == 'x' && char.IsAsciiDigit(text[number])
            && (spaces == 0 || text[sign + 1] == ' ');
        if (isTimes)
            AddAt(TokenKind.Times, "Times", sign, sign + 1);
    }

    // 2. as Python prints it.
    private bool IsPointWithoutDigits() => at + 1 < end && (text[at + 1] is ',' or ']' or ')' or '*' or '/' or '+')
        && tokens.Count > 0;

    private void SkipDigits()
    {
        while (at < end && char.IsAsciiDigit(text[at]))
            at++;
    }

    // 24,576 outside of brackets, 24{,}576 anywhere.
    private void SkipThousands(int start)
    {
        bool isScript = tokens is [.., { Kind: TokenKind.Sub or TokenKind.Sup }]; // e^2 100, log_2 256
        if (at - start > 3 || isScript)
            return;
        while (at < end)
        {
            int separator = text[at] == '_' || text[at] == ',' && openBrackets == 0 && groups.Count == 1 ? 1
                : text.AsSpan(at).StartsWith("{,}") ? 3
                : text.AsSpan(at).StartsWith("\\,") ? 2
                : text[at] == ' ' && openBrackets == 0 && groups.Count == 1 ? 1 : 0;
            int group = at + separator;
            bool isThousand = separator > 0 && group + 3 <= end && IsDigits(group) && !(group + 3 < end
                && char.IsAsciiDigit(text[group + 3]));
            if (!isThousand)
                return;
            at = group + 3;
        }
    }

    // 0,5 x is half of x to many readers, and the two numbers 0 and 5 to others.
    private void RefuseDecimalComma(int start)
    {
        int stop = at + 1;
        while (stop < end && char.IsAsciiDigit(text[stop]))
            stop++;
        bool isDecimal = openBrackets == 0 && groups.Count == 1 && at < end && text[at] == ',' && stop > at + 1
            && !(stop < end && text[stop] is ',' or '.') && (tokens.Count == 0 || tokens[^1].Kind
                is not (TokenKind.Comma or TokenKind.Relation or TokenKind.Sub or TokenKind.Sup or TokenKind.Dots)
                || tokens[^1].Kind == TokenKind.Relation && !EndsList(stop)); // y = 0,5 x, but i = 1,2
        if (isDecimal)
            throw Errors.At($"`{text[start..stop]}`: a number with a decimal comma, or two numbers",
                start, $"{text[start..at]}.{text[(at + 1)..stop]}, or a space behind the comma", text);
    }

    private bool EndsList(int from)
    {
        while (from < end && text[from] == ' ')
            from++;
        return from == end || text[from] is ',' or ';' or '.' or ')' or '}' or '\\' or '\n';
    }

    private bool IsDigits(int from) =>
        char.IsAsciiDigit(text[from]) && char.IsAsciiDigit(text[from + 1]) && char.IsAsciiDigit(text[from + 2]);

    // 1e-8
    private void SkipExponent()
    {
        if (at >= end || text[at] is not ('e' or 'E'))
            return;
        int digits = at + 1;
        if (digits < end && text[digits] is '+' or '-' or '−')
            digits++;
        if (digits >= end || !char.IsAsciiDigit(text[digits]))
            return;
        at = digits;
        SkipDigits();
    }

    // 1\mathrm{e}{-3}, 2\text{e}12
    private (string Value, int Stop)? UprightExponent()
    {
        Match match = UprightExponentAt().Match(text, at, end - at);
        return match.Success
            ? ("e" + string.Concat(match.Groups.Values.Skip(1).Select(part => part.Value)), at + match.Length)
            : null;
    }

    // The e as \mathrm{e} before digits with or without braces, as \text{e-}4, or as it stands before braces.
    [GeneratedRegex(@"\G(?:\\(?:mathrm|text|textrm)\{[eE]\}(?:\{([+-]?\d{1,3})\}|\{([+-])\}(\d{1,3})|([+-]?\d{1,3}))"
        + @"|\\(?:mathrm|text|textrm)\{[eE]([+-])\}(\d{1,3})|[eE]\{([+-]\d{1,3})\})(?!\d)")]
    private static partial Regex UprightExponentAt();

    // 50% x and 100 * 5%, but 10 % 3, 10%3 and n % 2: behind a number at once, and no operand behind it at once.
    private bool IsPercentage()
    {
        if (tokens.Count == 0 || tokens[^1].Kind != TokenKind.Number || tokens[^1].End != at)
            return false;
        ReadOnlySpan<char> rest = text.AsSpan(at + 1, end - at - 1), next = rest.TrimStart();
        return next.IsEmpty || !char.IsLetterOrDigit(next[0]) && next[0] is not ('(' or '[' or '.' or '|')
            || next.Length < rest.Length && !char.IsAsciiDigit(next[0]);
    }

    // 15%, 15% of x
    private bool ReadPercentage()
    {
        Add(TokenKind.Words, "%", 1);
        int word = at;
        while (word < end && text[word] == ' ')
            word++;
        return !text.AsSpan(word, end - word).StartsWith("of ") || AddAt(TokenKind.Times, "Dot", word, word + 2);
    }

    [GeneratedRegex(@"\\,|\{,\}|[ ,_]")]
    private static partial Regex Separators();

    /// <summary>The value of a number token.</summary>
    public static double ValueOf(string written)
    {
        string plain = Separators().Replace(written, "").Replace('−', '-');
        return double.Parse(plain, NumberStyles.Float, CultureInfo.InvariantCulture);
    }
}
