using System.Globalization;
using System.Text;

namespace Nabla.Formulas.Parsing.Tokens;

// Formulas copied from a page: entities and the few tags that set scripts.
internal sealed partial class Tokenizer
{
    private const int LongestEntity = 12;

    private static readonly Dictionary<string, string> Entities = new(StringComparer.Ordinal)
    {
        ["lt"] = "<",
        ["gt"] = ">",
        ["le"] = "≤",
        ["ge"] = "≥",
        ["ne"] = "≠",
        ["minus"] = "−",
        ["times"] = "×",
        ["middot"] = "·",
        ["sdot"] = "·",
        ["radic"] = "√",
        ["sum"] = "∑",
        ["prod"] = "∏",
        ["part"] = "∂",
        ["infin"] = "∞",
        ["nabla"] = "∇",
        ["larr"] = "←",
        ["rarr"] = "→",
        ["asymp"] = "≈",
        ["prop"] = "∝",
        ["isin"] = "∈",
        ["cap"] = "∩",
        ["cup"] = "∪",
        ["hellip"] = "…",
        ["prime"] = "′",
        ["rsquo"] = "′",
        ["apos"] = "'",
        ["quot"] = "\"",
        ["vert"] = "|",
        ["plus"] = "+",
        ["equals"] = "=",
        ["lpar"] = "(",
        ["rpar"] = ")",
        ["sup2"] = "²",
        ["plusmn"] = "±",
    };

    private static readonly (string Tag, TokenKind? Kind)[] Tags =
    [
        ("<sub>", TokenKind.Sub), ("<sup>", TokenKind.Sup), ("</sub>", TokenKind.GroupClose),
            ("</sup>", TokenKind.GroupClose),
        ("<i>", null), ("</i>", null), ("<b>", null), ("</b>", null), ("<em>", null), ("</em>", null),
            ("<strong>", null),
        ("</strong>", null), ("<br>", null), ("<br/>", null), ("<var>", null), ("</var>", null), ("<code>", null),
        ("</code>", null),
    ];

    private bool ReadEntity()
    {
        int close = text.AsSpan(at, Math.Min(LongestEntity, end - at)).IndexOf(';');
        if (close < 2)
            return false;
        string name = text.Substring(at + 1, close - 1);
        int stop = at + close + 1;
        if (name is "nbsp" or "thinsp" or "ensp" or "emsp" or "hairsp" or "zwj" or "zwnj")
        {
            afterSpace = true;
            at = stop;
            return true;
        }
        if (name == "amp" && text.AsSpan(stop).StartsWith("&amp;"))
            return AddAt(TokenKind.Connective, "∧", at, stop + "&amp;".Length);
        if (name == "amp")
            return AddAt(TokenKind.Align, "&", at, stop);
        string spelling = name[0] == '#' ? CharacterOf(name) : Entities.GetValueOrDefault(name, "\\" + name);
        if (spelling.Length == 1 && char.IsAsciiLetterOrDigit(spelling[0]))
            AddLetter(spelling, at, stop);
        else if (spelling is "\"" or " ")
            at = stop;
        else if (UnicodeForms.TryRaised(spelling[0], out char raised))
        {
            AddAt(TokenKind.Sup, "^", at, stop);
            AddAt(TokenKind.Number, raised.ToString(), stop - 1, stop);
        }
        else if (Notation.TryFind(spelling, out Meaning meaning) && meaning.Kind < TokenKind.Skip)
            AddMeaning(meaning, at, stop);
        else
            return false;
        return true;
    }

    private static string CharacterOf(string reference)
    {
        bool isHex = reference.Length > 1 && reference[1] is 'x' or 'X';
        bool isNumber =
            int.TryParse(reference.AsSpan(isHex ? 2 : 1), isHex ? NumberStyles.HexNumber : NumberStyles.None,
            CultureInfo.InvariantCulture, out int code);
        return isNumber && Rune.IsValid(code) && code > ' ' ? new Rune(code).ToString() : "\\";
    }

    private bool ReadTag()
    {
        if (text[at] != '<')
            return false;
        foreach ((string tag, TokenKind? kind) in Tags)
        {
            if (!text.AsSpan(at).StartsWith(tag, StringComparison.OrdinalIgnoreCase))
                continue;
            int start = at;
            at += tag.Length;
            if (kind is null)
                return true;
            if (kind == TokenKind.GroupClose)
            {
                if (groups.Peek().Closing != '<')
                    throw Errors.At($"{tag} closes nothing", start, "an operator or the end", text);
                groups.Pop();
                return AddAt(TokenKind.GroupClose, "}", start, at);
            }
            AddAt(kind.Value, kind == TokenKind.Sub ? "_" : "^", start, at);
            AddAt(TokenKind.GroupOpen, "{", start, at);
            groups.Push(new Group(groups.Peek().Alphabet, kind == TokenKind.Sub
                ? Script.Below : Script.Above, '<', start));
            return true;
        }
        return false;
    }
}
