using Nabla.Formulas.Knowledge.Gists;

namespace Nabla.Formulas.Knowledge.Matching;

/// <summary>
/// The best way to lay one gist over another: like nodes on like nodes, commutative operands in any order, and a node
/// that only one of them has skipped at the loss of its weight.
/// </summary>
internal sealed class Alignment
{
    private const int MostOperands = 12;

    // How much more a softmax or a sigmoid says when both write it out.
    private const double WrittenOut = 2.5;

    private readonly int columns;
    private readonly double[] best;

    private Alignment(int rows, int columns)
    {
        this.columns = columns;
        best = new double[rows * columns];
        Array.Fill(best, -1);
    }

    /// <summary>The weight that is common to both.</summary>
    public double Common { get; private set; }

    /// <summary>What stands for what.</summary>
    public List<(Gist Mine, Gist Theirs)> Leaves { get; } = [];

    /// <summary>The common weight of nodes that are no leaves.</summary>
    public double CommonStructure { get; private set; }

    /// <param name="mine">A gist that has been numbered from 0.</param>
    /// <param name="theirs">Another.</param>
    /// <param name="sizes">How many nodes each has.</param>
    public static Alignment Of(Gist mine, Gist theirs, (int Mine, int Theirs) sizes)
    {
        var alignment = new Alignment(sizes.Mine, sizes.Theirs);
        alignment.Common = alignment.Score(mine, theirs);
        alignment.Collect(mine, theirs);
        return alignment;
    }

    private double Score(Gist a, Gist b)
    {
        ref double known = ref best[a.Index * columns + b.Index];
        if (known >= 0)
            return known;
        double score = Laid(a, b);
        foreach (Gist child in a.Children)
            score = Math.Max(score, Score(child, b));
        foreach (Gist child in b.Children)
            score = Math.Max(score, Score(a, child));
        best[a.Index * columns + b.Index] = score;
        return score;
    }

    // a's own node on b's own node, and what is below.
    private double Laid(Gist a, Gist b)
    {
        double likeness = Likeness(a, b);
        if (likeness == 0)
            return 0;
        double score = likeness * GistOps.Weight(a.Op);
        if (a.Children.Length == 0 || b.Children.Length == 0)
            return score;
        foreach ((Gist x, Gist y) in Pairs(a, b))
            score += Score(x, y);
        return score;
    }

    private static double Likeness(Gist a, Gist b)
    {
        if (a.IsLeaf && b.IsLeaf)
            return string.Equals(a.Letter, b.Letter, StringComparison.Ordinal) || a.IsSpokenOf(b) ? 1
                : a.IsOfOneKind(b) ? 0.9 : 0.8;
        if (a.IsNumber && b.IsNumber)
            return string.Equals(a.Letter, b.Letter, StringComparison.Ordinal) ? 1 : 0.3;
        return GistOps.Likeness(a.Op, b.Op);
    }

    private IEnumerable<(Gist X, Gist Y)> Pairs(Gist a, Gist b)
    {
        if (a.Children.Length == 1 && b.Children.Length == 1)
            return [(a.Children[0], b.Children[0])];
        bool ordered = !GistOps.IsCommutative(a.Op) && a.Op != GistOps.Apply && b.Op != GistOps.Apply;
        if (ordered || a.Children.Length * b.Children.Length > MostOperands * MostOperands)
            return a.Children.Zip(b.Children);
        return Assigned(a.Children, b.Children);
    }

    // Greedy: the best pair first.
    private List<(Gist, Gist)> Assigned(Gist[] left, Gist[] right)
    {
        var pairs = new List<(Gist, Gist)>();
        ulong takenLeft = 0, takenRight = 0;
        for (int round = Math.Min(left.Length, right.Length); round > 0; round--)
        {
            double top = 0;
            int bestLeft = -1, bestRight = -1;
            for (int i = 0; i < left.Length; i++)
            {
                if ((takenLeft >> i & 1) != 0)
                    continue;
                for (int j = 0; j < right.Length; j++)
                {
                    if ((takenRight >> j & 1) != 0)
                        continue;
                    double gain = Gain(left[i], right[j]);
                    if (gain > top)
                        (top, bestLeft, bestRight) = (gain, i, j);
                }
            }
            if (bestLeft < 0)
                break;
            takenLeft |= 1ul << bestLeft;
            takenRight |= 1ul << bestRight;
            pairs.Add((left[bestLeft], right[bestRight]));
        }
        return pairs;
    }

    // What a pair brings compared with what it uses up, so that a small operand does not take a large one's place.
    private double Gain(Gist x, Gist y)
    {
        double score = Score(x, y);
        return score * score / Math.Max(x.Weight, y.Weight);
    }

    private void Collect(Gist a, Gist b)
    {
        double score = Score(a, b);
        if (score <= 0)
            return;
        if (Laid(a, b) >= score)
        {
            if (a.IsLeaf && b.IsLeaf)
                Leaves.Add((a, b));
            else
                CommonStructure += Likeness(a, b) * GistOps.Weight(a.Op) +
                    (a.Letter == GistAlgebra.WrittenOut && b.Letter == a.Letter ? WrittenOut : 0);
            if (a.Children.Length > 0 && b.Children.Length > 0)
            {
                foreach ((Gist x, Gist y) in Pairs(a, b))
                    Collect(x, y);
            }
            return;
        }
        foreach (Gist child in a.Children)
        {
            if (Score(child, b) >= score)
            {
                Collect(child, b);
                return;
            }
        }
        foreach (Gist child in b.Children)
        {
            if (Score(a, child) >= score)
            {
                Collect(a, child);
                return;
            }
        }
    }
}
