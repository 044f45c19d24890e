using Nabla.Tensors;
using Nabla.Tensors.Ops;
using Nabla.Tensors.Reference;

namespace Nabla.Learning.Losses;

public static partial class Loss
{
    /// <summary>The mean of |prediction − target| over all elements; PyTorch's L1 loss.</summary>
    /// <example><code>
    /// Loss.MeanAbsoluteError(new Tensor([1, 2]), new Tensor([3, 5])).Item();   // = 2.5
    /// (Math.Abs(1 - 3) + Math.Abs(2 - 5)) / 2.0;                               // = 2.5
    /// </code></example>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    [Formula("L = 1/n·Σ_i |x_i − t_i|")]
    public static Tensor MeanAbsoluteError(
        Tensor prediction, Tensor target, LossReduction reduction = LossReduction.Mean)
    {
        SameShape(nameof(MeanAbsoluteError), (nameof(prediction), prediction), (nameof(target), target));
        return Reduce((prediction - target).Abs(), reduction);
    }
}
