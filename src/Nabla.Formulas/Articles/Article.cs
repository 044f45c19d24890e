using Nabla.Formulas.Articles.Reading;

namespace Nabla.Formulas.Articles;

/// <summary>The form in which an article is kept.</summary>
public enum ArticleFormat
{
    /// <summary>Markdown.</summary>
    Markdown,

    /// <summary>A page, with formulas of MathJax, KaTeX or MathML.</summary>
    Html,

    /// <summary>RSS or Atom: XML in which there are pages.</summary>
    Feed,

    /// <summary>Text without marks, in which code may have lost its indentation.</summary>
    Text,
}

/// <summary>An article that has been read: its blocks, each with its place in the file.</summary>
public sealed class Article
{
    /// <summary>Articles may have so many characters.</summary>
    public const int LongestText = 8_000_000;

    /// <summary>So many lines of Markdown or of plain text are read.</summary>
    public const int MostLines = 20_000;

    private const int MostBlocks = 20_000;

    private readonly int[] lineStarts;

    internal Article(string name, ArticleFormat format, string source, IReadOnlyList<ArticleBlock> blocks)
    {
        Name = name;
        Format = format;
        Source = source;
        Blocks = blocks;
        lineStarts = [0, .. source.Index().Where(item => item.Item == '\n').Select(item => item.Index + 1)];
    }

    /// <summary>The name of the file.</summary>
    public string Name { get; }

    /// <summary>The form in which it was kept.</summary>
    public ArticleFormat Format { get; }

    /// <summary>The file as it is.</summary>
    public string Source { get; }

    /// <summary>What was left out because there is too much of it; empty of an article of usual size.</summary>
    public IReadOnlyList<string> Notes { get; private init; } = [];

    internal IReadOnlyList<ArticleBlock> Blocks { get; }

    /// <summary>Reads an article; its form is told from its name and its first characters.</summary>
    /// <param name="name">The name of the file.</param>
    /// <param name="source">What is in it.</param>
    /// <exception cref="FormulaException">It is no text, or too long.</exception>
    public static Article Read(string name, string source)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(source);
        if (source.Length > LongestText)
            throw new FormulaException(
                $"The article has {source.Length} characters; at most {LongestText} are read. Cut it into parts.");
        if (source.AsSpan(0, Math.Min(source.Length, 4096)).Contains('\0'))
            throw new FormulaException(
                "The file is no text: it has zero bytes. Give Markdown, HTML, RSS or plain text.");
        ArticleFormat format = FormatOf(name, source);
        string start = format is ArticleFormat.Markdown or ArticleFormat.Text ? FirstLines(source) : source;
        IReadOnlyList<ArticleBlock> blocks = format switch
        {
            ArticleFormat.Markdown => MarkdownReader.Read(start),
            ArticleFormat.Html => HtmlReader.Read(MappedText.Of(source)),
            ArticleFormat.Feed => FeedReader.Read(source),
            _ => PlainTextReader.Read(start),
        };
        List<string> notes = [];
        if (start.Length < source.Length)
            notes.Add($"only the first {MostLines} lines were read; cut the file into parts for the rest");
        if (blocks.Count > MostBlocks)
            notes.Add($"only the first {MostBlocks} of {blocks.Count} paragraphs were read; "
                + "cut the file into parts for the rest");
        return new Article(name, format, source, [.. blocks.Take(MostBlocks)]) { Notes = notes };
    }

    // Markdown ends lines as Windows, Unix and old Macs do.
    private static string FirstLines(string source)
    {
        int at = 0;
        for (int line = 0; line < MostLines; line++)
        {
            int end = source.AsSpan(at).IndexOfAny('\n', '\r');
            if (end < 0)
                return source;
            at += end + 1;
            if (source[at - 1] == '\r' && at < source.Length && source[at] == '\n')
                at++;
        }
        return source[..at];
    }

    /// <summary>Line and column of a character, from 1.</summary>
    public (int Line, int Column) Locate(int offset)
    {
        int at = Array.BinarySearch(lineStarts, offset);
        int line = at >= 0 ? at : ~at - 1;
        return (line + 1, offset - lineStarts[line] + 1);
    }

    private static ArticleFormat FormatOf(string name, string source)
    {
        ReadOnlySpan<char> start = source.AsSpan(0, Math.Min(source.Length, 4096)).TrimStart('\ufeff').TrimStart();
        if (start.StartsWith("<?xml", StringComparison.Ordinal)
            || start.StartsWith("<rss", StringComparison.OrdinalIgnoreCase))
            return start.Contains("<html", StringComparison.OrdinalIgnoreCase) ? ArticleFormat.Html
                : ArticleFormat.Feed;
        if (start.StartsWith("<feed", StringComparison.OrdinalIgnoreCase))
            return ArticleFormat.Feed;
        string extension = Path.GetExtension(name).ToUpperInvariant();
        if (extension is ".HTML" or ".HTM" or ".XHTML"
            || start.StartsWith("<!doctype", StringComparison.OrdinalIgnoreCase)
            || start.StartsWith("<html", StringComparison.OrdinalIgnoreCase))
            return ArticleFormat.Html;
        bool hasFences = source.Contains("\n```", StringComparison.Ordinal)
            || start.StartsWith("```", StringComparison.Ordinal);
        return extension is ".MD" or ".MARKDOWN" or ".MDX" or ".QMD" || hasFences ? ArticleFormat.Markdown
            : ArticleFormat.Text;
    }
}
