using Nabla.Numerics.Kernels;
using Nabla.Tensors;
using Nabla.Tensors.Ops;
using Nabla.Tensors.Reference;

namespace Nabla.Learning.Layers;

/// <summary>
/// Layer normalisation: y = (x − μ)/√(σ² + ε)·γ + β, with mean μ and variance σ² of each vector of the last dimension.
/// γ starts at 1, β at 0. Ba et al. 2016, arXiv:1607.06450.
/// </summary>
/// <example><code>
/// new LayerNorm(2, epsilon: 0).Forward(new Tensor([1, 3], [2]));   // = [-1, 1]
/// (1 - 2) / Math.Sqrt(1);                                           // = -1
/// </code></example>
[Formula("y = (x − 𝔼[x])/√(Var[x] + ε) ⊙ γ + β")]
public sealed class LayerNorm : Module, ILayer
{
    private const int RowsAtOnce = 256;

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

    /// <summary>The same on plain numbers, [R, Dim] → [R, Dim]; nothing is recorded or allocated.</summary>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public void Apply(ReadOnlySpan<float> x, Span<float> y)
    {
        int dim = Scale.Count, rows = Require.Rows(nameof(LayerNorm), (x.Length, dim), (y.Length, dim));
        Span<float> statistics = stackalloc float[2 * RowsAtOnce];
        for (int row = 0; row < rows; row += RowsAtOnce)
        {
            int count = Math.Min(RowsAtOnce, rows - row);
            LayerNormKernel.Forward(
                x.Slice(row * dim, count * dim), new NormParameters(Scale.Values, Shift.Values, epsilon),
                y.Slice(row * dim, count * dim), new NormStatistics(statistics[..count], statistics[^count..]));
        }
    }
}
