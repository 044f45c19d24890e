namespace Nabla.Formulas.Articles.Reading;

/// <summary>
/// Reads the blocks of Markdown. The source is what counts, not what it would look like: a parser for the web takes the
/// stars of <c>2*3 + 4*5</c> for emphasis.
/// </summary>
internal sealed class MarkdownReader
{
    private readonly string source;
    private readonly MappedText[] lines;
    private readonly List<ArticleBlock> blocks = [];
    private int at;

    private MarkdownReader(string source)
    {
        this.source = source;
        lines = [.. MappedText.Of(source).Lines()];
    }

    public static IReadOnlyList<ArticleBlock> Read(string source)
    {
        var reader = new MarkdownReader(source);
        while (reader.at < reader.lines.Length)
            reader.ReadBlock();
        return reader.blocks;
    }

    private void ReadBlock()
    {
        string text = lines[at].Text, trimmed = text.TrimStart();
        if (trimmed.Length == 0)
            at++;
        else if (Fence(trimmed) is { } fence)
            ReadFence(fence, trimmed);
        else if (text.StartsWith("    ", StringComparison.Ordinal) && (at == 0 || IsEmpty(at - 1))
            && !IsListItem(trimmed))
            ReadIndented();
        else if (trimmed.StartsWith("$$", StringComparison.Ordinal)
            || trimmed.StartsWith(@"\[", StringComparison.Ordinal))
            ReadFormula(trimmed);
        else if (trimmed[0] == '#' && trimmed.TrimStart('#').StartsWith(' '))
            ReadHeading();
        else if (IsTable())
            ReadTable();
        else
            ReadParagraph();
    }

    private bool IsEmpty(int line) => string.IsNullOrWhiteSpace(lines[line].Text);

    private static string? Fence(string trimmed)
    {
        char mark = trimmed[0];
        if (mark is not ('`' or '~'))
            return null;
        int length = trimmed.Length - trimmed.AsSpan().TrimStart(mark).Length;
        return length >= 3 && !trimmed.AsSpan(length).Contains('`') ? new string(mark, length) : null;
    }

    private static bool IsListItem(string trimmed) => trimmed[0] is '-' or '*' or '+' && trimmed.Length > 1
        && trimmed[1] == ' '
        || char.IsAsciiDigit(trimmed[0]) && trimmed.AsSpan().TrimStart("0123456789").StartsWith(". ");

    private void ReadFence(string fence, string opening)
    {
        string language = opening[fence.Length..].Trim().Split(' ', '{', ',', ':')[0].ToLowerInvariant();
        int start = ++at;
        while (at < lines.Length && !lines[at].Text.TrimStart().StartsWith(fence, StringComparison.Ordinal))
            at++;
        AddCode(start, at, language);
        at++;
    }

    private void ReadIndented()
    {
        int start = at, end = at;
        for (; at < lines.Length && (IsEmpty(at) || lines[at].Text.StartsWith("    ", StringComparison.Ordinal)); at++)
            if (!IsEmpty(at))
                end = at + 1;
        at = end;
        AddCode(start, end, "");
    }

    private void AddCode(int start, int end, string language)
    {
        if (end <= start)
            return;
        int from = lines[start].Place(0), to = lines[end - 1].Place(lines[end - 1].Length);
        BlockKind kind = language is "math" or "latex" or "tex" ? BlockKind.Formula : BlockKind.Code;
        blocks.Add(new ArticleBlock(kind, MappedText.Of(source[from..to], from)) { Language = language });
    }

    private void ReadFormula(string trimmed)
    {
        string close = trimmed.StartsWith("$$", StringComparison.Ordinal) ? "$$" : @"\]";
        int from = lines[at].Place(lines[at].Text.IndexOf(trimmed, StringComparison.Ordinal)) + 2;
        int to = source.IndexOf(close, from, StringComparison.Ordinal);
        if (to < 0 || to - from > 20_000)
        {
            ReadParagraph();
            return;
        }
        blocks.Add(new ArticleBlock(BlockKind.Formula, MappedText.Of(source[from..to], from).Trim()));
        while (at < lines.Length && lines[at].Place(lines[at].Length) < to + 2)
            at++;
        int rest = to + 2;
        if (at < lines.Length && lines[at].Place(lines[at].Length) is var lineEnd && rest < lineEnd)
            blocks.Add(InlineFormulas.Block(BlockKind.Paragraph, MappedText.Of(source[rest..lineEnd], rest)));
        at++;
    }

    private void ReadHeading()
    {
        MappedText line = lines[at++].Trim();
        int marks = line.Text.Length - line.Text.AsSpan().TrimStart('#').Length;
        blocks.Add(InlineFormulas.Block(BlockKind.Heading, line.Slice(marks, line.Length - marks)));
    }

    private bool IsTable() => lines[at].Text.Contains('|', StringComparison.Ordinal)
        && (lines[at].Text.TrimStart().StartsWith('|')
            || at + 1 < lines.Length && lines[at + 1].Text.Contains('|', StringComparison.Ordinal)
                && PipeTable.Row(lines[at + 1]) is null);

    private void ReadTable()
    {
        List<IReadOnlyList<MappedText>> rows = [];
        for (; at < lines.Length && lines[at].Text.Contains('|', StringComparison.Ordinal); at++)
            if (PipeTable.Row(Emphasis.Drop(lines[at])) is { } row)
                rows.Add(row);
        blocks.Add(ArticleBlock.Table(rows));
    }

    private void ReadParagraph()
    {
        var text = new MappedText.Builder();
        int first = at;
        for (; at < lines.Length && !IsEmpty(at); at++)
        {
            string trimmed = lines[at].Text.TrimStart();
            if (at > first && (Fence(trimmed) is not null || trimmed[0] == '#'
                || trimmed.StartsWith("$$", StringComparison.Ordinal)
                || IsTable()))
                break;
            text.Add(Emphasis.Drop(lines[at]));
            text.Add('\n', lines[at].Place(lines[at].Length));
        }
        blocks.Add(InlineFormulas.Block(BlockKind.Paragraph, text.Take()));
    }
}
