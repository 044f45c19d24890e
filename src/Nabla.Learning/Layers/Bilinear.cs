using Nabla.Numerics;
using Nabla.Tensors;
using Nabla.Tensors.Ops;
using Nabla.Tensors.Reference;

namespace Nabla.Learning.Layers;

/// <summary>
/// What two vectors say together: y_o = x₁ᵀ·W_o·x₂ + b_o, [..., In1] and [..., In2] → [..., Out], W [Out, In1, In2].
/// W and b start uniform in ±1/√In1, as in PyTorch.
/// </summary>
/// <example><code>
/// var layer = new Bilinear(2, 2, 1, new Rng(1), bias: false);
/// new float[] { 1, 2, 3, 4 }.CopyTo(layer.Weight.Values);
/// layer.Forward(new Tensor([1, 2]), new Tensor([3, 4])).Item();   // = 61
/// 1 * (1 * 3 + 2 * 4) + 2 * (3 * 3 + 4 * 4);                      // = 61
/// </code></example>
[Formula("y_o = x_1ᵀ·W_o·x_2 + b_o")]
public sealed class Bilinear : Module
{
    /// <summary>A layer from pairs of vectors to <paramref name="outputs"/> numbers.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A size is not positive.</exception>
    public Bilinear(int inputs1, int inputs2, int outputs, Rng rng, bool bias = true)
    {
        Require.Positive(inputs1, nameof(Bilinear));
        Require.Positive(inputs2, nameof(Bilinear));
        Require.Positive(outputs, nameof(Bilinear));
        float bound = 1 / MathF.Sqrt(inputs1);
        Weight = Initialize.Uniform([outputs, inputs1, inputs2], bound, rng);
        Bias = bias ? Initialize.Uniform([outputs], bound, rng) : null;
    }

    /// <summary>W, [Out, In1, In2].</summary>
    [StoredAs("weight")]
    public Parameter Weight { get; }

    /// <summary>b, [Out], if the layer has one.</summary>
    [StoredAs("bias")]
    public Parameter? Bias { get; }

    /// <summary>x₁ᵀ·W·x₂ + b, [..., Out].</summary>
    /// <exception cref="ArgumentException">The vectors have other sizes, or there are not as many of each.</exception>
    public Tensor Forward(Tensor x1, Tensor x2)
    {
        (int in1, int in2) = (Weight.Shape[1], Weight.Shape[2]);
        if (x1.Rank == 0 || x2.Rank == 0 || x1.Shape[-1] != in1 || x2.Shape != x1.Shape.With(-1, in2))
            throw new ArgumentException(
                $"Bilinear: x₁ {x1.Shape} and x₂ {x2.Shape} must be [..., {in1}] and [..., {in2}], alike in front.");
        return x1.Bilinear(x2, Weight, Bias);
    }
}
