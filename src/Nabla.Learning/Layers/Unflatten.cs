using Nabla.Tensors;
using Nabla.Tensors.Ops;
using Nabla.Tensors.Reference;

namespace Nabla.Learning.Layers;

/// <summary>One dimension as several: vectors [B, C·H·W] as images [B, C, H, W].</summary>
/// <param name="dim">The dimension; negative counts from the last.</param>
/// <param name="shape">What it becomes; its product is the dimension's size.</param>
/// <example><code>
/// new Unflatten(1, [2, 3]).Forward(Tensor.Zeros([5, 6])).Shape.ToString();   // = "[5, 2, 3]"
/// </code></example>
[Formula("y = x")]
public sealed class Unflatten(int dim, Shape shape) : Module, ILayer
{
    /// <summary>The same numbers with the dimension as several.</summary>
    /// <exception cref="ArgumentException">x has no such dimension, or its size is another.</exception>
    public Tensor Forward(Tensor x) => x.Unflatten(dim, shape.AsSpan());
}
