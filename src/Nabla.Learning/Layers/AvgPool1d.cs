using Nabla.Tensors;
using Nabla.Tensors.Ops;

namespace Nabla.Learning.Layers;

/// <summary>The mean of each window, [B, C, L] → [B, C, OL]; the stride is the kernel if not given.</summary>
public sealed class AvgPool1d(int kernel, int? stride = null, int padding = 0) : Module
{
    private readonly int kernel = Require.Positive(kernel, nameof(AvgPool1d));
    private readonly int stride = Require.Positive(stride ?? kernel, nameof(AvgPool1d), nameof(stride));
    private readonly int padding = Require.NotNegative(padding, nameof(AvgPool1d));

    /// <summary>[B, C, L] → [B, C, OL].</summary>
    /// <exception cref="ArgumentException">The window is larger than the input, or padding than half of it.</exception>
    public Tensor Forward(Tensor x) => x.AvgPool1d(kernel, stride, padding);
}
