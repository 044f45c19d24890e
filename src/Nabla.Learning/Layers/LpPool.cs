using Nabla.Numerics.Kernels;
using Nabla.Tensors;
using Nabla.Tensors.Ops;
using Nabla.Tensors.Reference;

namespace Nabla.Learning.Layers;

/// <summary>
/// The p-norm of each window of a line, y = (Σ xᵖ)^(1/p), [B, C, L] → [B, C, OL]; the stride is the kernel if not
/// given.
/// </summary>
/// <example><code>
/// new LpPool1d(2, 2).Forward(new Tensor([3, 4], [1, 1, 2])).Item();   // = 5
/// Math.Sqrt(3 * 3 + 4 * 4);                                           // = 5
/// </code></example>
[Formula("y = (Σ_k x_k^p)^(1/p)")]
public sealed class LpPool1d(double p, int kernel, int? stride = null) : Pool1d(kernel, stride, padding: 0), ILayer
{
    private readonly double p = LpPool2d.RequirePower(p, nameof(LpPool1d));

    /// <summary>[B, C, L] → [B, C, OL].</summary>
    /// <exception cref="ArgumentException">The window is larger than the input.</exception>
    public Tensor Forward(Tensor x) => x.LpPool1d(p, Kernel, Stride);
}

/// <summary>
/// The p-norm of each window of an image, y = (Σ xᵖ)^(1/p), [B, C, H, W] → [B, C, OH, OW]; the stride is the kernel if
/// not given.
/// </summary>
/// <example><code>
/// new LpPool2d(2, (1, 2)).Forward(new Tensor([3, 4], [1, 1, 1, 2])).Item();   // = 5
/// Math.Sqrt(3 * 3 + 4 * 4);                                                   // = 5
/// </code></example>
[Formula("y = (Σ_k x_k^p)^(1/p)")]
public sealed class LpPool2d(double p, Size2d kernel, Size2d? stride = null)
    : Pool2d(kernel, stride, padding: default), ILayer
{
    private readonly double p = RequirePower(p, nameof(LpPool2d));

    /// <summary>[B, C, H, W] → [B, C, OH, OW].</summary>
    /// <exception cref="ArgumentException">The window is larger than the input.</exception>
    public Tensor Forward(Tensor x) => x.LpPool2d(p, Kernel, Stride);

    internal static double RequirePower(double p, string owner) => p > 0 && double.IsFinite(p)
        ? p
        : throw new ArgumentOutOfRangeException(nameof(p), $"{owner}: p = {p} must be a number above 0.");
}
