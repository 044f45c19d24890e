using Nabla.Numerics.Kernels;
using Nabla.Tensors;
using Nabla.Tensors.Ops;
using Nabla.Tensors.Reference;

namespace Nabla.Learning.Layers;

/// <summary>
/// The largest number of each window, [B, C, H, W] → [B, C, OH, OW]; the stride is the kernel if not given. With
/// <paramref name="rectify"/> y = max(0, max x), a ReLU before the pooling in the same pass over x: the gradient goes
/// to the window's largest number if that is positive, else (0, negative or NaN, which y shows) to none.
/// </summary>
/// <example><code>
/// new MaxPool2d(2).Forward(new Tensor([1, 5, 4, 2], [1, 1, 2, 2]));   // = 5
/// </code></example>
[Formula("y = max_k x_k")]
public sealed class MaxPool2d(Size2d kernel, Size2d? stride = null, Size2d padding = default, bool rectify = false)
    : Pool2d(kernel, stride, padding), ILayer
{
    /// <summary>[B, C, H, W] → [B, C, OH, OW].</summary>
    /// <exception cref="ArgumentException">The window is larger than the input, or padding than half of it.</exception>
    public Tensor Forward(Tensor x) => x.MaxPool2d(Kernel, Stride, Padding, rectify);
}
