using Nabla.Numerics;
using Nabla.Tensors;

namespace Nabla.Learning.Layers;

/// <summary>
/// A module from one tensor to one tensor: what <see cref="Sequential"/> puts in a row. Whether a layer trains is not a
/// state of it but said at each call: with random numbers it trains (dropout drops, batch norm uses the statistics of
/// the batch), without it evaluates. Most layers do the same in both.
/// </summary>
public interface ILayer
{
    /// <summary>The layer's result in evaluation.</summary>
    Tensor Forward(Tensor x);

    /// <summary>The layer's result; <paramref name="rng"/> is given in training and null in evaluation.</summary>
    Tensor Forward(Tensor x, Rng? rng = null) => Forward(x);
}
