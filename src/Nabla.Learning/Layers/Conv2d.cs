using Nabla.Numerics;
using Nabla.Numerics.Kernels;
using Nabla.Tensors;
using Nabla.Tensors.Ops;
using Nabla.Tensors.Reference;

namespace Nabla.Learning.Layers;

/// <summary>
/// A convolution of images, [B, In, H, W] → [B, Out, OH, OW]. W [Out, In/G, KH, KW] and b [Out] start uniform in
/// ±1/√(In/G·KH·KW), as in PyTorch (He et al. 2015 with a = √5).
/// </summary>
/// <example><code>
/// var layer = new Conv2d(1, 32, 3, new Rng(1), new() { Padding = 1 });
/// layer.Forward(Tensor.Zeros([64, 1, 28, 28])).Shape;   // = [64, 32, 28, 28]
/// </code></example>
[Formula("y_o = b_o + Σ_{c,u,v} W_{o,c,u,v}·x_{c,u,v}")]
public sealed class Conv2d : Module, ILayer
{
    private readonly ConvOptions options;

    /// <summary>A layer from <paramref name="inputs"/> to <paramref name="outputs"/> channels.</summary>
    /// <exception cref="ArgumentException">
    /// A size is not positive, or the groups do not divide the channels.
    /// </exception>
    public Conv2d(int inputs, int outputs, Size2d kernel, Rng rng, ConvOptions? options = null)
    {
        Require.Positive(inputs, nameof(Conv2d));
        Require.Positive(outputs, nameof(Conv2d));
        Require.Positive(kernel.Height, nameof(Conv2d));
        Require.Positive(kernel.Width, nameof(Conv2d));
        this.options = options ?? new();
        this.options.Validate(nameof(Conv2d), inputs, outputs);
        float bound = 1 / MathF.Sqrt(inputs / this.options.Groups * kernel.Area);
        Weight = Initialize.Uniform([outputs, inputs / this.options.Groups, kernel.Height, kernel.Width], bound, rng);
        Bias = this.options.Bias ? Initialize.Uniform([outputs], bound, rng) : null;
    }

    /// <summary>W, [Out, In/G, KH, KW].</summary>
    [StoredAs("weight")]
    public Parameter Weight { get; }

    /// <summary>b, [Out], if the layer has one.</summary>
    [StoredAs("bias")]
    public Parameter? Bias { get; }

    /// <summary>[B, In, H, W] → [B, Out, OH, OW].</summary>
    /// <exception cref="ArgumentException">x does not fit the weight, or the padding.</exception>
    public Tensor Forward(Tensor x)
    {
        (Tensor padded, ConvOptions rest) = options.Pad(x, line: false);
        return padded.Conv2d(Weight, Bias, rest);
    }
}
