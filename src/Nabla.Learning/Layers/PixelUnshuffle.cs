using Nabla.Tensors;
using Nabla.Tensors.Ops;
using Nabla.Tensors.Reference;

namespace Nabla.Learning.Layers;

/// <summary>Pixels as channels, [B, C, r·H, r·W] → [B, C·r², H, W]: what <see cref="PixelShuffle"/> undoes.</summary>
/// <param name="factor">r, at least 1.</param>
/// <example><code>
/// Tensor x = Tensor.Randn([2, 8, 3, 5], new Rng(1));
/// new PixelUnshuffle(2).Forward(new PixelShuffle(2).Forward(x)).ToArray().SequenceEqual(x.ToArray());   // = true
/// </code></example>
[Formula("y_k = x_{p_k}")]
public sealed class PixelUnshuffle(int factor) : Module, ILayer
{
    private readonly int factor = Require.Positive(factor, nameof(PixelUnshuffle));

    /// <summary>[B, C, r·H, r·W] → [B, C·r², H, W].</summary>
    /// <exception cref="ArgumentException">x is no batch of images, or r does not divide height and width.</exception>
    public Tensor Forward(Tensor x) => x.PixelUnshuffle(factor);
}
