using Nabla.Formulas.Articles.Reading;

namespace Nabla.Formulas.Articles.Claims;

/// <summary>A line of an article in which numbers are claimed, not computed: prose, a cell, a comment, a
/// formula.</summary>
/// <param name="Text">What it says.</param>
/// <param name="Block">The block in which it stands.</param>
internal sealed record TextUnit(MappedText Text, ArticleBlock Block)
{
    private const int LongestChain = 1000;

    private static readonly HashSet<string> PlainLanguages = new(StringComparer.Ordinal)
    {
        "", "text", "txt", "plaintext", "plain", "math", "output", "console", "none", "excel",
    };

    /// <summary>Whether it is a formula within a sentence.</summary>
    public bool IsInline { get; private init; }

    /// <summary>All such lines of an article.</summary>
    public static IEnumerable<TextUnit> Of(Article article)
    {
        TextUnit? last = null;
        foreach (TextUnit unit in article.Blocks.SelectMany(Of))
        {
            if (last is not null && last.GoesOnWith(unit))
            {
                last = last.Joined(unit);
                continue;
            }
            if (last is not null)
                yield return last;
            last = unit;
        }
        if (last is not null)
            yield return last;
    }

    // "2 * 80 * 8" and below it "= 1280": one chain. A cell of a spreadsheet has no space behind its sign.
    private bool GoesOnWith(TextUnit next) => !IsInline && !next.IsInline && next.Block.Kind == Block.Kind
        && Block.Kind != BlockKind.Table
        && Text.Length + next.Text.Length < LongestChain
        && next.Text.Text.AsSpan().TrimStart() is ['=' or '≈', ' ' or '~', ..]
        && !(Text.Text.AsSpan().TrimStart() is ['=', ..] && Text.Text.AsSpan().Count('=') > 1) // "= 2 + 3 = 5": an item
        && Text.Text.AsSpan().TrimEnd() is [.., not ('.' or ':' or ',')];

    private TextUnit Joined(TextUnit next)
    {
        var text = new MappedText.Builder();
        text.Add(Text);
        text.Add(' ', Text.Place(Text.Length));
        text.Add(next.Text);
        return this with { Text = text.Take() };
    }

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
        IEnumerable<MappedText> formulas = block.Typed.SelectMany(formula => formula.Lines());
        return lines.Where(line => line.Length > 1).Select(line => new TextUnit(line, block))
            .Concat(formulas.Where(line => line.Length > 2)
                .Select(line => new TextUnit(line, block) { IsInline = true }));
    }

    /// <summary>A paragraph with its formulas in their places, as one would say it.</summary>
    public static MappedText Spoken(ArticleBlock block)
    {
        if (block.Kind == BlockKind.Formula)
            return LatexArithmetic.Write(block.Text);
        if (block.Formulas.Count == 0)
            return block.Text;
        var text = new MappedText.Builder(block.Text.Length);
        int formula = 0;
        for (int i = 0; i < block.Text.Length; i++)
        {
            if (block.Text.Text[i] == ArticleBlock.FormulaMark && formula < block.Formulas.Count)
                text.Add(block.Typed[formula++]);
            else
                text.Add(block.Text.Text[i], block.Text.Place(i));
        }
        return text.Take();
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
