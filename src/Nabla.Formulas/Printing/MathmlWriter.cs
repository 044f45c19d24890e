using System.Buffers;
using System.Collections.Frozen;
using System.Text;
using Nabla.Formulas.Printing.Layout;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Printing;

/// <summary>Writes boxes as elements of MathML Core.</summary>
/// <param name="attributes">What to put into the element of a symbol, with a space before; null for nothing.</param>
internal sealed class MathmlWriter(Func<Symbol, string>? attributes)
{
    private static readonly FrozenDictionary<string, string> Accents = NameTable.Of(
        """
        hat ^  bar ¯  tilde ~  dot ˙  ddot ¨  vec →  check ˇ  breve ˘  acute ´  grave `  ring ˚  mathring ˚  overline ¯
        """);

    private static readonly SearchValues<char> Special = SearchValues.Create("<>&\"'");

    private readonly StringBuilder text = new();

    /// <summary>What to put into the element of a row of several formulas, with a space before; null for
    /// nothing.</summary>
    public Func<int, string>? RowAttributes { get; init; }

    public override string ToString() => text.ToString();

    public void Append(Box box)
    {
        switch (box)
        {
            case NumberBox number: Number(number.Text); break;
            case WordsBox words: Element("mtext", Words(words.Text)); break;
            case LetterBox letter: Letter(letter, ""); break;
            case SignBox sign: Sign(sign); break;
            case NamedBox named: Named(named); break;
            case RowBox row: Row(row.Parts); break;
            case AccentBox accent: Accent(accent); break;
            case FractionBox fraction: Element("mfrac", fraction.Above, fraction.Below); break;
            case RootBox { Degree: null } root: Element("msqrt", root.Radicand); break;
            case RootBox root: Element("mroot", root.Radicand, root.Degree!); break;
            case ScriptBox script: Scripts(script); break;
            case LimitsBox limits: Limits(limits); break;
            case FenceBox fence: Fence(fence); break;
            case GridBox grid: Grid(grid); break;
            case BraceBox brace: Brace(brace); break;
        }
    }

    private void Row(IReadOnlyList<Box> parts)
    {
        text.Append("<mrow>");
        foreach (Box part in parts)
            Append(part);
        text.Append("</mrow>");
    }

    private void Element(string name, string content) =>
        text.Append('<').Append(name).Append('>').Append(Escaped(content)).Append("</").Append(name).Append('>');

    private void Element(string name, params ReadOnlySpan<Box> children)
    {
        text.Append('<').Append(name).Append('>');
        foreach (Box child in children)
            Append(child);
        text.Append("</").Append(name).Append('>');
    }

    // 1e-8 is read more easily as 10⁻⁸.
    private void Number(string number)
    {
        int exponent = number.AsSpan().IndexOfAny('e', 'E');
        if (exponent <= 0)
        {
            Element("mn", number.Replace('-', '−'));
            return;
        }
        string mantissa = number[..exponent], power = number[(exponent + 1)..].TrimStart('+').Replace('-', '−');
        text.Append("<mrow>");
        if (mantissa is not ("1" or "1.0"))
            text.Append($"<mn>{mantissa}</mn><mo>×</mo>");
        text.Append($"<msup><mn>10</mn><mn>{power}</mn></msup></mrow>");
    }

    private void Letter(LetterBox letter, string attribute)
    {
        string character = letter.Alphabet == Alphabet.Bold
            ? UnicodeLetters.Bold(letter.Letter)
            : UnicodeLetters.Letter(letter);
        bool isUpright = letter.Alphabet == Alphabet.Upright && character.Length == 1;
        text.Append("<mi").Append(isUpright ? " mathvariant=\"normal\"" : "").Append(attribute).Append('>')
            .Append(Escaped(letter.Letter == "argmax" ? "arg max" : letter.Letter == "argmin" ? "arg min" : character))
            .Append("</mi>");
    }

    private void Sign(SignBox sign)
    {
        if (sign.Role == SignRole.Application)
        {
            text.Append("<mo>&#x2061;</mo><mspace width=\"0.17em\"/>");
            return;
        }
        if (sign.Role == SignRole.Conjunction)
        {
            text.Append("<mspace width=\"1em\"/>");
            Element("mtext", sign.Sign.Replace('_', ' '));
            text.Append("<mspace width=\"1em\"/>");
            return;
        }
        string attribute = sign.Role switch
        {
            SignRole.Beside => "",
            SignRole.Prefix => " form=\"prefix\" lspace=\"0\" rspace=\"0.05em\"",
            SignRole.Postfix => " lspace=\"0\" rspace=\"0\"",
            SignRole.Bar => " lspace=\"0.25em\" rspace=\"0.25em\" stretchy=\"false\"",
            SignRole.Separator => " separator=\"true\" lspace=\"0\" rspace=\"0.2em\"",
            SignRole.Infix => " lspace=\"0.22em\" rspace=\"0.22em\"",
            SignRole.Relation => " lspace=\"0.28em\" rspace=\"0.28em\"",
            SignRole.Big => " largeop=\"true\" movablelimits=\"false\"",
            _ => " stretchy=\"false\" lspace=\"0\" rspace=\"0\"",
        };
        text.Append("<mo").Append(attribute).Append('>')
            .Append(sign.Role == SignRole.Beside ? "&#x2062;" : Escaped(sign.Sign)).Append("</mo>");
    }

