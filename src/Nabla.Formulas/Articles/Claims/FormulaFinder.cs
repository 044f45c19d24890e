using Nabla.Formulas.Articles.Reading;

namespace Nabla.Formulas.Articles.Claims;

/// <summary>Finds the formulas of an article: those marked as such, and lines that read as one.</summary>
internal static class FormulaFinder
{
    private const int LongestFormula = 600, MostFormulas = 500;

    public static IReadOnlyList<FoundFormula> Find(Article article)
    {
        List<FoundFormula> found = [];
        foreach (ArticleBlock block in article.Blocks)
        {
            if (found.Count >= MostFormulas)
                break;
            if (block.Kind == BlockKind.Formula)
                Add(block.Text, found);
            foreach (MappedText formula in block.Formulas)
                Add(formula, found);
            if (block.Kind == BlockKind.Paragraph)
                foreach (MappedText line in block.Text.Lines())
                    AddIfFormula(line.Trim(), found);
            if (block.IsPython)
                foreach (TextUnit comment in TextUnit.Of(block))
                    AddIfFormula(comment.Text.Trim(), found);
            foreach (MappedText cell in block.Rows.SelectMany(row => row))
                AddIfFormula(cell, found);
        }
        return [.. found.OrderBy(formula => formula.Start)];
    }

    private static void AddIfFormula(MappedText line, List<FoundFormula> found)
    {
        if (LooksLikeFormula(line.Text))
            Add(line, found, onlyIfRead: true);
    }

    private static void Add(MappedText text, List<FoundFormula> found, bool onlyIfRead = false)
    {
        MappedText formula = text.Trim();
        if (formula.Length is 0 or > LongestFormula || found.Count >= MostFormulas)
            return;
        Formula? read = null;
        string error = "";
        try
        {
            read = Formula.Parse(formula.Text);
        }
        catch (FormulaException problem)
        {
            error = problem.Message;
        }
        if (read is null && onlyIfRead)
            return;
        int start = formula.Place(0), end = formula.Place(formula.Length - 1) + 1;
        found.Add(new FoundFormula(formula.Text, start, end - start, read, error));
    }

    // A relation between things that are no sentences: few long words, and a sign that prose has not.
    private static bool LooksLikeFormula(string line)
    {
        if (line.Length is < 3 or > 200 || !line.AsSpan().ContainsAny('=', '←', '∝')
            && !line.Contains('∇', StringComparison.Ordinal))
            return false;
        string[] words = line.Split([' ', ',', '(', ')', '=', '+', '*', '/', '|', '[', ']', '{', '}'],
            StringSplitOptions.RemoveEmptyEntries);
        int prose = words.Count(word => word.Length > 3 && word.All(char.IsLetter) && !NamedFunctions.Exists(word)
            && !char.IsUpper(word[^1]));
        return prose * 4 <= words.Length && !line.Contains('"', StringComparison.Ordinal)
            && line[^1] is not ('.' or '!' or '?' or ':')
            && !line.StartsWith('=') && line.Any(char.IsLetter);
    }
}
