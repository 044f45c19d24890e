using Nabla.Tensors;
using Nabla.Tensors.Ops;
using Nabla.Tensors.Reference;

namespace Nabla.Learning.Losses;

public static partial class Loss
{
    /// <summary>
    /// The mean of max(0, margin − t·x), t = ±1: no loss for a score on the right side by the margin, as in a support
    /// vector machine. Cortes and Vapnik 1995.
    /// </summary>
    /// <example><code>
    /// Loss.Hinge(new Tensor([0.3f, -2]), new Tensor([1, -1])).Item();   // = 0.35
    /// (Math.Max(0, 1 - 0.3) + Math.Max(0, 1 - 2)) / 2;                  // = 0.35
    /// </code></example>
    /// <exception cref="ArgumentException">The shapes differ, or a target is not ±1.</exception>
    [Formula("L = 1/n·Σ_i max(0, m − t_i·x_i)")]
    public static Tensor Hinge(
        Tensor scores, Tensor target, float margin = 1, LossReduction reduction = LossReduction.Mean)
    {
        SameShape(nameof(Hinge), (nameof(scores), scores), (nameof(target), target));
        PlusOrMinusOne(nameof(Hinge), target);
        return Reduce((margin - target * scores).Relu(), reduction);
    }

    /// <summary>
    /// The mean of x where t = 1 and max(0, margin − x) where t = −1, for distances x of pairs that belong together or
    /// not.
    /// </summary>
    /// <example><code>
    /// Loss.HingeEmbedding(new Tensor([0.3f, 0.4f]), new Tensor([1, -1])).Item();   // = 0.45
    /// (0.3 + Math.Max(0, 1 - 0.4)) / 2;                                            // = 0.45
    /// </code></example>
    /// <exception cref="ArgumentException">The shapes differ, or a target is not ±1.</exception>
    [Formula("L = 1/n·Σ_i (t_i > 0 ? x_i : max(0, m − x_i))")]
    public static Tensor HingeEmbedding(
        Tensor distances, Tensor target, float margin = 1, LossReduction reduction = LossReduction.Mean)
    {
        SameShape(nameof(HingeEmbedding), (nameof(distances), distances), (nameof(target), target));
        PlusOrMinusOne(nameof(HingeEmbedding), target);
        Tensor together = target.Greater(0);
        return Reduce(distances * together + (margin - distances).Relu() * (1 - together), reduction);
    }

    /// <summary>The mean of log(1 + e^(−t·x)), t = ±1: a hinge without a corner.</summary>
    /// <example><code>
    /// Loss.SoftMargin(new Tensor([0.3f]), new Tensor([-1f])).Item();   // = 0.8544
    /// Math.Log(1 + Math.Exp(0.3));                                     // = 0.8544
    /// </code></example>
    /// <exception cref="ArgumentException">The shapes differ, or a target is not ±1.</exception>
    [Formula("L = 1/n·Σ_i log(1 + exp(−t_i·x_i))")]
    public static Tensor SoftMargin(Tensor scores, Tensor target, LossReduction reduction = LossReduction.Mean)
    {
        SameShape(nameof(SoftMargin), (nameof(scores), scores), (nameof(target), target));
        PlusOrMinusOne(nameof(SoftMargin), target);
        return Reduce(-(target * scores).LogSigmoid(), reduction);
    }

    /// <summary>
    /// The mean of max(0, −t·(x₁ − x₂) + margin): x₁ is to be larger than x₂ where t = 1, smaller where t = −1.
    /// </summary>
    /// <example><code>
    /// Loss.MarginRanking(new Tensor([1f]), new Tensor([0.8f]), new Tensor([-1f]), margin: 0.5f).Item();   // = 0.7
    /// Math.Max(0, (1 - 0.8) + 0.5);                                                                       // = 0.7
    /// </code></example>
    /// <exception cref="ArgumentException">The shapes differ, or a target is not ±1.</exception>
    [Formula("L = 1/n·Σ_i max(0, −t_i·(a_i − b_i) + m)")]
    public static Tensor MarginRanking(
        Tensor x1, Tensor x2, Tensor target, float margin = 0, LossReduction reduction = LossReduction.Mean)
    {
        SameShape(nameof(MarginRanking), (nameof(x1), x1), (nameof(x2), x2));
        SameShape(nameof(MarginRanking), (nameof(x1), x1), (nameof(target), target));
        PlusOrMinusOne(nameof(MarginRanking), target);
        return Reduce((margin - target * (x1 - x2)).Relu(), reduction);
    }
}
