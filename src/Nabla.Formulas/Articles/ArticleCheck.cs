using Nabla.Formulas.Articles.Claims;
using Nabla.Formulas.Articles.Claims.Lists;

namespace Nabla.Formulas.Articles;

/// <summary>What was found in an article: its claims with their verdicts, and its formulas.</summary>
/// <param name="Article">The article.</param>
/// <param name="Claims">The claims in the order of the file.</param>
/// <param name="Formulas">The formulas in the order of the file.</param>
public sealed record ArticleCheck(Article Article, IReadOnlyList<Claim> Claims, IReadOnlyList<FoundFormula> Formulas)
{
    /// <summary>Finds the formulas and the claims of an article and recomputes what can be.</summary>
    public static ArticleCheck Run(Article article)
    {
        ArgumentNullException.ThrowIfNull(article);
        var context = new CheckContext(article);
        context.Functions = FunctionFinder.Find(context);
        OutputFinder.Find(context);
        ArithmeticFinder.Find(context);
        DerivativeFinder.Find(context);
        GivenValuesFinder.Find(context);
        NamedFunctionFinder.Find(context);
        LayerSizeFinder.Find(context);
        ClosedFormulaFinder.Find(context);
        SequenceFinder.Find(context);
        DescentTableFinder.Find(context);
        TrainingTableFinder.Find(context);
        SpreadsheetFinder.Find(context);
        CSharpLines.Find(context);
        ShareFinder.Find(context);
        PercentFinder.Find(context);
        PerplexityFinder.Find(context);
        ConfusionFinder.Find(context);
        GivenListFinder.Find(context);
        TableTotalFinder.Find(context);
        IReadOnlyList<FoundFormula> formulas = FormulaFinder.Find(context);
        return new ArticleCheck(article, Ordered(context.Claims), formulas)
        {
            Notes = [.. article.Notes, .. context.Notes],
        };
    }

    /// <summary>What was left out because there is too much of it; empty of an article of usual size.</summary>
    public IReadOnlyList<string> Notes { get; private init; } = [];

    private readonly Lazy<Dictionary<int, FoundFormula>> places = new(() =>
        Formulas.DistinctBy(formula => formula.Start).ToDictionary(formula => formula.Start));

    internal FoundFormula? FormulaAt(int place) => places.Value.GetValueOrDefault(place);

    /// <summary>How many claims got a verdict.</summary>
    public int Count(Verdict verdict) => Claims.Count(claim => claim.Verdict == verdict);

    // A claim that two finders found counts once; the more certain one stays.
    private static List<Claim> Ordered(IEnumerable<Claim> claims)
    {
        List<Claim> kept = [];
        var seen = new HashSet<(int, string)>();
        foreach (Claim claim in claims.OrderBy(claim => claim.Start)
            .ThenBy(claim => claim.Verdict == Verdict.NotCheckable))
            if (seen.Add((claim.Start, claim.Printed)))
                kept.Add(claim);
        return kept;
    }
}
