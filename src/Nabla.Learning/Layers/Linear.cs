using Nabla.Numerics;
using Nabla.Numerics.Kernels;
using Nabla.Tensors;
using Nabla.Tensors.Ops;
using Nabla.Tensors.Reference;

namespace Nabla.Learning.Layers;

/// <summary>
/// A linear layer: y = x·Wᵀ + b, [..., In] → [..., Out], W [Out, In], b [Out]. W and b start uniform in ±1/√In, as in
/// PyTorch (He et al. 2015 with a = √5).
/// </summary>
/// <example><code>
/// var layer = new Linear(3, 2, new Rng(1));
/// layer.Forward(Tensor.Zeros([256, 3])).Shape;   // = [256, 2]
/// </code></example>
[Formula("y = x·Wᵀ + b")]
public sealed class Linear : Module, ILayer
{
    /// <summary>A layer from <paramref name="inputs"/> to <paramref name="outputs"/> numbers.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A size is not positive.</exception>
    public Linear(int inputs, int outputs, Rng rng, bool bias = true)
    {
        Require.Positive(inputs, nameof(Linear));
        Require.Positive(outputs, nameof(Linear));
        float bound = 1 / MathF.Sqrt(inputs);
        Weight = Initialize.Uniform([outputs, inputs], bound, rng);
        Bias = bias ? Initialize.Uniform([outputs], bound, rng) : null;
    }

    /// <summary>A layer with this weight [Out, In] and bias [Out].</summary>
    /// <exception cref="ArgumentException">The weight is no matrix, or the bias is not [Out].</exception>
    public Linear(Parameter weight, Parameter? bias)
    {
        if (weight.Rank != 2)
            throw new ArgumentException($"Linear: weight {weight.Shape} must be [Out, In].", nameof(weight));
        if (bias is not null && bias.Shape != Shape.Create([weight.Shape[0]]))
            throw new ArgumentException(
                $"Linear: bias {bias.Shape} does not fit weight {weight.Shape}; it must be [{weight.Shape[0]}].",
                nameof(bias));
        (Weight, Bias) = (weight, bias);
    }

    /// <summary>W, [Out, In].</summary>
    [StoredAs("weight")]
    public Parameter Weight { get; }

    /// <summary>b, [Out], if the layer has one.</summary>
    [StoredAs("bias")]
    public Parameter? Bias { get; }

    /// <summary>x·Wᵀ + b.</summary>
    public Tensor Forward(Tensor x) => x.Affine(Weight, Bias);

    /// <summary>f(x·Wᵀ + b), the bias and the activation in one pass.</summary>
    /// <typeparam name="TActivation">f, such as <see cref="Tensors.Ops.GeluTanh"/>.</typeparam>
    public Tensor Forward<TActivation>(Tensor x) where TActivation : struct, IUnaryOp => Bias is null
        ? Unary<TActivation>.Apply(x.Affine(Weight))
        : x.Affine(Weight).Activate<TActivation>(Bias);

    /// <summary>The same on plain numbers, [R, In] → [R, Out]; nothing is recorded or allocated.</summary>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public void Apply(ReadOnlySpan<float> x, Span<float> y)
    {
        (int outputs, int inputs) = (Weight.Shape[0], Weight.Shape[1]);
        int rows = Require.Rows(nameof(Linear), (x.Length, inputs), (y.Length, outputs));
        Gemm.Multiply(
            new GemmShape(rows, outputs, inputs) { TransposeB = true },
            x, Weight.Values, y, Bias is null ? default : Bias.Values);
    }
}
