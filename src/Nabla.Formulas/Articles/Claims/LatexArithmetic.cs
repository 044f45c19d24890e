using System.Text.RegularExpressions;
using Nabla.Formulas.Articles.Reading;

namespace Nabla.Formulas.Articles.Claims;

/// <summary>Writes the arithmetic in LaTeX as one types it: \frac{1}{2} becomes ((1)/(2)).</summary>
internal sealed partial class LatexArithmetic
{
    private static readonly Dictionary<string, string> Commands = new(StringComparer.Ordinal)
    {
        ["cdot"] = "*",
        ["times"] = "*",
        ["ast"] = "*",
        ["div"] = "/",
        ["approx"] = "≈",
        ["simeq"] = "≈",
        ["left"] = "",
        ["right"] = "",
        ["big"] = "",
        ["Big"] = "",
        ["bigl"] = "",
        ["bigr"] = "",
        ["ln"] = "ln",
        ["log"] = "log",
        ["exp"] = "exp",
        ["max"] = "max",
        ["min"] = "min",
        ["tanh"] = "tanh",
        ["sin"] = "sin",
        ["cos"] = "cos",
        ["tan"] = "tan",
        ["sigma"] = "σ",
        ["pi"] = "π",
        ["sqrt"] = "sqrt",
        ["text"] = "",
        ["mathrm"] = "",
        ["operatorname"] = "",
        ["boxed"] = "",
        ["mathbf"] = "",
        ["quad"] = ", ",
        ["qquad"] = ", ",
        ["ldots"] = "...",
        ["dots"] = "...",
        ["cdots"] = "...",
        ["displaystyle"] = "",
        ["begin"] = "\n",
        ["end"] = "\n",
        ["lbrace"] = "{",
        ["rbrace"] = "}",
        ["Rightarrow"] = "⇒",
        ["implies"] = "⇒",
        ["to"] = "→",
        ["rightarrow"] = "→",
        ["neq"] = "≠",
        ["ne"] = "≠",
        ["le"] = "≤",
        ["ge"] = "≥",
        ["leq"] = "≤",
        ["geq"] = "≥",
        ["limits"] = "",
        ["nonumber"] = "",
        ["mathsf"] = "",
        ["textbf"] = "",
    };

    private const int PeriodicDigits = 12;

    private readonly MappedText source;
    private readonly string text;
    private readonly MappedText.Builder plain;
    private readonly Stack<string> closers = new();
    private int at;

    private LatexArithmetic(MappedText source)
    {
        this.source = source;
        text = source.Text;
        plain = new(text.Length);
    }

    public static MappedText Write(MappedText source)
    {
        var writer = new LatexArithmetic(source);
        while (writer.at < writer.text.Length)
            writer.Next();
        return writer.plain.Take();
    }

    private void Add(string words) => plain.Add(words, source.Place(Math.Min(at, text.Length - 1)));

    private void Next()
    {
        switch (text[at])
        {
            case '\\':
                Command();
                break;
            case '{' when at + 2 < text.Length && text[at + 1] == ',' && text[at + 2] == '}':
                Add(",");
                at += 3;
                break;
            case '_' when Label().Match(text, at) is { Success: true } label:
                Add("_" + label.Groups["name"].Value);
                at += label.Length;
                break;
            case ' ' when Factors().Match(text, at) is { Success: true } spaces:
                at += spaces.Length; // \frac12 (3 + 1): in a formula a space says nothing
                break;
            case '{':
                Open(")");
                break;
            case '}':
                Close();
                break;
            case '&' or '~':
                Add(" ");
                at++;
                break;
            case '\n' or '\r':
                Add(" ");
                at++;
                break;
            default:
                plain.Add(text[at], source.Place(at));
                at++;
                break;
        }
    }

    private void Open(string closer)
    {
        Add("(");
        closers.Push(closer);
        at++;
    }

    // After the numerator comes the denominator.
    private void Close()
    {
        string closer = closers.Count > 0 ? closers.Pop() : ")";
        Add(closer);
        at++;
        if (closer != ")/")
            return;
        SkipSpaces();
        if (at < text.Length && text[at] == '{')
            Open("))");
        else
            Single("))");
    }

    private void SkipSpaces()
    {
        while (at < text.Length && text[at] == ' ')
            at++;
    }

    private void Command()
    {
        int end = at + 1;
        while (end < text.Length && char.IsAsciiLetter(text[end]))
            end++;
        if (end == at + 1)
        {
            Sign();
            return;
        }
        string name = text[(at + 1)..end];
        if (name is "text" or "mathrm" && Exponent().IsMatch(text.AsSpan(end)))
        {
            Add("e"); // 8.0\text{e}9
            at = end + 3;
            return;
        }
        if (name is "text" or "mathrm" or "operatorname" or "mathsf"
            && Words().Match(text, end) is { Success: true } words)
        {
            string said = words.Groups["words"].Value;
            bool isUnknown = name == "operatorname" && !NamedFunctions.Exists(said.Trim());
            Add(isUnknown ? "\ufffd" : $" {said} "); // the acot of 4 acot 5 is no unit
            at = end + words.Length;
            return;
        }
        if (name is "overline" or "bar" or "dot" && Period().Match(text, end) is { Success: true } period
            && at > 0 && (char.IsAsciiDigit(text[at - 1]) || text[at - 1] == '.'))
        {
            string digits = period.Groups["digits"].Value; // 0.\overline{6} is 0.666…
            Add(string.Concat(Enumerable.Repeat(digits, PeriodicDigits / digits.Length + 1)) + "...");
            at = end + period.Length;
            return;
        }
        bool isFraction = name is "frac" or "dfrac" or "tfrac" or "cfrac";
        Add(isFraction ? "(" : Commands.GetValueOrDefault(name, "\ufffd"));
        at = end;
        if (name is "begin" or "end")
            SkipGroup();
        if (!isFraction)
            return;
        SkipSpaces();
        if (at < text.Length && text[at] == '{')
        {
            Open(")/");
            return;
        }
        Single(")/");
        Single("))");
    }

    private void Single(string closer)
    {
        SkipSpaces();
        if (at >= text.Length)
            return;
        Add("(" + text[at] + closer);
        at++;
    }

    private void Sign()
    {
        char sign = at + 1 < text.Length ? text[at + 1] : ' ';
        Add(sign switch
        {
            '%' => "%",
            '\\' => "\n",
            '{' => "{",
            '}' => "}",
            _ => " ",
        });
        at += 2;
    }

    private void SkipGroup()
    {
        if (at < text.Length && text[at] == '{' && text.IndexOf('}', at) is var close && close > 0)
            at = close + 1;
    }

    [GeneratedRegex(@"\G(?<=[\d)}]) +(?=(?:\\left|\\[bB]igl?)?\s*\()")]
    private static partial Regex Factors();

    [GeneratedRegex(@"\G ?\{?(?<digits>\d{1,6})\}?", RegexOptions.None)]
    private static partial Regex Period();

    [GeneratedRegex(@"\G_(?:\{(?<name>[A-Za-z0-9]{1,12})\})", RegexOptions.None)]
    private static partial Regex Label();

    // \text{softmax}(…), 2 \text{ bytes}
    [GeneratedRegex(@"\G\{\s*(?<words>[A-Za-z]{2,20}(?: [A-Za-z]{2,20})?)\s*\}", RegexOptions.None)]
    private static partial Regex Words();

    [GeneratedRegex(@"^\{e\}[-+]?\d", RegexOptions.None)]
    private static partial Regex Exponent();
}
