using Nabla.Tensors;
using Nabla.Tensors.Ops;
using Nabla.Tensors.Reference;

namespace Nabla.Learning.Layers;

/// <summary>
/// The largest number of each window, [B, C, L] → [B, C, OL]; the stride is the kernel if not given. With
/// <paramref name="rectify"/> y = max(0, max x), as in <see cref="MaxPool2d"/>.
/// </summary>
/// <example><code>
/// new MaxPool1d(2).Forward(new Tensor([1, 5, 4, 2], [1, 1, 4]));   // = [5, 4]
/// </code></example>
[Formula("y = max_k x_k")]
public sealed class MaxPool1d(int kernel, int? stride = null, int padding = 0, bool rectify = false)
    : Pool1d(kernel, stride, padding), ILayer
{
    /// <summary>[B, C, L] → [B, C, OL].</summary>
    /// <exception cref="ArgumentException">The window is larger than the input, or padding than half of it.</exception>
    public Tensor Forward(Tensor x) => x.MaxPool1d(Kernel, Stride, Padding, rectify);
}
