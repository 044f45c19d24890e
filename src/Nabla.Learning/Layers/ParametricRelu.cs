using Nabla.Tensors;
using Nabla.Tensors.Ops;
using Nabla.Tensors.Reference;

namespace Nabla.Learning.Layers;

/// <summary>
/// ReLU with a learned slope: y = x for x &gt; 0, else a·x, with one a for all or one for each channel. PyTorch calls
/// it PReLU. He et al. 2015, arXiv:1502.01852.
/// </summary>
/// <example><code>
/// new ParametricRelu().Forward(new Tensor([-2, 3])).ToArray();   // = [-0.5, 3]
/// 0.25 * -2;                                                     // = -0.5
/// </code></example>
[Formula("y = max(0, x) + a ⊙ min(0, x)")]
public sealed class ParametricRelu : Module, ILayer
{
    /// <summary>A layer for <paramref name="channels"/> slopes, 1 or as many as channels.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not positive.</exception>
    public ParametricRelu(int channels = 1, float initial = 0.25f) => Slope = Initialize.Constant(
        [Require.Positive(channels, nameof(ParametricRelu))], Require.Finite(initial, nameof(ParametricRelu)));

    /// <summary>a, [1] or [C].</summary>
    [StoredAs("weight")]
    public Parameter Slope { get; }

    /// <summary>x or a·x, [B, C, …].</summary>
    /// <exception cref="ArgumentException">x has not as many channels as there are slopes.</exception>
    public Tensor Forward(Tensor x)
    {
        if (Slope.Count == 1)
            return x.PRelu(Slope);
        if (x.Rank < 2 || x.Shape[1] != Slope.Count)
            throw new ArgumentException($"ParametricRelu: x {x.Shape} must be [B, {Slope.Count}, …].");
        var channels = new int[x.Rank - 1];
        channels.AsSpan().Fill(1);
        channels[0] = Slope.Count;
        return x.PRelu(Slope.Reshape(channels));
    }
}
