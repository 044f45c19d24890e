using Nabla.Formulas.Articles.Reading;

namespace Nabla.Formulas.Articles.Claims;

/// <summary>A line of an article in which numbers are claimed, not computed: prose, a cell, a comment, a
/// formula.</summary>
/// <param name="Text">What it says.</param>
/// <param name="Block">The block in which it stands.</param>
internal sealed record TextUnit(MappedText Text, ArticleBlock Block)
{
    private static readonly HashSet<string> PlainLanguages = new(StringComparer.Ordinal)
    {
        "", "text", "txt", "plaintext", "plain", "math", "output", "console", "none", "excel",
    };

    /// <summary>All such lines of an article.</summary>
    public static IEnumerable<TextUnit> Of(Article article) => article.Blocks.SelectMany(Of);

    /// <summary>Those of one block.</summary>
    public static IEnumerable<TextUnit> Of(ArticleBlock block)
    {
        IEnumerable<MappedText> lines = block.Kind switch
        {
            BlockKind.Table => block.Rows.SelectMany(row => row),
            BlockKind.Code when block.IsPython => Comments(block.Text),
            BlockKind.Code => PlainLanguages.Contains(block.Language) ? block.Text.Lines() : [],
            BlockKind.Formula => LatexArithmetic.Write(block.Text).Lines(),
            _ => block.Text.Lines().SelectMany(line => line.Lines()),
        };
        IEnumerable<MappedText> formulas = block.Formulas.SelectMany(formula => LatexArithmetic.Write(formula).Lines());
        return lines.Concat(formulas).Where(line => line.Length > 2).Select(line => new TextUnit(line, block));
    }

    private static IEnumerable<MappedText> Comments(MappedText code)
    {
        foreach (MappedText line in code.Lines())
        {
            int mark = CommentStart(line.Text);
            if (mark >= 0)
                yield return line.Slice(mark + 1, line.Length - mark - 1);
        }
    }

    // The # of a comment, not one in a string.
    private static int CommentStart(string line)
    {
        char quote = '\0';
        for (int i = 0; i < line.Length; i++)
        {
            if (line[i] == '\\')
                i++;
            else if (quote != '\0' ? line[i] == quote : line[i] is '"' or '\'')
                quote = quote == '\0' ? line[i] : '\0';
            else if (line[i] == '#' && quote == '\0')
                return i;
        }
        return -1;
    }
}
