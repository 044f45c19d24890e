using Nabla.Tensors;
using Nabla.Tensors.Ops;

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
public sealed class PixelShuffle(int factor) : Module, ILayer
{
    private readonly int factor = Require.Positive(factor, nameof(PixelShuffle));

    /// <summary>[B, C·r², H, W] → [B, C, r·H, r·W].</summary>
    /// <exception cref="ArgumentException">x is no batch of images, or r² does not divide the channels.</exception>
    public Tensor Forward(Tensor x)
    {
        if (x.Rank != 4 || x.Shape[1] % (factor * factor) != 0)
            throw new ArgumentException(
                $"PixelShuffle: x {x.Shape} must be [B, C, H, W] with C a multiple of {factor * factor}.");
        (int b, int c, int h, int w) = (x.Shape[0], x.Shape[1] / (factor * factor), x.Shape[2], x.Shape[3]);
        return x.Reshape(b, c, factor, factor, h, w)                    // c, i, j, h, w
            .Transpose(3, 4).Transpose(2, 3).Transpose(4, 5)            // c, h, i, w, j
            .Reshape(b, c, factor * h, factor * w);
    }
}
