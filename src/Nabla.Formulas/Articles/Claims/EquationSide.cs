using System.Text.RegularExpressions;

namespace Nabla.Formulas.Articles.Claims;

/// <summary>One side of a relation sign: what of it is arithmetic.</summary>
internal sealed partial record EquationSide(Quantity? Value, int Start, int End, bool IsComputed)
{
    private const int MostStarts = 80;

    private static readonly string[] Approximate =
        ["~", "≈", "about ", "approximately ", "roughly ", "around ", "ca. ", "circa "];

    // "half of 3 + 5", "the square of 2 + 3": words that compute with what follows.
    private static readonly string[] Operations =
        ["of", "squared", "times", "plus", "minus", "over", "than", "log", "half", "twice", "mod", "per", "by",
            "divided"];

    // "the loss falls by 4.21 − 3.64"
    private static readonly HashSet<string> Changed = new(StringComparer.OrdinalIgnoreCase)
    {
        "falls", "fell", "fall", "drops", "dropped", "drop", "rises", "rose", "rise", "grows", "grew", "increases",
        "increased", "decreases", "decreased", "improves", "improved", "only", "shrinks", "differ", "differs",
    };

    private static readonly HashSet<string> OfNouns = new(StringComparer.OrdinalIgnoreCase)
    {
        "loss", "perplexity", "total", "size", "batch", "cost", "value", "score", "probability", "memory", "rate",
        "error", "accuracy", "count", "gradient", "output", "activation", "result", "tensor", "image", "input",
        "layer", "matrix", "table", "grid", "network", "model", "kernel", "filter",
    };

    /// <summary>Whether nothing but a phrase stands before it.</summary>
    public bool StartsPhrase { get; private init; }

    /// <summary>Whether it ends as a number ends in a sentence.</summary>
    public bool Ends { get; private init; }

    public bool HasUnit { get; private init; }

    /// <summary>Whether a word such as million belongs to the number.</summary>
    public bool IsInWords { get; private init; }

    /// <summary>The word for what is counted behind the number, or empty.</summary>
    public string Unit { get; private init; } = "";

    /// <summary>The word behind it, or empty.</summary>
    public string Following { get; private init; } = "";

    public bool IsApproximate { get; private init; }

    /// <summary>Whether it is the number of something and no quantity: layer 3 = ….</summary>
    public bool IsNumberOfThing(string text) => Thing().IsMatch(text.AsSpan(0, Start));

    private static EquationSide Missing { get; } = new(null, 0, 0, false);

    /// <summary>The longest arithmetic that ends at the sign.</summary>
    public static EquationSide Left(string text, EquationPlace place, ArithmeticContext context)
    {
        int end = place.SignStart;
        while (end > place.From && char.IsWhiteSpace(text[end - 1]))
            end--;
        int offset = Math.Max(0, place.From - 1);
        string side = text[offset..end];
        ArithmeticContext atSign = context with { EndsAtSign = true };
        int tries = 0;
        for (int start = place.From; start < end && tries < MostStarts; start++)
        {
            if (!CanStart(text, start, place.From) || char.IsLetter(text[start]) && !IsName(text, start, context)
                || NamesWhatFollows(text, start))
                continue;
            tries++;
            if (ArithmeticParser.Read(side, start - offset, atSign) is not { } read || read.End != side.Length)
                continue;
            if (!IsBoundary(text, start, place.From) || Dates().IsMatch(text[start..end]))
                return Missing;
            return new EquationSide(read.Value, start, end, read.IsComputed)
            {
                StartsPhrase = start == place.From
                    || text.AsSpan(0, start).TrimEnd() is [] or [.., ':' or '(' or '→' or '⇒'],
            };
        }
        return Missing;
    }

    /// <summary>The longest arithmetic that begins after the sign.</summary>
    public static EquationSide Right(string text, EquationPlace place, ArithmeticContext context)
    {
        int start = SkipSpaces(text, place.SignEnd, place.To);
        bool isApproximate = false;
        foreach (string word in Approximate)
        {
            if (string.Compare(text, start, word, 0, word.Length, StringComparison.OrdinalIgnoreCase) != 0)
                continue;
            isApproximate = true;
            start = SkipSpaces(text, start + word.Length, place.To);
        }
        int offset = Math.Max(0, start - 1);
        if (start >= place.To || ArithmeticParser.Read(
                text[offset..EndOfBracket(text, start, place.To)], start - offset, context) is not { } read)
            return Missing;
        var side = new EquationSide(read.Value, start, offset + read.End, read.IsComputed)
        {
            IsApproximate = isApproximate,
        };
        return side.WithWhatFollows(text);
    }

