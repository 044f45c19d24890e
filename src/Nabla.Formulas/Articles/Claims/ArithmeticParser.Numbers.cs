using System.Text.RegularExpressions;

namespace Nabla.Formulas.Articles.Claims;

/// <summary>Numbers with what belongs to them: powers of ten, percent, scales, and nouns that are counted.</summary>
internal sealed partial class ArithmeticParser
{
    private const int LongestList = 5000;
    private const string Superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    private Quantity? Number()
    {
        if (Digits() is not { } printed)
            return null;
        if (at + 1 < text.Length && (text[at] == '.' || text[at] == ',' && depth == 0)
            && char.IsAsciiDigit(text[at + 1]))
            return null; // 3.11.7, 1,5
        if (text.AsSpan(at).StartsWith("...") || at < text.Length && text[at] == '…')
        {
            at += text[at] == '…' ? 1 : 3;
            printed = printed with { GoesOn = true };
        }
        printed = WithPowerOfTen(printed);
        var value = new Quantity(printed.Value) { Whole = printed.Whole, Printed = printed };
        if (at < text.Length && text[at] == '%' || at + 1 < text.Length && text[at] == ' ' && text[at + 1] == '%')
        {
            at += text[at] == '%' ? 1 : 2;
            PrintedNumber share = printed.Scaled(0.01, "%");
            value = new Quantity(share.Value) { Printed = share, IsOpen = true };
        }
        else if (at < text.Length && Scales.Letter(text, at) is { } factor)
        {
            PrintedNumber scaled = printed.InScale(factor, text[at].ToString());
            value = new Quantity(scaled.Value) { Whole = scaled.Whole, Printed = scaled, IsScaled = true };
            at++;
        }
        value = value with { Slack = context.Rounded?.Invoke(value.Printed!) ?? 0 };
        return context.IsAlgebra ? value : WithNoun(value);
    }

    // In [100,200,300] no comma has a space behind it: none is a mark of thousands.
    private PrintedNumber? Digits()
    {
        if (!commasSeparate)
            return PrintedNumber.Read(text, ref at, context.IsEuropean);
        int end = text.AsSpan(at).IndexOfAny(',', ']'), from = 0;
        string item = text.Substring(at, end < 0 ? text.Length - at : end);
        PrintedNumber? printed = PrintedNumber.Read(item, ref from, context.IsEuropean);
        at += from;
        return printed;
    }

    private bool CommasSeparate(char open)
    {
        int close = open == '[' ? text.IndexOf(']', at) : -1;
        return close > 0 && close - at < LongestList
            && !text.AsSpan(at, close - at).Contains(", ", StringComparison.Ordinal)
            && text.AsSpan(at, close - at).Count(',') > 0;
    }

    // 1.5 × 10^9 is one number: what is divided by it is divided by both parts.
    private PrintedNumber WithPowerOfTen(PrintedNumber printed)
    {
        if (context.SplitsPowersOfTen || PowerOfTen().Match(text, at) is not { Success: true } match)
            return printed;
        Group typed = match.Groups["typed"], raised = match.Groups["raised"];
        string digits = typed.Success ? typed.Value.Replace('−', '-')
            : string.Concat(raised.Value.Select(c => c == '⁻' ? '-'
                : (char)('0' + Superscripts.IndexOf(c, StringComparison.Ordinal))));
        if (!int.TryParse(digits, System.Globalization.CultureInfo.InvariantCulture, out int exponent)
            || Math.Abs(exponent) > 300)
            return printed;
        at += match.Length;
        HasOperator = true;
        double scale = Math.Pow(10, Math.Abs(exponent));
        PrintedNumber scaled = exponent >= 0 ? printed.Scaled(scale, match.Value) : printed with
        {
            Text = printed.Text + match.Value,
            Value = printed.Value / scale,
            Unit = printed.Unit / scale,
            Whole = null,
        };
        return scaled with
        {
            Whole = exponent is >= 0 and < 40 && printed.Whole is { } whole
                ? whole * System.Numerics.BigInteger.Pow(10, exponent) : null,
        };
    }

