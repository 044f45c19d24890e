using Nabla.Numerics.LinearAlgebra;

namespace Nabla.Formulas.Evaluation.Graph;

/// <summary>
/// The largest or smallest eigenvalue λ of a symmetric matrix, with the derivative vvᵀ, or singular value σ of any
/// matrix, with the derivative uvᵀ (Magnus 1985, On differentiating eigenvalues and eigenvectors, theorem 1).
/// </summary>
internal sealed class SpectralExtreme(bool isLargest, bool isSingular) : IRule
{
    // Entries across the diagonal that differ less, compared with the largest, are equal.
    private const double Rounding = 1e-9;

    private Matrix<double> slope = new(0, 0, []);

    /// <exception cref="FormulaException">The matrix of an eigenvalue is not symmetric, or not finite.</exception>
    public static Node Apply(Tape tape, Node a, bool isLargest, bool isSingular)
    {
        int rows = a.Shape[0], columns = a.Shape[1];
        if (Array.Exists(a.Numbers, number => !double.IsFinite(number)))
            throw new FormulaException("only matrices of finite numbers have eigenvalues and singular values.");
        if (!isSingular && (rows != columns || !IsSymmetric(a.Numbers, rows)))
            throw new FormulaException("the eigenvalues of a matrix that is not symmetric may be complex; they are not "
                + "computed.");
        tape.Charge(a.Numbers.Length * 3L, 30L * a.Numbers.Length * Math.Max(rows, columns));
        return tape.Add([], engine: null, new SpectralExtreme(isLargest, isSingular), a);
    }

    /// <inheritdoc/>
    public void Forward(Node y)
    {
        Node a = y.Inputs[0];
        var matrix = new Matrix<double>(a.Shape[0], a.Shape[1], a.Numbers);
        if (isSingular)
        {
            SingularValueDecomposition<double> svd = matrix.Svd();
            int at = Extreme(svd.S);
            y.Numbers[0] = svd.S[at];
            slope = svd.U * Only(at, svd.S.Length) * svd.Vt;
        }
        else
        {
            SymmetricEigen<double> eigen = matrix.Eigh();
            int at = Extreme(eigen.Values);
            y.Numbers[0] = eigen.Values[at];
            slope = eigen.Vectors * Only(at, eigen.Values.Length) * eigen.Vectors.Transpose();
        }
    }

    /// <inheritdoc/>
    public void Backward(Node y, double[] dy)
    {
        double[] dx = y.Inputs[0].Slope();
        for (int i = 0; i < dx.Length; i++)
            dx[i] += dy[0] * slope.Values[i];
    }

    private int Extreme(double[] values) =>
        Array.IndexOf(values, isLargest ? values.Max() : values.Min());

    private static Matrix<double> Only(int at, int count) =>
        Matrix<double>.Diagonal([.. Enumerable.Range(0, count).Select(i => i == at ? 1.0 : 0.0)]);

    private static bool IsSymmetric(double[] a, int n)
    {
        double size = a.Select(Math.Abs).DefaultIfEmpty().Max();
        for (int i = 0; i < n; i++)
            for (int j = 0; j < i; j++)
                if (Math.Abs(a[i * n + j] - a[j * n + i]) > Rounding * size)
                    return false;
        return true;
    }
}