    // The 256 KB of (8 * 2 bytes = 256 KB): the bracket that closes behind it was opened before.
    private static int EndOfBracket(string text, int from, int to)
    {
        int depth = 0;
        for (int i = from; i < to; i++)
        {
            depth += text[i] switch { '(' => 1, ')' => -1, _ => 0 };
            if (depth < 0)
                return i;
        }
        return to;
    }

    private static int SkipSpaces(string text, int at, int to)
    {
        while (at < to && (char.IsWhiteSpace(text[at]) || text[at] is '*' && at + 1 < to && text[at + 1] == '*'
            || text[at] == '`'))
            at++;
        return at;
    }

    // Scale words change the number; an operator or a variable after it means that the number is only a part.
    private EquationSide WithWhatFollows(string text)
    {
        int at = End;
        bool isAdjacent = at < text.Length && char.IsLetter(text[at]);
        while (at < text.Length && text[at] is ' ' or '\u00a0')
            at++;
        char next = at < text.Length ? text[at] : '\0';
        if (next is '+' or '-' or '−' or '/' or '^' or '×' or '·' or '÷' or '_' or '\ufffd' or '±' or '√' or '*' or '$'
            && !(next == '*' && (at + 1 == text.Length || text[at + 1] == '*'))
            && !(next is '-' or '−' && at > End && at + 1 < text.Length && text[at + 1] == ' '))
            return this with { Ends = false };
        if (next is '(' or '[' or '{' && at == End || next is '.' or ',' or ':' && at + 1 < text.Length
            && char.IsAsciiDigit(text[at + 1]))
            return this with { Ends = false };
        if (!char.IsLetter(next))
            return this with { Ends = !char.IsAsciiDigit(next) };
        int wordEnd = at;
        while (wordEnd < text.Length && (char.IsLetterOrDigit(text[wordEnd]) || text[wordEnd] == '_'))
            wordEnd++;
        string word = text[at..wordEnd];
        return WithWord(text, word, (wordEnd, isAdjacent)) with { Following = word };
    }

    private EquationSide WithWord(string text, string word, (int End, bool IsAdjacent) place)
    {
        if (Value?.Printed is { } printed && Scales.Word(word) is { } factor)
        {
            PrintedNumber scaled = printed.InScale(factor, " " + word);
            var value = new Quantity(scaled.Value) { Printed = scaled, IsScaled = true };
            EquationSide whole = this with { Value = value, End = place.End, Ends = true };
            return whole with { IsInWords = factor > 1, HasUnit = factor < 1 };
        }
        if (Scales.IsUnit(word))
            return this with { Ends = true, HasUnit = true, Unit = word };
        if (place.IsAdjacent)
            return this with { Ends = word is "x" or "X" or "D", HasUnit = true };
        bool isName = word.Length == 1 && word is not ("a" or "I" or "A") || place.End < text.Length
            && text[place.End] is '(' or '_' or '^' or '[';
        return this with { Ends = !isName };
    }

    /// <summary>Whether a word makes something else of the number beside it: "half of", "3 times".</summary>
    public static bool ComputesWithNext(string word) => Operations.Contains(word, StringComparer.OrdinalIgnoreCase);

    private static bool CanStart(string text, int at, int from)
    {
        char c = text[at];
        if (!char.IsLetterOrDigit(c) && c is not ('(' or '[' or '-' or '−' or '–' or '√' or '.' or '+'))
            return false;
        if (c is '-' or '−' or '–' or '+' && at + 1 < text.Length && text[at + 1] == ' ')
        {
            int before = at - 1;
            while (before >= from && text[before] == ' ')
                before--;
            if (before >= from && (char.IsLetterOrDigit(text[before]) || text[before] is ')' or ']' or '_' or '\ufffd'))
                return false; // "loss - 3" takes 3 from the loss
        }
        return at == from || !(char.IsLetterOrDigit(text[at - 1]) || text[at - 1] is '_' or '.' or '\\');
    }

    // Most words of a sentence are no names of functions or variables.
    private static bool IsName(string text, int start, ArithmeticContext context)
    {
        int end = start;
        while (end < text.Length && char.IsLetter(text[end]))
            end++;
        string word = text[start..end];
        return NamedFunctions.Exists(word) || NamedFunctions.Constant(word) is not null
            || NamedFunctions.TakesBareNumber(word) || context.Functions?.ContainsKey(word) == true
            || word is "pow" or "POW" || Starts(context.Variables, text[start]);
    }

