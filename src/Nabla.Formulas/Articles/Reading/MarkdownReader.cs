using Markdig;
using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Syntax;

namespace Nabla.Formulas.Articles.Reading;

/// <summary>
/// Reads Markdown: Markdig finds the blocks. What stands in a paragraph is read as it was typed, since Markdown takes
/// the stars of <c>2*3 + 4*5</c> for emphasis and the backslashes of formulas for escapes.
/// </summary>
internal sealed class MarkdownReader
{
    private static readonly MarkdownPipeline Blocks = Pipeline();

    private readonly string source;
    private readonly List<ArticleBlock> blocks = [];

    private MarkdownReader(string source) => this.source = source;

    public static IReadOnlyList<ArticleBlock> Read(string source)
    {
        var reader = new MarkdownReader(FrontMatter.Blank(source.Replace('\0', '\ufffd')));
        if (Parse(reader.source) is not { } document)
            return PlainTextReader.Read(reader.source);
        foreach (LeafBlock block in document.Descendants<LeafBlock>())
            if (block.Lines.Count > 0)
                reader.Add(block);
        return reader.blocks;
    }

    private static MarkdownPipeline Pipeline()
    {
        var builder = new MarkdownPipelineBuilder();
        builder.InlineParsers.Clear();
        builder.BlockParsers.Insert(0, new FormulaBlockParser());
        foreach (BlockParser parser in builder.BlockParsers)
            parser.Closed += (_, block) =>
            {
                if (block is LeafBlock leaf)
                    leaf.ProcessInlines = false; // it would take the lines away
            };
        builder.BlockParsers.Find<ParagraphBlockParser>()!.ParseSetextHeadings = false;
        return builder.Build();
    }

    private static MarkdownDocument? Parse(string source)
    {
        try
        {
            return Markdown.Parse(source, Blocks);
        }
        catch (ArgumentException)
        {
            return null; // lists or quotes within one another, more than 100 deep
        }
    }

    private void Add(LeafBlock block)
    {
        switch (block)
        {
            case FormulaBlock formula:
                AddFormula(Join(Lines(block)), formula.Close);
                break;
            case CodeBlock code:
                AddCode(Join(Lines(block)), (code as FencedCodeBlock)?.Info ?? "");
                break;
            case HeadingBlock:
                blocks.Add(InlineFormulas.Block(BlockKind.Heading, Join(Lines(block))));
                break;
            case HtmlBlock:
                blocks.AddRange(HtmlReader.Read(Join(Lines(block))));
                break;
            default:
                AddParagraph(Lines(block));
                break;
        }
    }

    private void AddCode(MappedText text, string about)
    {
        string language = about.Split(' ', '{', ',', ':')[0].ToLowerInvariant();
        BlockKind kind = language is "math" or "latex" or "tex" ? BlockKind.Formula : BlockKind.Code;
        blocks.Add(new ArticleBlock(kind, text) { Language = language });
    }

    private MappedText[] Lines(LeafBlock block) =>
        [.. block.Lines.Lines.Take(block.Lines.Count).Select(line => Mapped(line.Slice, line.Position))];

    private MappedText Mapped(StringSlice line, int from)
    {
        string said = line.ToString();
        if (ReferenceEquals(line.Text, source))
            return MappedText.Of(said, line.Start);
        string words = said.TrimStart(' '); // a tab before them became spaces
        int spaces = said.Length - words.Length;
        return MappedText.Of(said, Math.Max(0, source.IndexOf(words, from, StringComparison.Ordinal) - spaces));
    }

    private static MappedText Join(ReadOnlySpan<MappedText> lines)
    {
        if (lines.Length == 1)
            return lines[0];
        int length = lines.Length;
        foreach (MappedText line in lines)
            length += line.Length;
        var text = new MappedText.Builder(length);
        foreach (MappedText line in lines)
        {
            if (text.Length > 0 || line != lines[0])
                text.Add('\n', Math.Max(0, line.Place(0) - 1));
            text.Add(line);
        }
        return text.Take();
    }

    private void AddFormula(MappedText text, string close)
    {
        int end = text.Text.IndexOf(close, close.Length, StringComparison.Ordinal);
        end = end < 0 ? text.Length : end;
        blocks.Add(new ArticleBlock(BlockKind.Formula, text.Slice(close.Length, end - close.Length).Trim()));
        int rest = Math.Min(end + close.Length, text.Length);
        if (!text.Text.AsSpan(rest).IsWhiteSpace())
            blocks.Add(InlineFormulas.Block(BlockKind.Paragraph, text.Slice(rest, text.Length - rest)));
    }

    // A table may begin and end within a paragraph.
    private void AddParagraph(ReadOnlySpan<MappedText> lines)
    {
        for (int at = 0, end; at < lines.Length; at = end)
        {
            bool isTable = BeginsTable(lines[at..]);
            for (end = at + 1; end < lines.Length && (isTable ? HasStroke(lines[end]) : !BeginsTable(lines[end..]));)
                end++;
            MappedText[] said =
                [.. lines[at..end].ToArray().Select(line => Emphasis.Drop(Entities.Decode(line)))];
            if (isTable)
                blocks.Add(ArticleBlock.Table([.. said.Select(PipeTable.Row).OfType<IReadOnlyList<MappedText>>()]));
            else
                blocks.Add(InlineFormulas.Block(BlockKind.Paragraph, Join(said)));
        }
    }

    private static bool HasStroke(MappedText line) => line.Text.Contains('|', StringComparison.Ordinal);

    private static bool BeginsTable(ReadOnlySpan<MappedText> lines) => HasStroke(lines[0])
        && (lines[0].Text.TrimStart().StartsWith('|')
            || lines.Length > 1 && HasStroke(lines[1]) && PipeTable.Row(lines[1]) is null);
}
