namespace Nabla.Formulas.Articles.Reading;

/// <summary>
/// Reads pages, well-formed or not: paragraphs, code, tables, and formulas as MathJax, KaTeX and MathML have them.
/// </summary>
internal sealed class HtmlReader
{
    private static readonly HashSet<string> Inline = new(StringComparer.Ordinal)
    {
        "a", "abbr", "b", "bdi", "cite", "data", "del", "dfn", "em", "font", "i", "img", "ins", "kbd", "label", "mark",
            "q",
        "s", "samp", "small", "span", "strong", "time", "u", "var", "wbr", "!--", "svg", "button", "input",
    };

    private static readonly HashSet<string> Skipped = new(StringComparer.Ordinal)
    {
        "style", "svg", "template", "noscript", "head", "mjx-math", "textarea", "select",
    };

    private readonly MappedText page;
    private readonly string text;
    private readonly List<ArticleBlock> blocks = [];
    private readonly MappedText.Builder current = new();
    private List<IReadOnlyList<MappedText>>? rows;
    private List<MappedText>? cells;
    private BlockKind kind = BlockKind.Paragraph;
    private string language = "";
    private int at, pre;

    private HtmlReader(MappedText page)
    {
        this.page = page;
        text = page.Text;
    }

    public static IReadOnlyList<ArticleBlock> Read(MappedText page)
    {
        var reader = new HtmlReader(page);
        while (reader.at < reader.text.Length)
            reader.ReadNext();
        reader.Flush();
        reader.EndTable();
        return reader.blocks;
    }

    private void ReadNext()
    {
        char c = text[at];
        if (c == '<' && string.CompareOrdinal(text, at, "<!--", 0, 4) == 0)
            at = After("-->", at + 4);
        else if (c == '<' && string.CompareOrdinal(text, at, "<![CDATA[", 0, 9) == 0)
            at += 9;
        else if (c == '<' && HtmlTag.Read(text, at) is { } tag)
            ReadTag(tag);
        else if (c == '&' && Entities.Read(text, at, page.Place(at), current) is var length && length > 0)
            at += length;
        else
        {
            current.Add(pre == 0 && c is '\n' or '\r' or '\t' ? ' ' : c, page.Place(at));
            at++;
        }
    }

    private int After(string end, int from)
    {
        int found = text.IndexOf(end, from, StringComparison.OrdinalIgnoreCase);
        return found < 0 ? text.Length : found + end.Length;
    }

    private void ReadTag(HtmlTag tag)
    {
        int start = at;
        at = tag.End;
        string style = tag.Attribute("class");
        if (!tag.IsClosing && tag.Name == "script")
            ReadScript(tag);
        else if (!tag.IsClosing && !tag.IsEmpty && Skipped.Contains(tag.Name))
            at = After($"</{tag.Name}>", at);
        else if (!tag.IsClosing && tag.Name == "math")
            ReadMath(start);
        else if (!tag.IsClosing && tag.Name == "span" && style.Split(' ').Contains("katex-html"))
            SkipSpan();
        else if (tag.Name is "pre")
            ReadPre(tag);
        else if (tag.Name is "code")
            ReadCode(tag);
        else if (tag.Name is "sup" or "sub")
            current.Add(tag.IsClosing ? ")" : tag.Name == "sup" ? "^(" : "_(", page.Place(start));
        else if (tag.Name is "table" or "tr" or "td" or "th")
            ReadTable(tag);
        else if (!Inline.Contains(tag.Name) && pre == 0)
            StartBlock(tag);
        else if (tag.Name == "br")
            current.Add('\n', page.Place(start));
    }

    private void StartBlock(HtmlTag tag)
    {
        if (cells is not null)
        {
            current.Add(' ', page.Place(Math.Min(at, text.Length - 1)));
            return;
        }
        if (tag.Name == "br")
        {
            current.Add('\n', page.Place(at - 1));
            return;
        }
        Flush();
        kind = !tag.IsClosing && tag.Name.Length == 2 && tag.Name[0] == 'h' && char.IsAsciiDigit(tag.Name[1])
            ? BlockKind.Heading : BlockKind.Paragraph;
    }

