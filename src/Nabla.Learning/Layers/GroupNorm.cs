using Nabla.Tensors;
using Nabla.Tensors.Ops;
using Nabla.Tensors.Reference;

namespace Nabla.Learning.Layers;

/// <summary>
/// Group normalisation: y = (x − μ)/√(σ² + ε)·γ_c + β_c for x [B, C, …], with mean μ and variance σ² of each group of
/// channels of each image. γ starts at 1, β at 0. Wu and He 2018, arXiv:1803.08494.
/// </summary>
/// <example><code>
/// Tensor x = new([1, 3, 10, 30], [1, 4, 1]);
/// new GroupNorm(2, 4, epsilon: 0).Forward(x);   // = [-1, 1, -1, 1]
/// </code></example>
[Formula("y = (x − 𝔼[x])/√(Var[x] + ε) ⊙ γ + β")]
public sealed class GroupNorm : Module, ILayer
{
    private readonly int groups;
    private readonly float epsilon;

    /// <summary>A layer for <paramref name="channels"/> channels in <paramref name="groups"/> groups.</summary>
    /// <exception cref="ArgumentException">
    /// A number is not positive, ε negative, or the groups do not divide the channels.
    /// </exception>
    public GroupNorm(int groups, int channels, float epsilon = 1e-5f)
    {
        this.groups = Require.Positive(groups, nameof(GroupNorm));
        Require.Positive(channels, nameof(GroupNorm));
        if (channels % groups != 0)
            throw new ArgumentException($"GroupNorm: {groups} groups do not divide {channels} channels evenly.");
        this.epsilon = Require.NotNegative(epsilon, nameof(GroupNorm));
        Scale = Initialize.Constant([channels], 1);
        Shift = Initialize.Constant([channels], 0);
    }

    /// <summary>γ, [C].</summary>
    [StoredAs("weight")]
    public Parameter Scale { get; }

    /// <summary>β, [C].</summary>
    [StoredAs("bias")]
    public Parameter Shift { get; }

    /// <summary>Normalises each group of channels of each image, [B, C, …].</summary>
    public Tensor Forward(Tensor x) => x.GroupNorm(groups, Scale, Shift, epsilon);
}
