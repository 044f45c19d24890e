using Nabla.Formulas.Evaluation.Graph;
using Nabla.Formulas.Evaluation.Quantities;

namespace Nabla.Formulas.Evaluation.Functions;

/// <summary>Losses and measures of distributions that formulas call by name.</summary>
internal static class Losses
{
    /// <summary>The rows.</summary>
    public static IEnumerable<Function> All { get; } =
    [
        new("mse", 2, 2, f => f.A.Mean(f.A.Map(Elementary.Square, f.A.Subtract(f[0], f[1])))),
        new("mae", 2, 2, f => f.A.Mean(f.A.Map(Elementary.Abs, f.A.Subtract(f[0], f[1])))),
        new("entropy", 1, 2, f => f.Values.Length == 1 ? Entropy(f) : Cross(f.A, f[0], f[1])),
        new("cross_entropy", 2, 2, f => Cross(f.A, f[0], f[1])),
        new("kl", 2, 2, f => Divergence(f.A, f[0], f[1])),
        new("js", 2, 2, JensenShannon),
        new("bce", 2, 2, f => BinaryCrossEntropy(f.A, f[0], f[1])),
        new("binary_cross_entropy_with_logits", 2, 2, OfLogits),
        new("smooth_absolute_error", 2, 2, SmoothAbsolute),
        new("cross_entropy_of_logits", 2, 2, CrossOfLogits),
    ];

    /// <summary>−Σ p·log p; 0·log 0 is 0. Of one number p it is that of p and 1 − p; H₂ is in bits.</summary>
    private static Quantity Entropy(Application f)
    {
        Quantity p = f[0], sum = Total(f.A, Weighted(f.A, p, p));
        if (p.Rank == 0 && p.Axes.Length == 0)
        {
            f.C.Note("the entropy of one probability is that of it and of what is left to 1.");
            Quantity rest = f.A.Subtract(f.A.Number(1), p);
            sum = f.A.Add(sum, Weighted(f.A, rest, rest));
        }
        bool isInBits = f.Call.Function is Trees.Symbol { Subscripts: [Trees.Number { Value: 2 }] };
        return f.A.Negate(isInBits ? f.A.Divide(sum, f.A.Number(Math.Log(2))) : sum);
    }

    /// <summary>−Σ p·log q.</summary>
    private static Quantity Cross(Algebra algebra, Quantity p, Quantity q) =>
        algebra.Negate(Total(algebra, Weighted(algebra, p, q)));

    /// <summary>Σ p·log(p/q).</summary>
    private static Quantity Divergence(Algebra algebra, Quantity p, Quantity q) => Total(
        algebra, algebra.Subtract(Weighted(algebra, p, p), Weighted(algebra, p, q)));

    private static Quantity JensenShannon(Application f)
    {
        Quantity half = f.A.Number(0.5), middle = f.A.Multiply(half, f.A.Add(f[0], f[1]));
        return f.A.Multiply(half, f.A.Add(Divergence(f.A, f[0], middle), Divergence(f.A, f[1], middle)));
    }

    private static Quantity BinaryCrossEntropy(Algebra algebra, Quantity y, Quantity p)
    {
        Quantity one = algebra.Number(1);
        Quantity sum = algebra.Add(
            Weighted(algebra, y, p), Weighted(algebra, algebra.Subtract(one, y), algebra.Subtract(one, p)));
        return algebra.Negate(algebra.Mean(sum));
    }

    /// <summary>mean(softplus(z) − y·z) of logits z: −[y log σ(z) + (1 − y) log(1 − σ(z))].</summary>
    private static Quantity OfLogits(Application f) => f.A.Mean(f.A.Subtract(
        f.A.Map(Elementary.ByName["softplus"], f[0]), f.A.Multiply(f[1], f[0])));

    /// <summary>The mean of d²/2 where |d| &lt; 1, else |d| − 1/2: m(|d| − m/2) with m = min(|d|, 1).</summary>
    private static Quantity SmoothAbsolute(Application f)
    {
        Quantity size = f.A.Map(Elementary.Abs, f.A.Subtract(f[0], f[1]));
        Quantity least = f.A.Zip(BinaryRule<Nabla.Tensors.Ops.Minimum>.Instance, size, f.A.Number(1), "min");
        return f.A.Mean(f.A.Multiply(least, f.A.Subtract(size, f.A.Multiply(f.A.Number(0.5), least))));
    }

    /// <summary>
    /// −mean Σ t·log softmax(z) over rows; targets are probabilities of the shape of z, or the place of the right class
    /// in each row, counted from 0 as in PyTorch.
    /// </summary>
    private static Quantity CrossOfLogits(Application f)
    {
        Quantity logits = f[0], targets = f[1];
        if (logits.Axes.Length > 0 || logits.Rank is 0 or > 2 || logits.Rank - targets.Rank is not (0 or 1))
            throw Rules.NodeRules.NoValue(f.Call,
                "the cross-entropy of other than logits [B, C] and targets [B] or [B, C] has");
        Quantity logs = Lists.Softmax(f.A, logits, isLog: true);
        int rows = logits.Rank == 1 ? 1 : logits.Own[0];
        if (targets.Rank < logits.Rank)
        {
            if (targets.Node.Values.Length != rows)
                throw Rules.NodeRules.NoValue(f.Call, $"the cross-entropy of {rows} rows of logits and "
                    + $"{targets.Node.Values.Length} classes has");
            double[] hot = Lists.OneHot(targets.Node.Values, logits.Own[-1], first: 0);
            targets = new(f.C.Tape.Constant(logits.Node.Shape, hot));
        }
        else if (targets.Own != logits.Own)
            throw Rules.NodeRules.NoValue(f.Call, $"the cross-entropy of logits of the shape {logits.Own} and targets "
                + $"of the shape {targets.Own} has");
        Quantity sum = f.A.Negate(Total(f.A, f.A.Multiply(targets, logs)));
        return logits.Rank == 1 ? sum : f.A.Divide(sum, f.A.Number(rows));
    }

    private static Quantity Total(Algebra algebra, Quantity x) => algebra.FoldOwn(x, Reductions.Sum);

    /// <summary>w·log p, 0 where both are 0.</summary>
    private static Quantity Weighted(Algebra algebra, Quantity w, Quantity p)
    {
        if (!Array.Exists(w.Node.Values, value => value == 0) || !Array.Exists(p.Node.Values, value => value == 0))
            return algebra.Multiply(w, algebra.Map(Elementary.Log, p));
        Quantity mask = algebra.Zip(ConstantPairRule.Holds((a, b) => a != 0 || b != 0), w, p, "≠");
        Quantity safe = Rules.ConditionRules.Choose(algebra, mask, p, algebra.Number(1));
        return algebra.Multiply(w, algebra.Map(Elementary.Log, safe));
    }
}