    private void ReadScript(HtmlTag tag)
    {
        int end = text.IndexOf("</script", at, StringComparison.OrdinalIgnoreCase);
        end = end < 0 ? text.Length : end;
        if (tag.Attribute("type").StartsWith("math/tex", StringComparison.Ordinal))
            AddFormula(page.Slice(at, end - at), tag.Attribute("type").Contains("display", StringComparison.Ordinal));
        at = After(">", end);
    }

    private void ReadMath(int start)
    {
        int end = After("</math>", at);
        string inner = text[at..end];
        int note = inner.IndexOf("application/x-tex", StringComparison.Ordinal);
        bool isBlock = HtmlTag.Read(text, start)!.Value.Attribute("display") == "block";
        if (note >= 0 && inner.IndexOf('>', note) is var open && open >= 0
            && inner.IndexOf("</annotation", open, StringComparison.Ordinal) is var close && close > open)
            AddFormula(Entities.Decode(page.Slice(at + open + 1, close - open - 1)), isBlock);
        else
            AddFormula(MathMl.ToText(page.Slice(start, end - start)), isBlock);
        at = end;
    }

    private void AddFormula(MappedText formula, bool isBlock)
    {
        if (cells is null && isBlock)
        {
            Flush();
            blocks.Add(new ArticleBlock(BlockKind.Formula, formula.Trim()));
            return;
        }
        current.Add('\\', formula.Place(0));
        current.Add('(', formula.Place(0));
        current.Add(formula);
        current.Add(@"\)", formula.Place(formula.Length));
    }

    private void SkipSpan()
    {
        for (int depth = 1; at < text.Length && depth > 0;)
        {
            int next = text.IndexOf('<', at);
            if (next < 0 || HtmlTag.Read(text, next) is not { } tag)
            {
                at = next < 0 ? text.Length : next + 1;
                continue;
            }
            depth += tag.Name == "span" ? tag.IsClosing ? -1 : 1 : 0;
            at = tag.End;
        }
    }

    private void ReadPre(HtmlTag tag)
    {
        if (pre == 0 || tag.IsClosing)
            Flush();
        pre = tag.IsClosing ? 0 : 1;
        kind = tag.IsClosing ? BlockKind.Paragraph : BlockKind.Code;
        language = tag.IsClosing ? "" : LanguageOf(tag);
    }

    private void ReadCode(HtmlTag tag)
    {
        if (pre == 0)
            current.Add('`', page.Place(at - 1));
        else if (!tag.IsClosing && LanguageOf(tag) is { Length: > 0 } said)
            language = said;
    }

    private static string LanguageOf(HtmlTag tag)
    {
        string said = tag.Attribute("data-lang");
        foreach (string word in tag.Attribute("class").Split(' '))
            if (word.StartsWith("language-", StringComparison.Ordinal)
                || word.StartsWith("lang-", StringComparison.Ordinal))
                said = word[(word.IndexOf('-', StringComparison.Ordinal) + 1)..];
        return said.ToLowerInvariant();
    }

    private void ReadTable(HtmlTag tag)
    {
        if (tag.Name is "td" or "th")
        {
            cells?.AddRange(current.Length > 0 && tag.IsClosing ? [current.Take().Trim()] : []);
            if (!tag.IsClosing)
                current.Take();
            return;
        }
        if (cells is { Count: > 0 } && rows is not null)
            rows.Add(cells);
        if (tag.Name == "table")
        {
            if (!tag.IsClosing)
                Flush();
            EndTable();
            rows = tag.IsClosing ? null : [];
        }
        cells = rows is not null ? [] : null;
    }

    private void EndTable()
    {
        if (rows is { Count: > 0 })
            blocks.Add(ArticleBlock.Table(rows));
        rows = null;
        cells = null;
    }

    private void Flush()
    {
        MappedText words = current.Take();
        if (string.IsNullOrWhiteSpace(words.Text))
            return;
        if (kind == BlockKind.Code)
            blocks.Add(new ArticleBlock(BlockKind.Code, words) { Language = language });
        else
            blocks.Add(InlineFormulas.Block(kind, words));
        kind = BlockKind.Paragraph;
    }
}
