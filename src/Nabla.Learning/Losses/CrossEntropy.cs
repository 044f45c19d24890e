using Nabla.Tensors;
using Nabla.Tensors.Ops;

namespace Nabla.Learning.Losses;

/// <summary>What training makes small: scalars that say how far predictions are from the truth.</summary>
public static partial class Loss
{
    /// <summary>
    /// The mean of −log softmax(logits)[target] in nats, from logits [..., V] and one target for each row; rows with
    /// target −1 do not count. Fused and stable (log-sum-exp).
    /// </summary>
    /// <exception cref="ArgumentException">
    /// The number of targets is not that of the rows, or a target is not in −1 … V − 1.
    /// </exception>
    public static Tensor CrossEntropy(Tensor logits, ReadOnlySpan<int> targets) => logits.CrossEntropy(targets);
}
