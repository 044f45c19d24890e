using Nabla.Numerics.Kernels;
using Nabla.Tensors;
using Nabla.Tensors.Ops;
using Nabla.Tensors.Reference;

namespace Nabla.Learning.Layers;

/// <summary>
/// Lines of any length averaged to one length, [B, C, L] → [B, C, size]: output i is the mean of x from ⌊i·L/size⌋ to
/// ⌈(i + 1)·L/size⌉.
/// </summary>
/// <param name="size">The length of the results.</param>
/// <example><code>
/// new AdaptiveAvgPool1d(2).Forward(new Tensor([1, 2, 3], [1, 1, 3])).ToArray();   // = [1.5, 2.5]
/// </code></example>
[Formula("y = 1/n·Σ_k x_k")]
public sealed class AdaptiveAvgPool1d(int size) : Module, ILayer
{
    private readonly int size = Require.Positive(size, nameof(AdaptiveAvgPool1d));

    /// <summary>[B, C, L] → [B, C, size].</summary>
    /// <exception cref="ArgumentException">x has other dimensions, or no numbers in a line.</exception>
    public Tensor Forward(Tensor x) => x.AdaptiveAvgPool1d(size);
}

/// <summary>
/// Images of any size averaged to one size, [B, C, H, W] → [B, C, size]; with size 1 one number a channel, before the
/// linear layer of a classifier.
/// </summary>
/// <param name="size">Height and width of the results.</param>
/// <example><code>
/// new AdaptiveAvgPool2d(1).Forward(new Tensor([1, 2, 3, 6], [1, 1, 2, 2])).Item();   // = 3
/// (1 + 2 + 3 + 6) / 4;                                                               // = 3
/// </code></example>
[Formula("y = 1/n·Σ_k x_k")]
public sealed class AdaptiveAvgPool2d(Size2d size) : Module, ILayer
{
    private readonly Size2d size = Require.Positive(size, nameof(AdaptiveAvgPool2d));

    /// <summary>[B, C, H, W] → [B, C, size].</summary>
    /// <exception cref="ArgumentException">x has other dimensions, or no pixels.</exception>
    public Tensor Forward(Tensor x) => x.AdaptiveAvgPool2d(size);
}

/// <summary>The largest numbers of windows as of <see cref="AdaptiveAvgPool1d"/>, [B, C, L] → [B, C, size].</summary>
/// <param name="size">The length of the results.</param>
/// <example><code>
/// new AdaptiveMaxPool1d(2).Forward(new Tensor([1, 5, 3], [1, 1, 3])).ToArray();   // = [5, 5]
/// </code></example>
[Formula("y = max_k x_k")]
public sealed class AdaptiveMaxPool1d(int size) : Module, ILayer
{
    private readonly int size = Require.Positive(size, nameof(AdaptiveMaxPool1d));

    /// <summary>[B, C, L] → [B, C, size].</summary>
    /// <exception cref="ArgumentException">x has other dimensions, or no numbers in a line.</exception>
    public Tensor Forward(Tensor x) => x.AdaptiveMaxPool1d(size);
}

/// <summary>
/// The largest numbers of windows as of <see cref="AdaptiveAvgPool2d"/>, [B, C, H, W] → [B, C, size].
/// </summary>
/// <param name="size">Height and width of the results.</param>
/// <example><code>
/// new AdaptiveMaxPool2d(1).Forward(new Tensor([1, 2, 6, 3], [1, 1, 2, 2])).Item();   // = 6
/// </code></example>
[Formula("y = max_k x_k")]
public sealed class AdaptiveMaxPool2d(Size2d size) : Module, ILayer
{
    private readonly Size2d size = Require.Positive(size, nameof(AdaptiveMaxPool2d));

    /// <summary>[B, C, H, W] → [B, C, size].</summary>
    /// <exception cref="ArgumentException">x has other dimensions, or no pixels.</exception>
    public Tensor Forward(Tensor x) => x.AdaptiveMaxPool2d(size);
}
