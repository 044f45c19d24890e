namespace Nabla.Formulas.Articles.Reading;

/// <summary>
/// Reads pages, well-formed or not: paragraphs, code, tables, and formulas as MathJax, KaTeX and MathML have them.
/// </summary>
internal sealed class HtmlReader
{
    private static readonly HashSet<string> Inline = new(StringComparer.Ordinal)
    {
        "a", "abbr", "b", "bdi", "button", "cite", "data", "del", "dfn", "em", "font", "i", "img", "input", "ins",
        "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strong", "svg", "time", "u", "var", "wbr",
    };

    private static readonly HashSet<string> Skipped = new(StringComparer.Ordinal)
    {
        "style", "svg", "template", "noscript", "title", "mjx-math", "textarea", "select",
    };

    private readonly HtmlPage page;
    private readonly List<ArticleBlock> blocks = [];
    private readonly MappedText.Builder current = new();
    private List<IReadOnlyList<MappedText>>? rows;
    private List<MappedText>? cells;
    private BlockKind kind = BlockKind.Paragraph;
    private string language = "";
    private bool isPreformatted, isInCell;
    private int at; // the piece after the one that is read

    private HtmlReader(HtmlPage page) => this.page = page;

    public static IReadOnlyList<ArticleBlock> Read(MappedText page)
    {
        var reader = new HtmlReader(HtmlPage.Of(page));
        while (reader.at < reader.page.Pieces.Count)
            reader.Read(reader.page.Pieces[reader.at++]);
        reader.Flush();
        reader.EndTable();
        return reader.blocks;
    }

    private void Read(HtmlPiece piece)
    {
        if (piece.Tag is null)
            AddWords(Entities.Decode(page.TextOf(piece)));
        else if (piece.Opens("script"))
            ReadScript(piece);
        else if (piece.Opens("math"))
            ReadMath(piece);
        else if (Skipped.Contains(piece.Name) && piece.Opens(piece.Name)
            || piece.Opens("span") && piece.Attribute("class").Split(' ').Contains("katex-html"))
            at = page.EndOf(piece.Name, at) + 1;
        else
            ReadTag(piece);
    }

    private void AddWords(MappedText words)
    {
        for (int i = 0; i < words.Length; i++)
            current.Add(!isPreformatted && words.Text[i] is '\n' or '\r' or '\t' ? ' ' : words.Text[i], words.Place(i));
    }

    private void ReadTag(HtmlPiece tag)
    {
        if (tag.Name is "pre")
            ReadPre(tag);
        else if (tag.Name is "code")
            ReadCode(tag);
        else if (tag.Name is "sup" or "sub")
            current.Add(tag.IsClosing ? ")" : tag.Name == "sup" ? "^(" : "_(", Place(tag));
        else if (tag.Name is "table" or "tr" or "td" or "th")
            ReadTable(tag);
        else if (tag.Name == "br")
            current.Add(cells is not null && !isPreformatted ? ' ' : '\n', Place(tag));
        else if (!Inline.Contains(tag.Name) && !isPreformatted)
            StartBlock(tag);
    }

    private int Place(HtmlPiece piece) => page.Source.Place(piece.Start);

    private void StartBlock(HtmlPiece tag)
    {
        if (cells is not null)
        {
            current.Add(' ', Place(tag));
            return;
        }
        Flush();
        kind = !tag.IsClosing && tag.Name is ['h', >= '1' and <= '6'] ? BlockKind.Heading : BlockKind.Paragraph;
    }

    private void ReadScript(HtmlPiece tag)
    {
        int end = page.EndOf("script", at);
        string type = tag.Attribute("type");
        if (type.StartsWith("math/tex", StringComparison.Ordinal))
            AddFormula(page.Between(at, end), type.Contains("display", StringComparison.Ordinal));
        at = end + 1;
    }

    private void ReadMath(HtmlPiece tag)
    {
        int end = page.EndOf("math", at), note = at;
        while (note < end && !(page.Pieces[note].Opens("annotation")
            && page.Pieces[note].Attribute("encoding") == "application/x-tex"))
            note++;
        AddFormula(note < end
            ? Entities.Decode(page.Between(note + 1, Math.Min(page.EndOf("annotation", note + 1), end)))
            : MathMl.ToText(page, at, end), tag.Attribute("display") == "block");
        at = end + 1;
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

    private void ReadPre(HtmlPiece tag)
    {
        if (!isPreformatted || tag.IsClosing)
            Flush();
        isPreformatted = !tag.IsClosing;
        kind = tag.IsClosing ? BlockKind.Paragraph : BlockKind.Code;
        language = tag.IsClosing ? "" : LanguageOf(tag);
    }

    private void ReadCode(HtmlPiece tag)
    {
        if (!isPreformatted)
            current.Add('`', Place(tag));
        else if (!tag.IsClosing && LanguageOf(tag) is { Length: > 0 } said)
            language = said;
    }

    private static string LanguageOf(HtmlPiece tag)
    {
        string said = tag.Attribute("data-lang");
        foreach (string word in tag.Attribute("class").Split(' '))
            if (word.StartsWith("language-", StringComparison.Ordinal)
                || word.StartsWith("lang-", StringComparison.Ordinal))
                said = word[(word.IndexOf('-', StringComparison.Ordinal) + 1)..];
        return said.ToLowerInvariant();
    }

    private void ReadTable(HtmlPiece tag)
    {
        if (tag.Name is "td" or "th")
        {
            EndCell();
            if (cells is not null && !tag.IsClosing)
                current.Take();
            isInCell = !tag.IsClosing;
            return;
        }
        EndCell();
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

    // Nobody has to write </td>.
    private void EndCell()
    {
        if (isInCell)
            cells?.Add(current.Take().Trim());
        isInCell = false;
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