    private void Named(NamedBox named)
    {
        string attribute = attributes?.Invoke(named.Symbol) ?? "";
        if (named.Inner is LetterBox letter)
            Letter(letter, attribute);
        else if (attribute.Length == 0)
            Append(named.Inner);
        else
        {
            text.Append("<mrow").Append(attribute).Append('>');
            Append(named.Inner);
            text.Append("</mrow>");
        }
    }

    private void Accent(AccentBox accent)
    {
        text.Append(accent.Accent == "underline" ? "<munder>" : "<mover accent=\"true\">");
        Append(accent.Base);
        bool isWide = accent.Base is LetterBox { Letter.Length: > 1 } letter && !GreekLetters.IsNamed(letter.Letter);
        text.Append("<mo stretchy=\"").Append(isWide || accent.Accent is "bar" ? "true" : "false").Append("\">")
            .Append(accent.Accent == "underline" ? "_" : Escaped(Accents.GetValueOrDefault(accent.Accent, "^")))
            .Append(accent.Accent == "underline" ? "</mo></munder>" : "</mo></mover>");
    }

    private void Scripts(ScriptBox script)
    {
        if (script is { Below: null, Above: { } raised, Base: ScriptBox { Above: null, Below: { } lowered } plain })
        {
            Element("msubsup", plain.Base, lowered, raised);
            return;
        }
        // x_i² is one base with two scripts, so that they stand over one another.
        if (script is { Below: null, Above: { } above, Base: NamedBox named }
            && named.Inner is ScriptBox { Above: null, Below: { } below } inner)
        {
            text.Append("<msubsup").Append(attributes?.Invoke(named.Symbol) ?? "").Append('>');
            Append(inner.Base);
            Append(below);
            Append(above);
            text.Append("</msubsup>");
            return;
        }
        switch (script.Below, script.Above)
        {
            case (null, not null): Element("msup", script.Base, script.Above); break;
            case (not null, null): Element("msub", script.Base, script.Below); break;
            default: Element("msubsup", script.Base, script.Below!, script.Above!); break;
        }
    }

    private void Limits(LimitsBox limits)
    {
        bool isBeside = limits.Operator is SignBox { Sign: "∫" or "∀" or "∃" };
        switch (limits.Under, limits.Over)
        {
            case (null, { } over): Element(isBeside ? "msup" : "mover", limits.Operator, over); break;
            case ({ } under, null): Element(isBeside ? "msub" : "munder", limits.Operator, under); break;
            default:
                Element(isBeside ? "msubsup" : "munderover", limits.Operator, limits.Under!, limits.Over!);
                break;
        }
        if (limits.Operator is LetterBox)
            text.Append("<mspace width=\"0.17em\"/>");
    }

    private void Fence(FenceBox fence)
    {
        text.Append("<mrow>");
        Bracket(fence.Open, "prefix", fence.IsTall);
        Append(fence.Inner);
        Bracket(fence.Close, "postfix", fence.IsTall);
        text.Append("</mrow>");
    }

    private void Bracket(string sign, string form, bool isTall)
    {
        if (sign.Length > 0)
            text.Append("<mo fence=\"true\" form=\"").Append(form).Append(isTall ? "\">" : "\" stretchy=\"false\">")
                .Append(Escaped(sign)).Append("</mo>");
    }

    private void Grid(GridBox grid)
    {
        text.Append("<mrow>");
        if (grid.Kind != GridKind.Aligned)
            Bracket(grid.Kind == GridKind.Cases ? "{" : "[", "prefix", isTall: true);
        text.Append(grid.Kind == GridKind.Matrix ? "<mtable>" : "<mtable displaystyle=\"true\">");
        foreach ((int place, IReadOnlyList<Box> row) in grid.Rows.Index())
        {
            text.Append("<mtr").Append(grid.Kind == GridKind.Aligned ? RowAttributes?.Invoke(place) : null).Append('>');
            for (int i = 0; i < row.Count; i++)
            {
                string side = (grid.Kind, i) switch
                {
                    (GridKind.Matrix, _) => "center",
                    (GridKind.Aligned, 0) => "right",
                    _ => "left",
                };
                string padding = grid.Kind == GridKind.Aligned ? ";padding-left:0;padding-right:0" : "";
                text.Append($"<mtd style=\"text-align:{side}{padding}\">");
                Append(row[i]);
                text.Append("</mtd>");
            }
            text.Append("</mtr>");
        }
        text.Append("</mtable>");
        if (grid.Kind == GridKind.Matrix)
            Bracket("]", "postfix", isTall: true);
        text.Append("</mrow>");
    }

    private void Brace(BraceBox brace)
    {
        text.Append("<munder><munder>");
        Append(brace.Inner);
        text.Append("<mo stretchy=\"true\">⏟</mo></munder>");
        Append(brace.Note);
        text.Append("</munder>");
    }

    // A space at an end would be dropped.
    private static string Words(string words) => words.Replace(' ', '\u00A0');

    /// <summary>Text for XML, without the control characters that XML forbids.</summary>
    public static string Escaped(string content)
    {
        if (content.AsSpan().IndexOfAny(Special) < 0 && !content.Any(char.IsControl))
            return content;
        var escaped = new StringBuilder();
        foreach (char letter in content)
            escaped.Append(letter switch
            {
                '<' => "&lt;",
                '>' => "&gt;",
                '&' => "&amp;",
                '"' => "&quot;",
                '\'' => "&#39;",
                '\t' or '\n' or '\r' => letter.ToString(),
                _ => char.IsControl(letter) ? "" : letter.ToString(),
            });
        return escaped.ToString();
    }
}
