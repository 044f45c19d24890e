using System.Runtime.CompilerServices;
using Nabla.Formulas.Printing;
using Nabla.Formulas.Printing.Layout;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Articles.Reading;

/// <summary>Writes MathML as LaTeX: \frac{a}{b}, x^{2}, \sqrt{x}.</summary>
internal sealed class MathMl
{
    private const char Application = '\u2061', InvisibleTimes = '\u2062', InvisibleComma = '\u2063';

    private static readonly Dictionary<string, string> Accents = new(StringComparer.Ordinal)
    {
        ["^"] = "hat",
        ["ˆ"] = "hat",
        ["¯"] = "bar",
        ["‾"] = "bar",
        ["_"] = "bar",
        ["―"] = "bar",
        ["~"] = "tilde",
        ["˜"] = "tilde",
        ["˙"] = "dot",
        ["."] = "dot",
        ["→"] = "vec",
        ["⃗"] = "vec",
    };

    private readonly HtmlPage page;
    private readonly int end;
    private MappedText.Builder line = new();
    private int at;
    private bool opensCases;

    private MathMl(HtmlPage page, int start, int end)
    {
        this.page = page;
        this.end = end;
        at = start;
    }

    /// <summary>What the pieces from the first to before the end say.</summary>
    public static MappedText ToText(HtmlPage page, int start, int end)
    {
        var writer = new MathMl(page, start, end);
        while (writer.at < end)
            writer.Element();
        return writer.line.Take();
    }

    private void Add(string words) => line.Add(words, page.PlaceOf(Math.Min(at, end)));

    // One element or piece of text; closing tags are left to who opened.
    private bool Element()
    {
        while (at < end && page.Pieces[at].Tag is null && IsBlank(page.Pieces[at]))
            at++;
        if (at >= end || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            at = end;
            return false;
        }
        HtmlPiece piece = page.Pieces[at++];
        if (piece.Tag is null)
            Characters(piece, "mo");
        else if (piece.IsClosing)
            return false;
        else if (!piece.Tag.IsSelfClosing)
            Write(piece.Name);
        return true;
    }

    private bool IsBlank(HtmlPiece piece) =>
        page.Source.Text.AsSpan(piece.Start, piece.End - piece.Start).IsWhiteSpace();

    private void Write(string name)
    {
        switch (name)
        {
            case "mfrac":
                Parts(@"\frac{", "}{", "}");
                break;
            case "msup":
                Scripts(["^"]);
                break;
            case "msub" or "munder":
                Scripts(["_"]);
                break;
            case "msubsup" or "munderover":
                Scripts(["_", "^"]);
                break;
            case "mover":
                Over();
                break;
            case "msqrt":
                Parts(@"\sqrt{", "}");
                break;
            case "mroot":
                Root();
                break;
            case "mtable":
                Table();
                break;
            case "mtr":
                Listed(Children(), " & ");
                break;
            case "mi" or "mo" or "mn" or "mtext":
                Token(name);
                break;
            case "annotation" or "annotation-xml":
                at = Math.Min(page.EndOf(name, at) + 1, end);
                break;
            default:
                Rest();
                break;
        }
    }

    // The children with words before, between and after them.
    private void Parts(params ReadOnlySpan<string> between)
    {
        int part = 0;
        Add(between[0]);
        while (Element())
            if (++part < between.Length - 1)
                Add(between[part]);
        Add(between[^1]);
    }

    private List<MappedText> Children()
    {
        MappedText.Builder outer = line;
        List<MappedText> children = [];
        for (line = new(); Element(); line = new())
            children.Add(line.Take());
        line = outer;
        return children;
    }

    private void Scripts(ReadOnlySpan<string> signs)
    {
        List<MappedText> children = Children();
        for (int i = 0; i < children.Count; i++)
        {
            bool isPrime = i > 0 && children[i].Text.Length > 0 && children[i].Text.AsSpan().Trim("′'").IsEmpty;
            if (i == 0)
                line.Add(children[i]);
            else if (isPrime)
                Add(new string('\'', children[i].Length));
            else
                Braced(signs[Math.Min(i, signs.Length) - 1], children[i]);
        }
    }

