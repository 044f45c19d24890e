using Nabla.Numerics.Kernels;
using Nabla.Tensors;
using Nabla.Tensors.Ops;
using Nabla.Tensors.Reference;

namespace Nabla.Learning.Layers;

/// <summary>Images enlarged by a whole factor, [B, C, H, W] → [B, C, factor·H, factor·W].</summary>
/// <example><code>
/// new Upsample(2).Forward(Tensor.Zeros([1, 3, 8, 8])).Shape;   // = [1, 3, 16, 16]
/// </code></example>
[Formula("y_k = x_{p_k}")]
public sealed class Upsample(int factor, ResizeMode mode = ResizeMode.Nearest) : Module, ILayer
{
    private readonly int factor = Require.Positive(factor, nameof(Upsample));

    /// <summary>[B, C, H, W] → [B, C, factor·H, factor·W].</summary>
    /// <exception cref="ArgumentException">x is no batch of images.</exception>
    public Tensor Forward(Tensor x) => x.Rank == 4
        ? x.Interpolate((factor * x.Shape[2], factor * x.Shape[3]), mode)
        : throw new ArgumentException($"Upsample: x {x.Shape} must be [B, C, H, W].");
}
