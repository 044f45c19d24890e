using Nabla.Numerics.LinearAlgebra;
using Nabla.Tensors;
using Nabla.Tensors.LinearAlgebra;
using Nabla.Tensors.Ops;

namespace Nabla.Formulas.Evaluation.Graph;

/// <summary>
/// ‖A‖₂ = σ₁, the largest singular value, or ‖A‖_* = Σσₖ. With A = UΣVᵀ the derivatives are u₁v₁ᵀ and UVᵀ, where
/// singular values that are 0 count nothing (a subgradient: Watson 1992, Characterization of the subdifferential of
/// some matrix norms, section 2).
/// </summary>
internal sealed class SingularNorm(bool sums) : IRule
{
    // A singular value that is smaller, compared with the largest, is 0.
    private const double Rounding = 1e-12;

    private Matrix<double>? slope;

    public static Node Apply(Tape tape, Node a, bool sums)
    {
        tape.Charge(a.Numbers.Length * 3L, 20L * a.Numbers.Length * Math.Min(a.Shape[0], a.Shape[1]));
        Func<Tensor[], Tensor>? engine = a.Wants ? null
            : sums ? static inputs => inputs[0].Svdvals().Sum() : static inputs => inputs[0].Svdvals().Max();
        return tape.Add([], engine, new SingularNorm(sums), a);
    }

    /// <inheritdoc/>
    public void Forward(Node y)
    {
        Node a = y.Inputs[0];
        if (Array.Exists(a.Numbers, number => !double.IsFinite(number)))
        {
            y.Numbers[0] = Array.Exists(a.Numbers, double.IsNaN) ? double.NaN : double.PositiveInfinity;
            slope = null;
            return;
        }
        SingularValueDecomposition<double> svd = new Matrix<double>(a.Shape[0], a.Shape[1], a.Numbers).Svd();
        double largest = svd.S.Length == 0 ? 0 : svd.S[0];
        int count = sums ? svd.S.Count(value => value > Rounding * largest) : Math.Min(1, svd.S.Length);
        slope = svd.U * Matrix<double>.Diagonal([.. svd.S.Select((_, k) => k < count ? 1.0 : 0.0)]) * svd.Vt;
        y.Numbers[0] = sums ? svd.S.Sum() : largest;
    }

    /// <inheritdoc/>
    public void Backward(Node y, double[] dy)
    {
        double[] dx = y.Inputs[0].Slope();
        for (int i = 0; i < dx.Length; i++)
            dx[i] += slope is null ? double.NaN : dy[0] * slope.Values[i];
    }
}
