using Nabla.Numerics.Kernels;
using Nabla.Tensors;
using Nabla.Tensors.Ops;
using Nabla.Tensors.Reference;

namespace Nabla.Learning.Layers;

/// <summary>
/// Root-mean-square normalisation: y = x/√(mean(x²) + ε)·γ. γ starts at 1. Zhang and Sennrich 2019, arXiv:1910.07467.
/// </summary>
/// <example><code>
/// new RmsNorm(2, epsilon: 0).Forward(new Tensor([3, 4], [2]));   // = [0.8485, 1.1314]
/// 3 / Math.Sqrt((9 + 16) / 2.0);                                  // = 0.8485
/// </code></example>
[Formula("y = x/√(1/n·Σ_i x_i² + ε) ⊙ γ")]
public sealed class RmsNorm : Module, ILayer
{
    private const int RowsAtOnce = 256;

    private readonly float epsilon;

    /// <summary>A layer for vectors of <paramref name="dim"/> numbers.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The size is not positive, or ε negative.</exception>
    public RmsNorm(int dim, float epsilon = 1e-5f)
    {
        Require.Positive(dim, nameof(RmsNorm));
        this.epsilon = Require.NotNegative(epsilon, nameof(RmsNorm));
        Scale = Initialize.Constant([dim], 1);
    }

    /// <summary>γ, [Dim].</summary>
    [StoredAs("weight")]
    public Parameter Scale { get; }

    /// <summary>Normalises each vector, [..., Dim].</summary>
    public Tensor Forward(Tensor x) => x.RmsNorm(Scale, epsilon);

    /// <summary>The same on plain numbers, [R, Dim] → [R, Dim]; nothing is recorded or allocated.</summary>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public void Apply(ReadOnlySpan<float> x, Span<float> y)
    {
        int dim = Scale.Count, rows = Require.Rows(nameof(RmsNorm), (x.Length, dim), (y.Length, dim));
        Span<float> rstd = stackalloc float[RowsAtOnce];
        for (int row = 0; row < rows; row += RowsAtOnce)
        {
            int count = Math.Min(RowsAtOnce, rows - row);
            RmsNormKernel.Forward(
                x.Slice(row * dim, count * dim), Scale.Values, epsilon, y.Slice(row * dim, count * dim), rstd[..count]);
        }
    }
}
