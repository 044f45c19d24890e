using System.Runtime.CompilerServices;

namespace Nabla.Formulas.Articles.Reading;

/// <summary>Writes MathML on one line as one types it: (a)/(b), x^(2), sqrt(x).</summary>
internal sealed class MathMl
{
    private readonly HtmlPage page;
    private readonly int end;
    private readonly MappedText.Builder line = new();
    private int at;

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
            Characters(piece);
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
                Parts("(", ")/(", ")");
                break;
            case "msup":
                Parts("", "^(", ")");
                break;
            case "msub":
                Parts("", "_(", ")");
                break;
            case "msubsup" or "munderover":
                Parts("", "_(", ")^(", ")");
                break;
            case "msqrt":
                Parts("sqrt(", ")");
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

    private void Rest()
    {
        while (Element())
        {
        }
    }

    private void Characters(HtmlPiece piece)
    {
        MappedText words = Entities.Decode(page.TextOf(piece)).Trim();
        for (int i = 0; i < words.Length; i++)
            if (words.Text[i] is not ('\u2061' or '\u2062'))
                line.Add(words.Text[i], words.Place(i));
    }
}
