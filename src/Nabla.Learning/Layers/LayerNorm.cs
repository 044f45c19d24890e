using Nabla.Tensors;
using Nabla.Tensors.Ops;

namespace Nabla.Learning.Layers;

/// <summary>
/// Layer normalisation: y = (x − μ)/√(σ² + ε)·γ + β, with mean μ and variance σ² of each vector of the last dimension.
/// γ starts at 1, β at 0. Ba et al. 2016, arXiv:1607.06450.
/// </summary>
public sealed class LayerNorm : Module
{
    private readonly float epsilon;

    /// <summary>A layer for vectors of <paramref name="dim"/> numbers.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The size is not positive, or ε negative.</exception>
    public LayerNorm(int dim, float epsilon = 1e-5f)
    {
        Require.Positive(dim, nameof(LayerNorm));
        this.epsilon = Require.NotNegative(epsilon, nameof(LayerNorm));
        Scale = Initialize.Constant([dim], 1);
        Shift = Initialize.Constant([dim], 0);
    }

    /// <summary>γ, [Dim].</summary>
    [StoredAs("weight")]
    public Parameter Scale { get; }

    /// <summary>β, [Dim].</summary>
    [StoredAs("bias")]
    public Parameter Shift { get; }

    /// <summary>Normalises each vector, [..., Dim].</summary>
    public Tensor Forward(Tensor x) => x.LayerNorm(Scale, Shift, epsilon);
}
