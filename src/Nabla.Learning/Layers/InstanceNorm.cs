using Nabla.Tensors;
using Nabla.Tensors.Ops;
using Nabla.Tensors.Reference;

namespace Nabla.Learning.Layers;

/// <summary>
/// Instance normalisation: y = (x − μ)/√(σ² + ε)·γ_c + β_c for x [B, C, …], with mean μ and variance σ² of each channel
/// of each image. If it is affine, γ starts at 1 and β at 0; else they are that for ever. Ulyanov et al. 2016,
/// arXiv:1607.08022.
/// </summary>
[Formula("y = (x − 𝔼[x])/√(Var[x] + ε) ⊙ γ + β")]
public abstract class InstanceNorm : Module, ILayer
{
    private readonly int channels;
    private readonly float epsilon;

    /// <summary>A layer for <paramref name="channels"/> channels.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not positive, or ε negative.</exception>
    private protected InstanceNorm(int channels, bool affine, float epsilon)
    {
        this.channels = Require.Positive(channels, GetType().Name);
        this.epsilon = Require.NotNegative(epsilon, GetType().Name);
        Scale = affine ? Initialize.Constant([channels], 1) : null;
        Shift = affine ? Initialize.Constant([channels], 0) : null;
    }

    /// <summary>γ, [C], if the layer is affine.</summary>
    [StoredAs("weight")]
    public Parameter? Scale { get; }

    /// <summary>β, [C], if the layer is affine.</summary>
    [StoredAs("bias")]
    public Parameter? Shift { get; }

    private protected abstract int Rank { get; }

    /// <summary>Normalises each channel of each image.</summary>
    /// <exception cref="ArgumentException">x has other dimensions, or one number a channel.</exception>
    public Tensor Forward(Tensor x)
    {
        if (x.Rank != Rank || x.Shape[1] != channels)
            throw new ArgumentException(
                $"{GetType().Name}: x {x.Shape} must be [B, {channels}, {(Rank == 3 ? "L" : "H, W")}].");
        if (x.Count > 0 && x.Count == x.Shape[0] * channels)
            throw new ArgumentException(
                $"{GetType().Name}: x {x.Shape} has one number a channel, which has no variance.");
        return x.GroupNorm(
            channels, Scale ?? Tensor.Ones([channels]), Shift ?? Tensor.Zeros([channels]), epsilon);
    }
}

/// <summary>Instance normalisation of lines [B, C, L]; see <see cref="InstanceNorm"/>.</summary>
/// <example><code>
/// new InstanceNorm1d(1).Forward(new Tensor([1, 3], [1, 1, 2])).ToArray();   // = [-1.0, 1.0]
/// (3 - 2) / Math.Sqrt(1 + 1e-5);                                            // = 1.0
/// </code></example>
public sealed class InstanceNorm1d(int channels, bool affine = false, float epsilon = 1e-5f)
    : InstanceNorm(channels, affine, epsilon)
{
    private protected override int Rank => 3;
}

/// <summary>Instance normalisation of images [B, C, H, W]; see <see cref="InstanceNorm"/>.</summary>
/// <example><code>
/// new InstanceNorm2d(1).Forward(new Tensor([1, 3], [1, 1, 1, 2])).ToArray();   // = [-1.0, 1.0]
/// (3 - 2) / Math.Sqrt(1 + 1e-5);                                               // = 1.0
/// </code></example>
public sealed class InstanceNorm2d(int channels, bool affine = false, float epsilon = 1e-5f)
    : InstanceNorm(channels, affine, epsilon)
{
    private protected override int Rank => 4;
}
