using Nabla.Formulas.Knowledge.Gists;
using Nabla.Formulas.Knowledge.Matching;

namespace Nabla.Formulas.Knowledge;

/// <summary>
/// Finds which named formulas a formula is, whatever its letters and layout: first the patterns that share rare
/// features with it, then of these how well each can be laid over it. Where the structure is small, as in y = Wx + b,
/// letters decide.
/// </summary>
public static class Recogniser
{
    private const double Least = 0.5;

    // From here on a formula that bears an entry's name is that entry, and so much is left of what else it may be.
    private const double SureOfName = 0.6, OtherName = 0.7;

    private const int Most = 5;

    private static readonly Lazy<PatternIndex> Index = new(() =>
        new PatternIndex(KnowledgeBase.Entries.SelectMany(PatternsOf)));

    /// <summary>
    /// The entries that the formula is or contains, the surest first; none rather than a doubtful one.
    /// </summary>
    public static IReadOnlyList<Recognition> Recognise(Formula formula)
    {
        ArgumentNullException.ThrowIfNull(formula);
        var best = new Dictionary<string, Comparison>(StringComparer.Ordinal);
        foreach (Reading reading in Reading.Of(formula.Tree))
        {
            foreach (Pattern pattern in Index.Value.Candidates(reading))
            {
                if (Comparison.Of(reading, pattern) is { } comparison && Confidence(comparison) >= Least &&
                    (!best.TryGetValue(pattern.Entry.Id, out Comparison? other) ||
                        Order(other, Confidence(other)).CompareTo(Order(comparison, Confidence(comparison))) < 0))
                    best[pattern.Entry.Id] = comparison;
            }
        }
        bool isCalled = best.Values.Any(each => each.IsCalled && Confidence(each) >= SureOfName);
        return [.. best.Values
            .Select(each => (Found: each, Confidence: Confidence(each) * (isCalled && !each.IsCalled ? OtherName : 1)))
            .Where(each => each.Confidence >= Least)
            .OrderByDescending(each => Order(each.Found, each.Confidence))
            .Take(Most).Select(each => Told(each.Found, each.Confidence))];
    }

    // Of those that are equally sure, as layer and group normalisation are, names and details decide.
    private static (double Confidence, double Evidence, int Usual) Order(
        Comparison comparison, double confidence) =>
        (Math.Round(confidence, 2), comparison.Evidence, -comparison.Pattern.Rank);

    private static double Confidence(Comparison comparison) =>
        Math.Max(comparison.Confidence, comparison.PartConfidence);

    private static Recognition Told(Comparison comparison, double confidence) => new(
        comparison.Pattern.Entry, confidence, comparison.PartConfidence > comparison.Confidence,
        Renaming.Of(comparison.Partners));

    private static IEnumerable<Pattern> PatternsOf(Entry entry)
    {
        var names = new AliasNames(entry);
        var words = new EntryWords(entry);
        return entry.Formulas.SelectMany((formula, rank) => Reading.Of(Formula.Parse(formula).Tree, words)
            .Select(reading => new Pattern(entry, reading, rank, names)));
    }
}
