using System.Text.RegularExpressions;
using Nabla.Formulas.Articles.Reading;

namespace Nabla.Formulas.Articles.Claims;

/// <summary>Finds the formulas of an article: those marked as such, and lines that read as one.</summary>
internal static partial class FormulaFinder
{
    private const int LongestFormula = 600, MostFormulas = 500, MostTried = 2000, MostCharacters = 40_000;

    public static IReadOnlyList<FoundFormula> Find(CheckContext context)
    {
        var found = new Search();
        foreach (ArticleBlock block in context.Article.Blocks)
        {
            if (found.IsOver)
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
        if (found.IsOver)
            context.Note($"only the first {found.Formulas.Count} formulas were read");
        return [.. found.Formulas.OrderBy(formula => formula.Start)];
    }

    private static void AddIfFormula(MappedText line, Search found)
    {
        if (found.IsOver)
            return;
        MappedText named = Label().Match(line.Text) is { Success: true } label ? line[..label.Index] : line;
        if (LooksLikeFormula(named.Text))
            Add(named, found, onlyIfRead: true);
    }

    private static void Add(MappedText text, Search found, bool onlyIfRead = false)
    {
        if (found.IsOver)
            return;
        MappedText formula = text.Trim();
        if (formula.Length is 0 or > LongestFormula)
            return;
        found.Tried++;
        found.Characters += formula.Length;
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
        found.Formulas.Add(new FoundFormula(formula.Text, start, end - start, read, error));
    }

    private sealed class Search
    {
        public List<FoundFormula> Formulas { get; } = [];

        public int Tried { get; set; }

        public int Characters { get; set; }

        public bool IsOver =>
            Formulas.Count >= MostFormulas || Tried >= MostTried || Characters >= MostCharacters;
    }

    // A relation between things that are no sentences: few long words, and a sign that prose has not.
    private static bool LooksLikeFormula(string line)
    {
        if (line.Length is < 3 or > 200 || !HasRelation(line)
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

    // Not only the settings of a call, AdamW(betas=(0.9, 0.95)).
    private static bool HasRelation(string line)
    {
        int depth = 0;
        foreach (char c in line)
        {
            depth += c switch { '(' or '[' => 1, ')' or ']' => -1, _ => 0 };
            if (depth <= 0 && c is '=' or '←' or '∝')
                return true;
        }
        return false;
    }

    // PPL = exp(H(p, q)) (perplexity): how the formula is called; softmax (scores) is none.
    [GeneratedRegex(@"(?<!\p{L}{2}) \((?:\p{Ll}{3,}[- ]?)+\)$")]
    private static partial Regex Label();
}
