using System.Globalization;
using System.Numerics;

namespace Nabla.Formulas.Articles.Claims;

/// <summary>A number as it is printed: its value, and the last digit that it shows.</summary>
/// <param name="Text">As written.</param>
/// <param name="Value">The number.</param>
/// <param name="Unit">What one step of the last digit is worth; trailing zeros of whole numbers count as
/// digits.</param>
internal sealed record PrintedNumber(string Text, double Value, double Unit)
{
    /// <summary>The same exactly, of a whole number.</summary>
    public BigInteger? Whole { get; init; }

    /// <summary>Whether a word or sign says that it is not exact: ≈, ~, about.</summary>
    public bool IsApproximate { get; init; }

    /// <summary>Whether the digits go on: 0.333…</summary>
    public bool GoesOn { get; init; }

    /// <summary>
    /// Whether it may stand for a number with more digits: 0.622, but not 0.5, 0.25 or 12.
    /// </summary>
    public bool LooksRounded
    {
        get
        {
            if (Whole is not null && Unit <= 1)
                return false;
            if (Scale > 1)
                return true; // a model of 7B has 6.7 billion parameters
            string digits = string.Concat(Text.TakeWhile(c => c is not ('e' or 'E' or ' ' or '×' or '*' or '·'))
                .Where(char.IsAsciiDigit)).TrimStart('0');
            if (digits.Trim('9').Length == 0)
                return false; // 0.999 is a rate that somebody chose
            return digits.Length >= 3 || digits.Length == 2 && Unit <= 0.01 && digits[^1] is not ('0' or '5');
        }
    }

    /// <summary>What a letter or a word behind the number stands for: 1e6 of 38.6M and of 38.6 million.</summary>
    public double Scale { get; private init; } = 1;

    /// <summary>What the number as it is written is multiplied by: 0.01 of 5%, 1e6 of 38.6M.</summary>
    public double Factor => Text.EndsWith('%') ? 0.01 : Scale;

    /// <summary>What is written behind the digits for that: % or M.</summary>
    public string Suffix { get; private init; } = "";

    public PrintedNumber Scaled(double factor, string suffix) => this with
    {
        Text = Text + suffix,
        Suffix = suffix == "%" ? suffix : Suffix,
        Value = Value * factor,
        Unit = Unit * factor,
        Whole = Whole is { } whole && factor == Math.Floor(factor) ? whole * (BigInteger)factor : null,
    };

    /// <summary>The same in thousands, millions …, as a letter or a word behind it says.</summary>
    public PrintedNumber InScale(double factor, string suffix) => Scaled(factor, suffix) with
    {
        Scale = factor,
        Suffix = suffix,
    };

    /// <summary>
    /// Reads the digits at a place: 3, 0.25, .5, 24,576, 1e-5, 6.02e23. Gives null if there are none. A comma is read
    /// as
    /// a mark of thousands only before three digits; with <paramref name="isEuropean"/> point and comma change places.
    /// </summary>
    public static PrintedNumber? Read(string text, ref int at, bool isEuropean = false)
    {
        char point = isEuropean ? ',' : '.', group = isEuropean ? '.' : ',';
        int end = at, decimals = 0;
        while (end < text.Length && (char.IsAsciiDigit(text[end]) || IsGroup(text, at, end, group)))
            end++;
        if (end + 1 < text.Length && text[end] == point && char.IsAsciiDigit(text[end + 1])
            || end > at && end < text.Length && text[end] == point && !isEuropean
                && (end + 1 == text.Length || !char.IsLetterOrDigit(text[end + 1]) && text[end + 1] is not '.')
                && IsPointOfNumber(text, end))
        {
            int from = ++end;
            while (end < text.Length && char.IsAsciiDigit(text[end]))
                end++;
            decimals = end - from;
        }
        if (end == at || !text.AsSpan(at, end - at).ContainsAnyInRange('0', '9'))
            return null;
        int exponent = Exponent(text, ref end);
        string written = text[at..end];
        string digits = string.Concat(written.Where(c => c != group && c != ' ' && c != '\u202f' && c != '\u2009'
            && c != '\u00a0' && c != '_')).Replace(point, '.');
        at = end;
        if (!double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            || !double.IsFinite(value))
            return null;
        bool isWhole = decimals == 0 && exponent == 0 && digits.Length < 400
            && BigInteger.TryParse(digits.TrimEnd('.'), out _);
        return new PrintedNumber(written, value, Math.Pow(10, exponent - decimals))
        {
            Whole = isWhole ? BigInteger.Parse(digits.TrimEnd('.'), CultureInfo.InvariantCulture) : null,
        };
    }

    // NumPy's "1." ends in a point; a sentence does too, so only before a space, comma or bracket inside of a list.
    private static bool IsPointOfNumber(string text, int end) => end + 1 < text.Length
        && text[end + 1] is ' ' or ',' or ']'
        && text.LastIndexOf('[', end) > text.LastIndexOf(']', end) && text.IndexOf(']', end) > 0;

    // A mark between thousands: after one to three digits, and before three that no fourth follows.
    private static bool IsGroup(string text, int start, int at, char group)
    {
        bool isMark = text[at] == group || text[at] is '\u202f' or '\u2009' or '\u00a0' or '_';
        if (!isMark || at == start || at + 3 >= text.Length || !char.IsAsciiDigit(text[at - 1]))
            return false;
        int before = 0;
        while (at - 1 - before >= start && char.IsAsciiDigit(text[at - 1 - before]))
            before++;
        bool isFirst = at - before == start;
        return (isFirst ? before <= 3 && text[start] != '0' : before == 3)
            && char.IsAsciiDigit(text[at + 1]) && char.IsAsciiDigit(text[at + 2]) && char.IsAsciiDigit(text[at + 3])
            && (at + 4 >= text.Length || !char.IsAsciiDigit(text[at + 4]));
    }

    private static int Exponent(string text, ref int end)
    {
        if (end >= text.Length || text[end] is not ('e' or 'E'))
            return 0;
        int at = end + 1;
        if (at < text.Length && text[at] is '-' or '+')
            at++;
        int from = at;
        while (at < text.Length && char.IsAsciiDigit(text[at]) && at - from < 4)
            at++;
        if (at == from || at < text.Length && char.IsLetterOrDigit(text[at]))
            return 0;
        int exponent = int.Parse(text.AsSpan(end + 1, at - end - 1), NumberStyles.AllowLeadingSign,
            CultureInfo.InvariantCulture);
        end = at;
        return exponent;
    }
}
