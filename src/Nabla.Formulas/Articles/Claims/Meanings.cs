using System.Text.RegularExpressions;

namespace Nabla.Formulas.Articles.Claims;

/// <summary>What the words around an equation say of how it is meant: as an example of what is false, as somebody's
/// answer, or in an arithmetic of its own.</summary>
internal static partial class Meanings
{
    private const int Before = 60, Behind = 40, LineBefore = 200, LineBehind = 120;

    // A result of numbers with few digits, or of limited ones, is this close.
    private const double NearlyTrue = 0.01;

    private static readonly string[] Negations =
    [
        "not ", "n't ", "n’t ", "wrong", "incorrect", "mistake", "error:", "instead of", "≠", "never", "false",
        "naive", "typo", "too low", "too high", " bug", "hallucinat", "nonsense", "absurd", "contradict", "slogan",
        "misconception", "fallacy", "myth", "fails", "mislead", "bogus", "imposs", "rather than", "Orwell", "paradox",
        "miscalculat", "misread", "✗", "✘", "❌",
    ];

    /// <summary>Why an equation may be meant to be false, or null.</summary>
    public static string? Falsehood(string text, int start, int end)
    {
        string around = text[Math.Max(0, start - Before)..start] + " " + text[end..Math.Min(text.Length, end + Behind)];
        if (Array.Find(Negations, word => around.Contains(word, StringComparison.OrdinalIgnoreCase)) is { } negation)
            return $"the sentence may say that it is not so ('{negation.Trim()}')";
        if (Attribution().Match(around) is { Success: true } verb)
            return $"somebody else may say so ('{verb.Value.Trim()}')";
        if (Supposition().IsMatch(text.AsSpan(0, start)))
            return "it may only be supposed";
        if (Modulus().IsMatch(text.AsSpan(end)))
            return "it holds of remainders";
        if (Prompt().IsMatch(text.AsSpan(0, start)))
            return "it is put to a program, which says whether it is so";
        if (Question().IsMatch(text.AsSpan(end)))
            return "it may be a question";
        return IsQuoted(text, start, end) ? "it is quoted" : null;
    }

    /// <summary>The arithmetic of its own in which an equation of whole numbers may be meant, or null.</summary>
    public static string? OtherArithmetic(
        string text, (int Start, int End) equation, (double Actual, double Printed) said)
    {
        string line = text[Math.Max(0, equation.Start - LineBefore)..Math.Min(text.Length, equation.End + LineBehind)];
        bool isWhole = said.Actual == Math.Floor(said.Actual) && said.Printed == Math.Floor(said.Printed);
        if (isWhole && Own().Match(line) is { Success: true } own)
            return $"it may be meant in an arithmetic of its own ('{own.Value}')";
        double off = Math.Abs(said.Actual - said.Printed);
        if (off <= NearlyTrue * Math.Abs(said.Actual) && Limited().Matches(line).FirstOrDefault(word =>
            !isWhole || Fits(said.Printed, word.Value)) is { } limited)
            return $"numbers with few digits may give it ('{limited.Value}')";
        return said.Printed == Math.Floor(said.Actual) && Whole().Match(line) is { Success: true } whole
            ? $"what is behind the point may be left out ('{whole.Value}')" : null;
    }

    // Whether a whole number is one of those that a type has: not all are, where its bits do not suffice.
    private static bool Fits(double number, string type)
    {
        int bits = BitsOf(type.ToUpperInvariant());
        double odd = Math.Abs(number);
        while (odd >= 2 && odd % 2 == 0)
            odd /= 2;
        return odd < Math.Pow(2, bits);
    }

    // The binary digits of its numbers: 8 of bfloat16, 11 of half precision, 24 of single, 53 of double.
    private static int BitsOf(string type)
    {
        if (type.EndsWith("16", StringComparison.Ordinal))
            return type.StartsWith('B') ? 8 : 11;
        if (type.StartsWith("HALF", StringComparison.Ordinal))
            return 11;
        if (type.EndsWith('8'))
            return 4;
        return type.EndsWith("32", StringComparison.Ordinal) || type.StartsWith("SINGLE", StringComparison.Ordinal)
            ? 24 : 53;
    }

    /// <summary>Whether all numbers are truth values or binary digits: 1 + 1 = 1, 1 + 1 = 10.</summary>
    public static bool IsOfBits(string equation) => Bits().IsMatch(equation);

    private static bool IsQuoted(string text, int start, int end)
    {
        char open = start > 0 ? text[start - 1] : ' ', close = end < text.Length ? text[end] : ' ';
        return (open, close) is ('"', '"') or ('“', '”') or ('«', '»') or ('‘', '’') or ('\'', '\'') or ('„', '“');
    }

    [GeneratedRegex(@"\b(?:says?|said|saying|answered|answers(?= that|:)|claims?|claimed|claiming|repl(?:y|ies|ied)|"
        + @"responds?|responded|believes?d?|thinks?|thought|insists?|argues?|asserts?|guess(?:es|ed)?)\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex Attribution();

    [GeneratedRegex(@"\b(?:[Ii]f|[Ss]uppos(?:e|ing)|[Aa]ssum(?:e|ing)|[Ww]hether|[Pp]rov(?:e|es|ing)|[Ss]how that)\s+"
        + @"(?:that\s+)?[`$(]*$", RegexOptions.None)]
    private static partial Regex Supposition();

    [GeneratedRegex(@"^[`$\s]*(?:\\pmod\b|[(\[]?\s*\\?(?:mod|modulo)\b)", RegexOptions.IgnoreCase)]
    private static partial Regex Modulus();

    [GeneratedRegex(@"^\s*[A-Za-z]\w{0,11}>\s*$")]
    private static partial Regex Prompt();

    [GeneratedRegex(@"^[`$)\s""”]*\?", RegexOptions.None)]
    private static partial Regex Question();

    [GeneratedRegex(@"\b(?:mod|modulo|modulus|modular|clock|o'clock|hex|hexadecimal|octal|(?:in|using|with) binary|"
        + @"binary (?:addition|arithmetic|number|digit|system|notation)s?|base[- ](?:2|8|16|two|eight|sixteen)|XOR|"
        + @"[Bb]oolean|u?int(?:8|16|32|64)|overflow(?:s|ed|ing)?|wrap(?:s|ped|ping)?|saturat\w*|clamp\w*|strings?|"
        + @"concatenat\w*|JavaScript|tropical|finite field|complement|bitwise|(?:right to left|left to right)|APL|"
        + @"Smalltalk)\b|GF\(|[ℤ𝔽]|\bZ_|\bF_2", RegexOptions.IgnoreCase)]
    private static partial Regex Own();

    [GeneratedRegex(@"\b(?:b?fp?(?:8|16|32|64)|float(?:8|16|32|64)?|floats|floating[- ]point|(?:half|single|double)"
        + @"[- ]precision|precision|significant|mantissa|ulp|rounding errors?|absorbed|catastrophic)\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex Limited();

    [GeneratedRegex(@"\b(?:integer division|floor\w*|truncat\w*|round(?:s|ed|ing)? down|Python 2|quotient|remainder|"
        + @"Java|Rust|whole)\b|\bC\+\+|\bint\(|//|⌊|integer", RegexOptions.IgnoreCase)]
    private static partial Regex Whole();

    [GeneratedRegex(@"^\W*[01]+(?:\s*[+*×·−-]\s*[01]+)+\s*=\s*[01]+\W*$", RegexOptions.None)]
    private static partial Regex Bits();
}
