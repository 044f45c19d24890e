using Nabla.Numerics.Kernels;
using Nabla.Tensors;
using Nabla.Tensors.Ops;
using Nabla.Tensors.Reference;

namespace Nabla.Learning.Layers;

/// <summary>The mean of each window, [B, C, H, W] → [B, C, OH, OW]; the stride is the kernel if not given.</summary>
/// <example><code>
/// new AvgPool2d(2).Forward(new Tensor([1, 5, 4, 2], [1, 1, 2, 2]));   // = 3
/// </code></example>
[Formula("y = 1/n·Σ_k x_k")]
public sealed class AvgPool2d(Size2d kernel, Size2d? stride = null, Size2d padding = default)
    : Pool2d(kernel, stride, padding), ILayer
{
    /// <summary>[B, C, H, W] → [B, C, OH, OW].</summary>
    /// <exception cref="ArgumentException">The window is larger than the input, or padding than half of it.</exception>
    public Tensor Forward(Tensor x) => x.AvgPool2d(Kernel, Stride, Padding);
}
