using Nabla.Formulas.Articles.Claims;

namespace Nabla.Formulas.Articles.Reading;

/// <summary>The kind of a block.</summary>
internal enum BlockKind
{
    Heading,
    Paragraph,
    Code,
    Table,

    /// <summary>A formula on a line of its own.</summary>
    Formula,
}

/// <summary>A piece of an article.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">
/// What it says; <see cref="FormulaMark"/> stands where a formula is in it. Of a table all cells, one after the other.
/// </param>
internal sealed record ArticleBlock(BlockKind Kind, MappedText Text)
{
    public const char FormulaMark = '\ufffc';

    /// <summary>The language of code, in small letters, or empty.</summary>
    public string Language { get; init; } = "";

    /// <summary>The formulas within, in the order of their marks.</summary>
    public IReadOnlyList<MappedText> Formulas { get; init; } = [];

    /// <summary>The formulas within, with their arithmetic as one types it.</summary>
    public IReadOnlyList<MappedText> Typed => typed ??= [.. Formulas.Select(LatexArithmetic.Write)];

    /// <summary>The cells of a table.</summary>
    public IReadOnlyList<IReadOnlyList<MappedText>> Rows { get; init; } = [];

    /// <summary>Whether the code has words that only Python has, or says that it is Python.</summary>
    public bool IsPython => isPython ??= Kind == BlockKind.Code
        && (Language is "python" or "py" or "python3" or "ipython" or "pycon" or "jupyter"
            || Language.Length == 0 && CodeLines.LooksLikePython(Text.Text));

    /// <summary>Whether a sign of equality stands in its words or formulas.</summary>
    public bool HasEquation => Text.Text.Contains('=', StringComparison.Ordinal)
        || Formulas.Any(formula => formula.Text.Contains('=', StringComparison.Ordinal));

    /// <summary>What it says with its formulas in their places, as one would say it.</summary>
    public MappedText Spoken => spoken ??= TextUnit.Spoken(this);

    private MappedText? spoken;
    private IReadOnlyList<MappedText>? typed;
    private bool? isPython;

    public static ArticleBlock Table(IReadOnlyList<IReadOnlyList<MappedText>> rows)
    {
        var all = new MappedText.Builder();
        foreach (MappedText cell in rows.SelectMany(row => row))
        {
            all.Add(cell);
            all.Add('\n', cell.Place(cell.Length));
        }
        return new ArticleBlock(BlockKind.Table, all.Take()) { Rows = rows };
    }
}
