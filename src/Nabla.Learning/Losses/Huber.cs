using Nabla.Tensors;
using Nabla.Tensors.Ops;
using Nabla.Tensors.Reference;

namespace Nabla.Learning.Losses;

public static partial class Loss
{
    /// <summary>
    /// With d = |prediction − target| the mean of ½·d² where d ≤ δ, else δ·(d − ½·δ): squared for small errors, linear
    /// for outliers. Huber 1964, Annals of Mathematical Statistics 35.
    /// </summary>
    /// <example><code>
    /// Loss.Huber(new Tensor([0.5f, 4]), new Tensor([0, 0]), delta: 2).Item();   // = 3.0625
    /// (0.5 * 0.5 * 0.5 + 2 * (4 - 0.5 * 2)) / 2;                                // = 3.0625
    /// </code></example>
    /// <exception cref="ArgumentException">The shapes differ, or δ is not positive.</exception>
    [Formula("L = 1/n·Σ_i (|x_i − t_i| ≤ δ ? 1/2·(x_i − t_i)² : δ·(|x_i − t_i| − 1/2·δ))")]
    public static Tensor Huber(
        Tensor prediction, Tensor target, double delta = 1, LossReduction reduction = LossReduction.Mean)
    {
        SameShape(nameof(Huber), (nameof(prediction), prediction), (nameof(target), target));
        if (!(delta > 0 && delta <= float.MaxValue))
            throw new ArgumentOutOfRangeException(nameof(delta), $"Huber: delta = {delta} must be above 0.");
        Tensor d = (prediction - target).Abs(), near = d.Clamp(max: delta);
        return Reduce(near.Square() * 0.5f + (d - near) * (float)delta, reduction);
    }

    /// <summary>
    /// <see cref="Huber"/> divided by its threshold: ½·d²/β where d &lt; β, else d − ½·β; with β = 0 the absolute
    /// error. Girshick 2015, arXiv:1504.08083.
    /// </summary>
    /// <example><code>
    /// Loss.SmoothL1(new Tensor([0.5f, 4]), new Tensor([0, 0]), beta: 2).Item();   // = 1.53125
    /// (0.5 * 0.5 * 0.5 / 2 + (4 - 0.5 * 2)) / 2;                                  // = 1.53125
    /// </code></example>
    /// <exception cref="ArgumentException">The shapes differ, or β is negative.</exception>
    [Formula("L = 1/n·Σ_i (|x_i − t_i| < β ? 1/2·(x_i − t_i)²/β : |x_i − t_i| − 1/2·β)")]
    public static Tensor SmoothL1(
        Tensor prediction, Tensor target, double beta = 1, LossReduction reduction = LossReduction.Mean)
    {
        SameShape(nameof(SmoothL1), (nameof(prediction), prediction), (nameof(target), target));
        if (Require.NotNegative(beta, nameof(SmoothL1)) == 0)
            return MeanAbsoluteError(prediction, target, reduction);
        return Reduce(Huber(prediction, target, beta, LossReduction.None) * (float)(1 / beta), reduction);
    }
}
