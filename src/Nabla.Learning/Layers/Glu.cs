using Nabla.Tensors;
using Nabla.Tensors.Ops;
using Nabla.Tensors.Reference;

namespace Nabla.Learning.Layers;

/// <summary>A gated linear unit as a layer: y = a·σ(b) of the two halves of a dimension. arXiv:1612.08083.</summary>
/// <param name="dim">The dimension, of an even size; negative counts from the last.</param>
/// <example><code>
/// new Glu().Forward(new Tensor([3, 1])).Item();   // = 2.1932
/// 3 / (1 + Math.Exp(-1));                         // = 2.1932
/// </code></example>
[Formula("y = a ⊙ σ(b)")]
public sealed class Glu(int dim = -1) : Module, ILayer
{
    /// <summary>a·σ(b), half as large along the dimension.</summary>
    /// <exception cref="ArgumentException">The size of the dimension is odd.</exception>
    public Tensor Forward(Tensor x) => x.Glu(dim);
}
