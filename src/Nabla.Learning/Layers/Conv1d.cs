using Nabla.Numerics;
using Nabla.Tensors;
using Nabla.Tensors.Ops;
using Nabla.Tensors.Reference;

namespace Nabla.Learning.Layers;

/// <summary>
/// A convolution of lines, [B, In, L] → [B, Out, OL]. W [Out, In/G, K] and b [Out] start uniform in
/// ±1/√(In/G·K), as in PyTorch (He et al. 2015 with a = √5).
/// </summary>
/// <example><code>
/// var layer = new Conv1d(1, 32, 3, new Rng(1), new() { Padding = 1 });
/// layer.Forward(Tensor.Zeros([64, 1, 100])).Shape;   // = [64, 32, 100]
/// </code></example>
[Formula("y_o = b_o + Σ_{c,u} W_{o,c,u}·x_{c,u}")]
public sealed class Conv1d : Module, ILayer
{
    private readonly ConvOptions options;

    /// <summary>A layer from <paramref name="inputs"/> to <paramref name="outputs"/> channels.</summary>
    /// <exception cref="ArgumentException">
    /// A size is not positive, or the groups do not divide the channels.
    /// </exception>
    public Conv1d(int inputs, int outputs, int kernel, Rng rng, ConvOptions? options = null)
    {
        Require.Positive(inputs, nameof(Conv1d));
        Require.Positive(outputs, nameof(Conv1d));
        Require.Positive(kernel, nameof(Conv1d));
        this.options = options ?? new();
        this.options.Validate(nameof(Conv1d), inputs, outputs);
        float bound = 1 / MathF.Sqrt(inputs / this.options.Groups * kernel);
        Weight = Initialize.Uniform([outputs, inputs / this.options.Groups, kernel], bound, rng);
        Bias = this.options.Bias ? Initialize.Uniform([outputs], bound, rng) : null;
    }

    /// <summary>W, [Out, In/G, K].</summary>
    [StoredAs("weight")]
    public Parameter Weight { get; }

    /// <summary>b, [Out], if the layer has one.</summary>
    [StoredAs("bias")]
    public Parameter? Bias { get; }

    /// <summary>[B, In, L] → [B, Out, OL].</summary>
    /// <exception cref="ArgumentException">x does not fit the weight, or the padding.</exception>
    public Tensor Forward(Tensor x)
    {
        (Tensor padded, ConvOptions rest) = options.Pad(x, line: true);
        return padded.Conv1d(Weight, Bias, rest);
    }
}
