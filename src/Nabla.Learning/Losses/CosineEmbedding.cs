using Nabla.Tensors;
using Nabla.Tensors.Ops;
using Nabla.Tensors.Reference;

namespace Nabla.Learning.Losses;

public static partial class Loss
{
    /// <summary>
    /// The mean of 1 − cos(x₁, x₂) for pairs that belong together, t = 1, and max(0, cos(x₁, x₂) − margin) for others,
    /// t = −1; from vectors [N, D] and targets [N].
    /// </summary>
    /// <example><code>
    /// Tensor a = new([1, 2], [1, 2]), b = new([2, 1], [1, 2]);
    /// Loss.CosineEmbedding(a, b, new Tensor([1f])).Item();   // = 0.2
    /// 1 - (1 * 2 + 2 * 1) / 5.0;                             // = 0.2
    /// </code></example>
    /// <exception cref="ArgumentException">
    /// The shapes do not fit, a target is not ±1, or the margin not in [−1, 1].
    /// </exception>
    [Formula("c = a·b/(‖a‖·‖b‖), L = (t > 0 ? 1 − c : max(0, c − m))")]
    public static Tensor CosineEmbedding(
        Tensor x1, Tensor x2, Tensor target, float margin = 0, LossReduction reduction = LossReduction.Mean)
    {
        const float epsilon = 1e-12f;
        SameShape(nameof(CosineEmbedding), (nameof(x1), x1), (nameof(x2), x2));
        if (x1.Rank == 0 || target.Shape != x1.Shape.Without(-1))
            throw new ArgumentException(
                $"CosineEmbedding: target {target.Shape} must have a number for each vector of {x1.Shape}.");
        if (margin is not (>= -1 and <= 1))
            throw new ArgumentOutOfRangeException(
                nameof(margin), $"CosineEmbedding: margin = {margin} must be in [−1, 1].");
        PlusOrMinusOne(nameof(CosineEmbedding), target);
        Tensor squares = (x1.Square().Sum(-1) + epsilon) * (x2.Square().Sum(-1) + epsilon);
        Tensor cosine = (x1 * x2).Sum(-1) / squares.Sqrt(), together = target.Greater(0);
        return Reduce((1 - cosine) * together + (cosine - margin).Relu() * (1 - together), reduction);
    }
}
