using Nabla.Tensors;
using Nabla.Tensors.Ops;
using Nabla.Tensors.Reference;

namespace Nabla.Learning.Layers;

/// <summary>The mean of each window, [B, C, L] → [B, C, OL]; the stride is the kernel if not given.</summary>
/// <example><code>
/// new AvgPool1d(2).Forward(new Tensor([1, 5, 4, 2], [1, 1, 4]));   // = [3, 3]
/// </code></example>
[Formula("y = 1/n·Σ_k x_k")]
public sealed class AvgPool1d(int kernel, int? stride = null, int padding = 0)
    : Pool1d(kernel, stride, padding), ILayer
{
    /// <summary>[B, C, L] → [B, C, OL].</summary>
    /// <exception cref="ArgumentException">The window is larger than the input, or padding than half of it.</exception>
    public Tensor Forward(Tensor x) => x.AvgPool1d(Kernel, Stride, Padding);
}
