using Nabla.Numerics;
using Nabla.Tensors;
using Nabla.Tensors.Ops;
using Nabla.Tensors.Reference;

namespace Nabla.Learning.Layers;

/// <summary>
/// A transposed convolution of lines, [B, In, L] → [B, Out, OL],
/// which makes them larger by the stride. W [In, Out/G, K] and b [Out]
/// start uniform in ±1/√(Out/G·K), as in PyTorch (He et al. 2015 with a = √5).
/// </summary>
/// <example><code>
/// var layer = new ConvTranspose1d(8, 1, 4, new Rng(1), new() { Stride = 2, Padding = 1 });
/// layer.Forward(Tensor.Zeros([2, 8, 50])).Shape;   // = [2, 1, 100]
/// (50 - 1) * 2 - 2 * 1 + 4;                        // = 100
/// </code></example>
[Formula("y_{o,u} = b_o + Σ_c W_{c,o,u}·x_c")]
public sealed class ConvTranspose1d : Module, ILayer
{
    private readonly ConvOptions options;

    /// <summary>A layer from <paramref name="inputs"/> to <paramref name="outputs"/> channels.</summary>
    /// <exception cref="ArgumentException">
    /// A size is not positive, or the groups do not divide the channels.
    /// </exception>
    public ConvTranspose1d(int inputs, int outputs, int kernel, Rng rng, ConvOptions? options = null)
    {
        Require.Positive(inputs, nameof(ConvTranspose1d));
        Require.Positive(outputs, nameof(ConvTranspose1d));
        Require.Positive(kernel, nameof(ConvTranspose1d));
        this.options = (options ?? new()).OnlyZeros(nameof(ConvTranspose1d));
        this.options.Validate(nameof(ConvTranspose1d), inputs, outputs);
        float bound = 1 / MathF.Sqrt(outputs / this.options.Groups * kernel);
        Weight = Initialize.Uniform([inputs, outputs / this.options.Groups, kernel], bound, rng);
        Bias = this.options.Bias ? Initialize.Uniform([outputs], bound, rng) : null;
    }

    /// <summary>W, [In, Out/G, K].</summary>
    [StoredAs("weight")]
    public Parameter Weight { get; }

    /// <summary>b, [Out], if the layer has one.</summary>
    [StoredAs("bias")]
    public Parameter? Bias { get; }

    /// <summary>[B, In, L] → [B, Out, OL].</summary>
    public Tensor Forward(Tensor x) => x.ConvTranspose1d(Weight, Bias, options);
}