    private void Braced(string before, MappedText inner)
    {
        Add(before + "{");
        line.Add(inner);
        Add("}");
    }

    private void Over()
    {
        List<MappedText> children = Children();
        if (children is [var letter, var mark] && Accents.TryGetValue(mark.Text.Trim(), out string? accent))
        {
            Braced(@"\" + accent, letter);
            return;
        }
        for (int i = 0; i < children.Count; i++)
            if (i == 0)
                line.Add(children[i]);
            else
                Braced("^", children[i]);
    }

    private void Root()
    {
        if (Children() is not [var radicand, var degree])
            return;
        Add(@"\sqrt[");
        line.Add(degree);
        Add("]");
        Braced("", radicand);
    }

    // After a brace the rows are cases; in brackets they are a matrix.
    private void Table()
    {
        bool isBracketed = line.Length > 0 && line[line.Length - 1] is '(' or '[' or '|' or '‖';
        string name = opensCases ? "cases" : isBracketed ? "matrix" : "aligned";
        opensCases = false;
        Add($@"\begin{{{name}}} ");
        Listed(Children(), @" \\ ");
        Add($@" \end{{{name}}}");
    }

    private void Listed(List<MappedText> parts, string between)
    {
        for (int i = 0; i < parts.Count; i++)
        {
            Add(i > 0 ? between : "");
            line.Add(parts[i]);
        }
    }

    private void Rest()
    {
        while (Element())
        {
        }
    }

    private void Token(string kind)
    {
        HtmlPiece opening = page.Pieces[at - 1];
        while (at < end && !page.Pieces[at].IsClosing)
        {
            HtmlPiece piece = page.Pieces[at++];
            if (piece.Tag is not null)
                continue;
            if (Entities.Decode(page.TextOf(piece)).Text.Trim() is "|" or "‖" or "∥" && Side(opening) is { } side)
                Add(side);
            Characters(piece, kind);
        }
        at++;
    }

    // Which of two equal bars opens and which closes.
    private static string? Side(HtmlPiece bar) => bar.Attribute("form") switch
    {
        "prefix" => @"\left",
        "postfix" => @"\right",
        _ => null,
    };

    private void Characters(HtmlPiece piece, string kind)
    {
        MappedText words = Entities.Decode(page.TextOf(piece));
        words = kind == "mtext" ? words : words.Trim();
        bool isWord = kind is "mi" or "mo" && words.Length > 1 && words.Text.All(char.IsAsciiLetter);
        opensCases = words.Text == "{" && IsBeforeTable();
        if (opensCases)
            return;
        if (kind == "mtext")
            Braced(@"\text", words);
        else if (isWord)
            Add(LatexNames.Letter(new LetterBox(words.Text, Alphabet.Upright, IsFunction())) + " ");
        else
            for (int i = 0; i < words.Length; i++)
                line.Add(Escaped(words.Text[i]), words.Place(i));
    }

    // Before an argument in brackets, or what applies it.
    private bool IsFunction()
    {
        for (int i = at; i < end; i++)
            if (page.Pieces[i].Tag is null && !IsBlank(page.Pieces[i]))
                return Entities.Decode(page.TextOf(page.Pieces[i])).Text.Trim() is ['(' or Application, ..];
        return false;
    }

    private bool IsBeforeTable()
    {
        int next = at;
        while (next < end && (page.Pieces[next].Tag is null || page.Pieces[next].IsClosing))
            next++;
        return next < end && page.Pieces[next].Opens("mtable");
    }

    private static string Escaped(char c) => c switch
    {
        Application => "",
        InvisibleTimes => " ",
        InvisibleComma => ",",
        '{' or '}' or '%' or '#' or '&' or '_' or '$' => @"\" + c,
        '\\' => "∖",
        _ => c.ToString(),
    };
}
