using Nabla.Numerics;
using Nabla.Numerics.Kernels;
using Nabla.Tensors;
using Nabla.Tensors.Ops;
using Nabla.Tensors.Reference;

namespace Nabla.Learning.Layers;

/// <summary>
/// A transposed convolution of images, [B, In, H, W] → [B, Out, OH, OW],
/// which makes them larger by the stride. W [In, Out/G, KH, KW] and b [Out]
/// start uniform in ±1/√(Out/G·KH·KW), as in PyTorch (He et al. 2015 with a = √5).
/// </summary>
/// <example><code>
/// var layer = new ConvTranspose2d(8, 1, 4, new Rng(1), new() { Stride = 2, Padding = 1 });
/// layer.Forward(Tensor.Zeros([2, 8, 14, 14])).Shape;   // = [2, 1, 28, 28]
/// (14 - 1) * 2 - 2 * 1 + 4;                            // = 28
/// </code></example>
[Formula("y_{o,u,v} = b_o + Σ_c W_{c,o,u,v}·x_c")]
public sealed class ConvTranspose2d : Module, ILayer
{
    private readonly ConvOptions options;

    /// <summary>A layer from <paramref name="inputs"/> to <paramref name="outputs"/> channels.</summary>
    /// <exception cref="ArgumentException">
    /// A size is not positive, or the groups do not divide the channels.
    /// </exception>
    public ConvTranspose2d(int inputs, int outputs, Size2d kernel, Rng rng, ConvOptions? options = null)
    {
        Require.Positive(inputs, nameof(ConvTranspose2d));
        Require.Positive(outputs, nameof(ConvTranspose2d));
        Require.Positive(kernel.Height, nameof(ConvTranspose2d));
        Require.Positive(kernel.Width, nameof(ConvTranspose2d));
        this.options = (options ?? new()).OnlyZeros(nameof(ConvTranspose2d));
        this.options.Validate(nameof(ConvTranspose2d), inputs, outputs);
        float bound = 1 / MathF.Sqrt(outputs / this.options.Groups * kernel.Area);
        Weight = Initialize.Uniform([inputs, outputs / this.options.Groups, kernel.Height, kernel.Width], bound, rng);
        Bias = this.options.Bias ? Initialize.Uniform([outputs], bound, rng) : null;
    }

    /// <summary>W, [In, Out/G, KH, KW].</summary>
    [StoredAs("weight")]
    public Parameter Weight { get; }

    /// <summary>b, [Out], if the layer has one.</summary>
    [StoredAs("bias")]
    public Parameter? Bias { get; }

    /// <summary>[B, In, H, W] → [B, Out, OH, OW].</summary>
    public Tensor Forward(Tensor x) => x.ConvTranspose2d(Weight, Bias, options);
}
