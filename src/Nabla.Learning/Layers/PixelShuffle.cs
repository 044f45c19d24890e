using Nabla.Tensors;
using Nabla.Tensors.Ops;
using Nabla.Tensors.Reference;

namespace Nabla.Learning.Layers;

/// <summary>
/// Channels as pixels, [B, C·r², H, W] → [B, C, r·H, r·W]: y[c, r·h + i, r·w + j] = x[c·r² + r·i + j, h, w]. Shi et al.
/// 2016, arXiv:1609.05158.
/// </summary>
/// <param name="factor">r, at least 1.</param>
/// <example><code>
/// new PixelShuffle(2).Forward(new Tensor([1, 2, 3, 4], [1, 4, 1, 1])).Shape.ToString();   // = "[1, 1, 2, 2]"
/// new PixelShuffle(2).Forward(new Tensor([1, 2, 3, 4], [1, 4, 1, 1])).ToArray();          // = [1, 2, 3, 4]
/// </code></example>
[Formula("y_k = x_{p_k}")]
public sealed class PixelShuffle(int factor) : Module, ILayer
{
    private readonly int factor = Require.Positive(factor, nameof(PixelShuffle));

    /// <summary>[B, C·r², H, W] → [B, C, r·H, r·W].</summary>
    /// <exception cref="ArgumentException">x is no batch of images, or r² does not divide the channels.</exception>
    public Tensor Forward(Tensor x) => x.PixelShuffle(factor);
}
