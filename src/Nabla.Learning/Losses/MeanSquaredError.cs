using Nabla.Tensors;
using Nabla.Tensors.Ops;

namespace Nabla.Learning.Losses;

public static partial class Loss
{
    /// <summary>The mean of (prediction − target)² over all elements.</summary>
    /// <exception cref="ArgumentException">The shapes differ: broadcasting here is nearly always a mistake.</exception>
    public static Tensor MeanSquaredError(Tensor prediction, Tensor target) => prediction.Shape == target.Shape
        ? (prediction - target).Square().Mean()
        : throw new ArgumentException(
            $"MeanSquaredError: prediction {prediction.Shape} and target {target.Shape} differ; reshape one of them.");
}
