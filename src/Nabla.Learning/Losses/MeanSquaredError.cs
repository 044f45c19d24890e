using Nabla.Tensors;
using Nabla.Tensors.Ops;
using Nabla.Tensors.Reference;

namespace Nabla.Learning.Losses;

public static partial class Loss
{
    /// <summary>The mean of (prediction − target)² over all elements.</summary>
    /// <example><code>
    /// Loss.MeanSquaredError(new Tensor([1, 2], [2]), new Tensor([3, 5], [2])).Item();   // = 6.5
    /// (Math.Pow(1 - 3, 2) + Math.Pow(2 - 5, 2)) / 2;                                    // = 6.5
    /// </code></example>
    /// <exception cref="ArgumentException">The shapes differ: broadcasting here is nearly always a mistake.</exception>
    [Formula("L = 1/n·Σ_i (x_i − t_i)²")]
    public static Tensor MeanSquaredError(
        Tensor prediction, Tensor target, LossReduction reduction = LossReduction.Mean)
    {
        SameShape(nameof(MeanSquaredError), (nameof(prediction), prediction), (nameof(target), target));
        return Reduce((prediction - target).Square(), reduction);
    }
}
