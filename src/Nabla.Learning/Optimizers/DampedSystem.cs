using System.Diagnostics.CodeAnalysis;
using Nabla.Numerics.LinearAlgebra;

namespace Nabla.Learning.Optimizers;

/// <summary>
/// (A + λI)x = b for a symmetric A [n, n], by Cholesky's decomposition in double, which also says whether the matrix is
/// positive definite: only then x leads downhill. The lower triangle of A is read.
/// </summary>
internal sealed class DampedSystem(double[] a, int n)
{
    private const int MostNumbers = 8192; // the matrix then has 512 MB

    /// <summary>Throws if a matrix of all trainable numbers by all were too large.</summary>
    public static void RequireSmall(string owner, int size)
    {
        if (size > MostNumbers)
            throw new ArgumentException(
                $"{owner}: the module has {size} trainable numbers; at most {MostNumbers}, for a matrix of all by " +
                "all. Use Lbfgs.", nameof(size));
    }

    /// <summary>Solves it; false where A + λI is not positive definite.</summary>
    public bool TrySolve(double damping, ReadOnlySpan<double> b, [NotNullWhen(true)] out double[]? x)
    {
        x = null;
        var damped = new Matrix<double>(n, n, a);
        for (int i = 0; i < n; i++)
            damped[i, i] += damping;
        if (damped.TryCholesky(out CholeskyDecomposition<double>? factor))
            x = factor.Solve(new Matrix<double>(n, 1, b)).Values.ToArray();
        return x is not null;
    }

    /// <summary>xᵀAx.</summary>
    public double Curvature(ReadOnlySpan<double> x)
    {
        double sum = 0;
        for (int i = 0; i < n; i++)
            for (int j = 0; j <= i; j++)
                sum += (i == j ? 1 : 2) * x[i] * a[i * n + j] * x[j];
        return sum;
    }
}