    private static bool Starts(IReadOnlyDictionary<string, Quantity>? variables, char first)
    {
        if (variables is not null)
            foreach (string name in variables.Keys)
                if (name[0] == first)
                    return true;
        return false;
    }

    // What stands directly before must not belong to the arithmetic.
    private static bool IsBoundary(string text, int start, int from)
    {
        int at = start - 1;
        while (at >= from && char.IsWhiteSpace(text[at]))
            at--;
        if (at < from)
            return true;
        char before = text[at];
        bool isTouching = at == start - 1;
        if (char.IsLetterOrDigit(before))
            return !isTouching && IsWordOfProse(text, at, from);
        if (before is ':' or ',' or '.' or '(' or '[' or '$' or '#' or '\'' or '"')
            return !(isTouching && at > from && (char.IsLetterOrDigit(text[at - 1]) || text[at - 1] == ')')
                    && before is not ('(' or '['))
                && !(isTouching && before is '(' or '[' && at > from && char.IsLetterOrDigit(text[at - 1]))
                && (before is not ',' || !IsListBefore(text, at, from));
        return before is ';' or '!' or '?' or '“' or '‘' or '→' or '⇒' or '`' or '>' or '—' or '•' or '|' or '“' or '‚'
            or '\ufeff'
            || before == ')' && IsEnumerator(text, at, from) || before is '*' or '-' or '–' && IsBullet(text, at);
    }

    // "1, 2 + 3 = 5" may be a list.
    private static bool IsListBefore(string text, int at, int from) =>
        from == 0 && at > from && char.IsAsciiDigit(text[at - 1]);

    private static bool IsWordOfProse(string text, int end, int from)
    {
        int start = end;
        while (start > from && char.IsLetterOrDigit(text[start - 1]))
            start--;
        string word = text[start..(end + 1)];
        if (char.IsAsciiDigit(word[0]) || word.Length == 1 && word is not ("a" or "A" or "I"))
            return false;
        char before = start > from ? text[start - 1] : ' ';
        return before is not ('_' or '\\' or '^' or '.') && (!NamedFunctions.Exists(word) || word is "sum" or "mean")
            && (!ComputesWithNext(word) || word == "of" && IsOfSomething(text[from..start])
                || word == "by" && Changed.Contains(text[from..start].TrimEnd().Split(' ')[^1]));
    }

    // "the sum [1, 2] + [3, 4]": the word says what the lists make, and takes no list.
    private static bool NamesWhatFollows(string text, int start) => char.IsLetter(text[start])
        && text.AsSpan(0, start).EndsWith("the ", StringComparison.OrdinalIgnoreCase)
        && text.AsSpan(start).TrimStart("abcdefghijklmnopqrstuvwxyz").StartsWith(" [");

    // "a loss of ln(5) = 1.6", but not "half of" or "the square of".
    private static bool IsOfSomething(string before) => OfNouns.Contains(before.TrimEnd().Split(' ')[^1]);

    private static bool IsEnumerator(string text, int at, int from) =>
        text[from..at].Trim() is { Length: 1 or 2 } label && label.All(char.IsLetterOrDigit);

    private static bool IsBullet(string text, int at) => text.AsSpan(0, at).IsWhiteSpace();

    [GeneratedRegex(@"\b(?:dim|dimension|layer|token|step|epoch|iteration|row|column|col|head|index|item|section|table|"
        + @"figure|fig\.?|eq\.?|equation|class|chapter|example|stage|level|block|group|position|channel|batch|node|"
        + @"part|version|case|option|sample|round|line|exercise|question|problem|unit|neuron|expert|player)\s+$",
        RegexOptions.IgnoreCase)]
    private static partial Regex Thing();

    // 1982-84: a span of years, no difference; 2024-06-01 and 11/12/2020 are days.
    [GeneratedRegex(@"^(?:1[5-9]|20)\d\d[-–](?:\d\d|(?:1[5-9]|20)\d\d)$|"
        + @"(?<!\d)(?:\d{4}-\d\d-\d\d|\d{1,2}(?<sign>[/.])\d{1,2}\k<sign>(?:\d\d){1,2})(?!\d)", RegexOptions.None)]
    private static partial Regex Dates();
}
