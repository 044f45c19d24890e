using Nabla.Numerics.Kernels;
using Nabla.Tensors;
using Nabla.Tensors.Ops;
using Nabla.Tensors.Reference;

namespace Nabla.Learning.Layers;

/// <summary>The patches that a convolution's kernel sees, as columns: [B, C, H, W] → [B, C·KH·KW, OH·OW].</summary>
/// <param name="kernel">Height and width of a patch.</param>
/// <param name="options">Stride, padding and dilation.</param>
/// <example><code>
/// new Unfold((1, 2)).Forward(new Tensor([1, 2, 3], [1, 1, 1, 3])).ToArray();   // = [1, 2, 2, 3]
/// </code></example>
[Formula("y_k = x_{p_k}")]
public sealed class Unfold(Size2d kernel, ConvolutionOptions? options = null) : Module, ILayer
{
    private readonly Size2d kernel = Require.Positive(kernel, nameof(Unfold));

    /// <summary>[B, C, H, W] → [B, C·KH·KW, OH·OW].</summary>
    /// <exception cref="ArgumentException">x is no batch of images, or the kernel does not fit.</exception>
    public Tensor Forward(Tensor x) => x.Unfold(kernel, options);
}

/// <summary>
/// Patches added up to images, [B, C·KH·KW, OH·OW] → [B, C, H, W]: each number goes where <see cref="Unfold"/> takes it
/// from.
/// </summary>
/// <param name="image">Height and width of the images.</param>
/// <param name="kernel">Height and width of a patch.</param>
/// <param name="options">Stride, padding and dilation.</param>
/// <example><code>
/// new FoldPatches((1, 3), (1, 2)).Forward(Tensor.Ones([1, 2, 2])).ToArray();   // = [1, 2, 1]
/// </code></example>
[Formula("y_i = Σ_k P_{i,k}·x_k")]
public sealed class FoldPatches(Size2d image, Size2d kernel, ConvolutionOptions? options = null) : Module, ILayer
{
    private readonly Size2d image = Require.Positive(image, nameof(FoldPatches));
    private readonly Size2d kernel = Require.Positive(kernel, nameof(FoldPatches));

    /// <summary>[B, C·KH·KW, OH·OW] → [B, C, H, W].</summary>
    /// <exception cref="ArgumentException">x is not what <see cref="Unfold"/> gives of such images.</exception>
    public Tensor Forward(Tensor x)
    {
        if (x.Rank != 3 || x.Shape[1] % kernel.Area != 0)
            throw new ArgumentException(
                $"FoldPatches: x {x.Shape} must be [B, C·{kernel.Area}, L], the columns of patches of {kernel}.");
        return x.Fold([x.Shape[0], x.Shape[1] / kernel.Area, image.Height, image.Width], kernel, options);
    }
}
