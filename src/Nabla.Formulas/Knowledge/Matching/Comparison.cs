using Nabla.Formulas.Knowledge.Gists;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Knowledge.Matching;

/// <summary>How well a reading of a formula fits a pattern, and what that is worth.</summary>
internal sealed class Comparison
{
    // A left side that is a name says little of the structure; one such as ∂L/∂W says half of what the right side says.
    private const double LeftShare = 0.5;

    // So much evidence makes a fit as likely right as wrong, and so much more makes it 2.7 times as likely.
    private const double EvenEvidence = 3.6, Step = 0.8;

    // What it is worth that all letters are the usual ones, on both sides.
    private const double Verbatim = 1.8;

    private const double MostCells = 60_000;

    private readonly Reading reading;
    private readonly Alignment right;
    private readonly Alignment? left;
    private double likeness;

    private Comparison(Reading reading, Pattern pattern)
    {
        this.reading = reading;
        Pattern = pattern;
        Reading theirs = pattern.Reading;
        right = Alignment.Of(reading.Right, theirs.Right, (reading.Size, theirs.Size));
        if (reading.Left is not null && theirs.Left is not null)
            left = Alignment.Of(reading.Left, theirs.Left, (reading.LeftSize, theirs.LeftSize));
    }

    public Pattern Pattern { get; }

    /// <summary>How sure it is that the whole formula is the pattern's, from 0 to 1.</summary>
    public double Confidence { get; private set; }

    /// <summary>How sure it is that a part of the formula is.</summary>
    public double PartConfidence { get; private set; }

    /// <summary>The comparison, or null where the formula is too large for it.</summary>
    public static Comparison? Of(Reading reading, Pattern pattern)
    {
        Reading theirs = pattern.Reading;
        if ((double)reading.Size * theirs.Size > MostCells || (double)reading.LeftSize * theirs.LeftSize > MostCells)
            return null;
        var comparison = new Comparison(reading, pattern);
        comparison.Judge();
        return comparison;
    }

    /// <summary>Leaves of the formula with the pattern's leaves for which they stand.</summary>
    public IEnumerable<(Gist Mine, Gist Theirs)> Leaves =>
        left is null ? right.Leaves : right.Leaves.Concat(left.Leaves);

    private void Judge()
    {
        Reading theirs = Pattern.Reading;
        double common = right.Common, mine = reading.Right.Weight, other = theirs.Right.Weight;
        bool leftTells = left is not null && !(reading.Left!.IsLeaf && theirs.Left!.IsLeaf);
        if (leftTells)
        {
            common += LeftShare * left!.Common;
            mine += LeftShare * reading.Left!.Weight;
            other += LeftShare * theirs.Left!.Weight;
        }
        likeness = 2 * common / (mine + other);
        double structure = right.CommonStructure + (leftTells ? LeftShare * left!.CommonStructure : 0);
        double evidence = structure + LetterEvidence() + NameEvidence();
        if (reading.Left is not null && theirs.Left is not null && reading.Kind == RelationKind.Distributed !=
            (theirs.Kind == RelationKind.Distributed))
            evidence -= 1;
        Confidence = likeness * likeness * Sigmoid((evidence - EvenEvidence) / Step) - 0.001 * Pattern.Rank;
        double cover = right.Common / theirs.Right.Weight;
        PartConfidence = theirs.Right.Weight < 5 ? 0
            : 0.75 * Math.Pow(cover, 4) * Sigmoid((right.CommonStructure - EvenEvidence - 1) / Step);
    }

    private double LetterEvidence()
    {
        double evidence = 0;
        bool isVerbatim = true;
        int pairs = 0;
        var partners = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((Gist a, Gist b) in Leaves)
        {
            if (!partners.TryAdd(a.Letter, b.Letter))
                evidence -= partners[a.Letter] == b.Letter ? 0 : 0.6;
            else if (a.Letter == b.Letter)
                evidence += a.Letter.Length > 1 ? 1 : 0.7;
            else
                evidence -= 0.3;
            pairs++;
            evidence += Detail(a, b);
            isVerbatim &= a.Letter == b.Letter;
        }
        return isVerbatim && left is not null && pairs > 1 ? evidence + Verbatim * likeness : evidence;
    }

    // L(θ) is not L(θ; x, y), and A is not A_k, though nearly.
    private static double Detail(Gist a, Gist b) => (a.Origin, b.Origin) switch
    {
        (Call mine, Call theirs) => mine.Arguments.Count == theirs.Arguments.Count ? 0.05 : -0.05,
        (Symbol mine, Symbol theirs) => mine.Subscripts.Count == theirs.Subscripts.Count ? 0.05 : -0.05,
        _ => 0,
    };

    private double NameEvidence()
    {
        if (reading.Words.Length == 0 && Pattern.Reading.Words.Length == 0)
            return 0;
        if (Pattern.Names.Overlaps(reading.Words))
            return 3;
        return reading.Words.Length > 0 && Pattern.Reading.Words.Length > 0 ? -1 : 0;
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