    // "2 bytes × 7 billion parameters", "128 bias = ": a noun between a number and the next sign is counted.
    private Quantity WithNoun(Quantity value)
    {
        Match match = Noun().Match(text, at);
        if (!match.Success || !(match.Groups["sign"].Success || context.EndsAtSign && match.Groups["end"].Success))
            return value;
        Group words = match.Groups["word"];
        PrintedNumber printed = value.Printed!;
        int? bytes = null;
        bool isOpen = value.IsOpen;
        foreach (string word in words.Captures.Select(capture => capture.Value))
        {
            if (Scales.Word(word) is { } factor && word != "percent")
            {
                printed = printed.InScale(factor, " " + word);
            }
            else if (Scales.ByteLevel(word) is { } level)
            {
                bytes = level;
                printed = printed.Scaled(Math.Pow(1000, level), " " + word);
            }
            else if (!Scales.IsCounted(word))
            {
                if (!match.Groups["sign"].Success || EquationSide.ComputesWithNext(word) || NamedFunctions.Exists(word))
                    return value;
                isOpen = true;
            }
        }
        at = match.Groups["sign"].Success ? match.Groups["sign"].Index : match.Groups["end"].Index;
        return new Quantity(printed.Value)
        {
            Whole = printed.Whole,
            Printed = printed,
            IsOpen = isOpen,
            Bytes = bytes,
            IsScaled = value.IsScaled || printed.Scale > 1,
            Slack = context.Rounded?.Invoke(printed) ?? 0,
        };
    }

    // 0.5(2), (0.6)(0.4), 0.25 log2 0.25; with variables also 2xy.
    private Quantity? FactorWithoutSign()
    {
        if (context.IsAlgebra)
            return Power();
        char before = at > 0 ? text[at - 1] : ' ';
        bool isBracket = at < text.Length && text[at] == '(' && (char.IsAsciiDigit(before) || before is ')' or ']');
        if (!isBracket && !Function().IsMatch(text, at))
            return null;
        SkipSpaces();
        Quantity? factor = Power();
        // 4(2) at the end of a sentence may be 4 and a note
        return factor is not null && !context.EndsAtSign && isBracket && char.IsAsciiDigit(before)
            ? factor with { IsOpen = true } : factor;
    }

    private Quantity? Word()
    {
        int start = at;
        while (at < text.Length && (char.IsLetter(text[at])
            || at > start && (char.IsAsciiDigit(text[at]) || text[at] is '_' or (>= '₀' and <= '₉'))))
            at++;
        string name = text[start..at];
        if (context.Variable(name) is { } whole)
            return whole;
        int letters = name.AsSpan().IndexOfAnyInRange('0', '9') is var digit && digit > 0 ? digit : name.Length;
        if (letters < name.Length && !NamedFunctions.Exists(name) && NamedFunctions.TakesBareNumber(name[..letters]))
        {
            at = start + letters; // log0.5
            name = name[..letters];
        }
        if (context.IsAlgebra && !NamedFunctions.Exists(name) && name.Length > 1)
        {
            at = start + 1;
            name = text[start..at];
        }
        if (context.Variable(name) is { } known)
            return known;
        if (NamedFunctions.Constant(name) is { } constant
            && !(name == "e" && at < text.Length && char.IsLetterOrDigit(text[at])))
            return new Quantity(constant) { IsOpen = name is "e" or "PI" };
        return Call(name);
    }

    [GeneratedRegex(@"\G[ \u00a0]?[×*·⋅x][ \u00a0]?10"
        + @"(?:\^[({]?(?<typed>[-−]?\d{1,3})[)}]?(?!\d|\.\d|\^)|(?<raised>⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+))",
        RegexOptions.None)]
    private static partial Regex PowerOfTen();

    [GeneratedRegex(@"\G(?:(?<word>[KMGT]i?B|bytes)|[ \u00a0-]{1,3}(?<word>[A-Za-z]{2,}))?"
        + @"(?:[ \u00a0]{1,3}(?<word>[A-Za-z]{2,})){0,2}"
        + @"(?: ?\((?:[A-Za-z][A-Za-z0-9-]+|K|V)(?:(?: and | & |, ?|\+|/| )(?:[A-Za-z][A-Za-z0-9-]+|K|V))*\))?"
        + @"(?<=[A-Za-z)])(?:(?<end>[ ]*)$|[ \u00a0]*(?<sign>[×*·⋅+/÷)−]|[-–] |x (?=[\d(.])))", RegexOptions.None)]
    private static partial Regex Noun();

    [GeneratedRegex(@"\G ?(?:log|ln|exp|sqrt|tanh|cos|sin|σ)(?![A-Za-z])", RegexOptions.None)]
    private static partial Regex Function();
}
