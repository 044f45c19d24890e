using Nabla.Formulas.Knowledge.Gists;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Knowledge.Matching;

/// <summary>How well a reading of a formula fits a pattern, and what that is worth.</summary>
internal sealed class Comparison
{
    // A left side that is a name says little of the structure; one such as ∂L/∂W says half of what the right side says.
    private const double LeftShare = 0.5;

    // So much evidence makes a fit as likely right as wrong, and so much more makes it 2.7 times as likely.
    private const double EvenEvidence = 3.2, Step = 0.8;

    // What it is worth that all letters are the usual ones, on both sides.
    private const double Verbatim = 1.8;

    /// <summary>A pattern of less weight is not looked for as a part of a formula.</summary>
    public const double LeastPart = 5;

    // What is left of a likeness when a letter stands for two others.
    private const double Contradicted = 0.96;

    // What is left of a likeness when one is an equation and the other a bound or a proportion.
    private const double OtherRelation = 0.93;

    // A formula that bears the name of an entry is it if it is at least so much like it; structure says it surer.
    private const double LeastNamed = 0.25, Named = 0.5, NamedShare = 0.15;

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

    /// <summary>Whether the formula bears the pattern's name: <c>BN(x) = …</c>.</summary>
    public bool IsCalled => Array.Exists(reading.Titles, Pattern.Names.Unranked.Contains);

    /// <summary>What speaks for the pattern: common structure, letters and names.</summary>
    public double Evidence { get; private set; }

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

    /// <summary>Of these, those that stand for one another: a name, lse, is not the x of LSE(x).</summary>
    public IEnumerable<(Gist Mine, Gist Theirs)> Partners =>
        left is null || reading.Left!.IsLeaf == Pattern.Reading.Left!.IsLeaf ? Leaves
            : !reading.Left.IsLeaf && !IsNamed(reading.Left) ? right.Leaves // the q of KL(q ‖ p) is not the KL itself
            : right.Leaves.Concat(left.Leaves.Where(pair => !Occurs(pair.Theirs.Letter, Pattern.Reading.Right)));

    // f(Wx), p(y | x): the letter in front names the whole.
    private static bool IsNamed(Gist left) =>
        left.Op is GistOps.Apply or GistOps.Given or GistOps.Past or GistOps.Joint or GistOps.Chance;

    private static bool Occurs(string letter, Gist gist) => (gist.IsLeaf && gist.Letter == letter)
        || Array.Exists(gist.Children, child => Occurs(letter, child));

    private void Judge()
    {
        Reading theirs = Pattern.Reading;
        double common = right.Common, mine = reading.Right.Weight, other = theirs.Right.Weight;
        bool leftTells = left is not null && Tells(reading.Left!) && Tells(theirs.Left!);
        if (leftTells)
        {
            common += LeftShare * left!.Common;
            mine += LeftShare * reading.Left!.Weight;
            other += LeftShare * theirs.Left!.Weight;
        }
        likeness = 2 * common / (mine + other);
        double structure = right.CommonStructure + (leftTells ? LeftShare * left!.CommonStructure : 0);
        Evidence = structure + LetterEvidence() + NameEvidence();
        if (left is not null && Sense(reading.Kind) != Sense(theirs.Kind))
            likeness *= OtherRelation;
        Confidence = likeness * likeness * Sigmoid((Evidence - EvenEvidence) / Step);
        if (likeness >= LeastNamed && Array.Exists(Pattern.Names.Own, reading.Titles.Contains))
            Confidence = Math.Max(Confidence, Named + NamedShare * likeness);
        double cover = right.Common / theirs.Right.Weight;
        PartConfidence = theirs.Right.Weight < LeastPart ? 0
            : 0.75 * Math.Pow(cover, 4) * Sigmoid((right.CommonStructure - EvenEvidence - 1) / Step);
    }

    // A name for something, a distribution, a proportion, a bound.
    private static RelationKind Sense(RelationKind kind) => kind switch
    {
        RelationKind.Distributed or RelationKind.Proportional => kind,
        RelationKind.Less or RelationKind.Greater => RelationKind.Less,
        _ => RelationKind.Equal,
    };

    private double LetterEvidence()
    {
        var evidence = new Matching.Evidence();
        foreach ((Gist mine, Gist theirs) in Leaves)
            evidence.Add(mine, theirs);
        likeness *= Math.Pow(Contradicted, evidence.Contradictions);
        bool isAlike = left is not null || reading.Left is null && Pattern.Reading.Left is null;
        return evidence.IsVerbatim && isAlike ? evidence.Total + Verbatim * likeness : evidence.Total;
    }

    // ∂L/∂W or ‖x‖, not a name such as y, σ(x) or p(x | y).
    private static bool Tells(Gist side) => side.Op is not (GistOps.Softmax or GistOps.Sigmoid or GistOps.Given or
        GistOps.Joint or GistOps.Chance or GistOps.Apply) && !side.IsLeaf &&
        (GistOps.IsCommon(side.Op) || !Array.TrueForAll(side.Children, child => child.Children.Length == 0));

    private double NameEvidence()
    {
        if (reading.Words.Length == 0 && Pattern.Reading.Words.Length == 0)
            return 0;
        if (Pattern.IsNamed(reading.Words))
            return 3;
        return reading.Words.Length > 0 && Pattern.Reading.Words.Length > 0 ? -1 : 0;
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
