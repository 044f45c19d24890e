using System.Diagnostics.CodeAnalysis;
using System.Numerics;

namespace Nabla.Numerics.LinearAlgebra;

/// <summary>A = L·Lᵀ with a lower triangular L [n, n].</summary>
/// <param name="L">The factor, its diagonal positive, zeros above it.</param>
public sealed record CholeskyDecomposition<T>(Matrix<T> L) where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>X with A·X = B: two triangular systems, L·Y = B and Lᵀ·X = Y.</summary>
    /// <param name="b">The right sides, [n, m].</param>
    /// <returns>X, [n, m].</returns>
    /// <exception cref="ArgumentException">B has other rows than A, or a number is not finite.</exception>
    public Matrix<T> Solve(Matrix<T> b)
    {
        RequireMatrix.RightSide("Cholesky.Solve", L, b);
        Matrix<T> x = b.Copy();
        TriangularSolver.Solve(L.Block, new Triangle(Upper: false), x.Block);
        TriangularSolver.Solve(L.Block, new Triangle(Upper: false, Transposed: true), x.Block);
        return x;
    }

    /// <summary>ln det A = 2·Σ ln lᵢᵢ.</summary>
    public double LogDeterminant()
    {
        double sum = 0;
        for (int i = 0; i < L.Rows; i++)
            sum += Math.Log(double.CreateTruncating(L[i, i]));
        return 2 * sum;
    }
}

/// <summary>The Cholesky decomposition.</summary>
public static class CholeskyExtensions
{
    private const int PanelColumns = 64;

    extension<T>(Matrix<T> a) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        /// <summary>
        /// A = L·Lᵀ for a symmetric positive definite A [n, n]: lⱼⱼ = √(aⱼⱼ − Σ lⱼₖ²), lᵢⱼ = (aᵢⱼ − Σ lᵢₖlⱼₖ) / lⱼⱼ.
        /// Only the lower triangle is read.
        /// </summary>
        /// <exception cref="ArgumentException">
        /// A is not square, a number is not finite, or A is not positive definite.
        /// </exception>
        /// <example><code>
        /// var a = new Matrix&lt;double&gt;(2, 2, [4, 2, 2, 5]);
        /// a.Cholesky().L.Values;   // = [2, 0, 1, 2]
        /// Math.Sqrt(5 - 1 * 1);    // = 2
        /// </code></example>
        public CholeskyDecomposition<T> Cholesky()
        {
            int failed = Factor(a, out Matrix<T> l, out double pivot);
            return failed < 0 ? new CholeskyDecomposition<T>(l) : throw new ArgumentException(
                FormattableString.Invariant($"Cholesky: a is not positive definite: pivot {failed} is {pivot:G6}. ")
                + "Add a multiple of the identity, or use Lu or Eigh.");
        }

        /// <summary>The same; false where A is not positive definite.</summary>
        /// <exception cref="ArgumentException">A is not square or a number is not finite.</exception>
        public bool TryCholesky([NotNullWhen(true)] out CholeskyDecomposition<T>? decomposition)
        {
            bool succeeded = Factor(a, out Matrix<T> l, out _) < 0;
            decomposition = succeeded ? new CholeskyDecomposition<T>(l) : null;
            return succeeded;
        }
    }

    /// <summary>The row whose pivot is not positive, or −1.</summary>
    private static int Factor<T>(Matrix<T> a, out Matrix<T> l, out double pivot)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        RequireMatrix.Square("Cholesky", a);
        RequireMatrix.Finite("Cholesky", a);
        l = a.Copy();
        pivot = 0;
        for (int first = 0; first < a.Rows; first += PanelColumns)
        {
            int columns = Math.Min(PanelColumns, a.Rows - first);
            Block<T> panel = l.Block.Part(first, a.Rows - first, first, columns);
            for (int i = 0; i < panel.Rows; i++)
                if (!FactorRow(panel, i, ref pivot))
                    return first + i;
            Block<T> below = panel.From(columns, 0);
            BlockProduct.Subtract(l.Block.From(first + columns, first + columns), below, below.Transposed);
        }
        l.Block.ClearAboveDiagonal();
        return -1;
    }

    private static bool FactorRow<T>(Block<T> panel, int i, ref double pivot)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<T> row = panel[i];
        for (int j = 0; j < Math.Min(i, row.Length); j++)
            row[j] = (row[j] - Vectors.Dot<T>(row[..j], panel[j][..j])) / panel[j, j];
        if (i >= row.Length)
            return true;
        T square = row[i] - Vectors.Dot<T>(row[..i], row[..i]);
        pivot = double.CreateTruncating(square);
        row[i] = T.Sqrt(square);
        return square > T.Zero;
    }
}
