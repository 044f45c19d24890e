using System.Runtime.CompilerServices;

namespace Nabla.Formulas.Articles.Reading;

/// <summary>Writes MathML on one line as one types it: (a)/(b), x^(2), sqrt(x).</summary>
internal sealed class MathMl
{
    private readonly MappedText source;
    private readonly string text;
    private readonly MappedText.Builder line = new();
    private int at;

    private MathMl(MappedText source)
    {
        this.source = source;
        text = source.Text;
    }

    public static MappedText ToText(MappedText source)
    {
        var writer = new MathMl(source);
        while (writer.at < writer.text.Length)
            writer.Element();
        return writer.line.Take();
    }

    private void Add(string words) => line.Add(words, source.Place(Math.Min(at, Math.Max(0, text.Length - 1))));

    // One element or piece of text; closing tags are left to who opened.
    private bool Element()
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
            at++;
        if (at >= text.Length || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            at = text.Length;
            return false;
        }
        if (text[at] != '<' || HtmlTag.Read(text, at) is not { } tag)
        {
            Characters();
            return true;
        }
        at = tag.End;
        if (tag.IsClosing)
            return false;
        if (tag.IsEmpty || tag.Name is "!--")
            return true;
        Write(tag.Name);
        return true;
    }

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
                at = text.IndexOf("</" + name, at, StringComparison.Ordinal) is var end && end >= 0 ? end : text.Length;
                Rest();
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

    private void Characters()
    {
        int end = text.IndexOf('<', at);
        end = end < 0 ? text.Length : end;
        MappedText words = Entities.Decode(source.Slice(at, Math.Max(1, end - at))).Trim();
        for (int i = 0; i < words.Length; i++)
            if (words.Text[i] is not ('\u2061' or '\u2062'))
                line.Add(words.Text[i], words.Place(i));
        at = Math.Max(end, at + 1);
    }
}
