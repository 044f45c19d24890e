using System.Numerics;

namespace Nabla.Numerics.LinearAlgebra;

/// <summary>A = U·diag(S)·Vᵀ.</summary>
/// <param name="U">Left singular vectors as columns, [m, k], or [m, m] if full; k = min(m, n).</param>
/// <param name="S">Singular values, not negative, in descending order, [k].</param>
/// <param name="Vt">Right singular vectors as rows, [k, n], or [n, n] if full.</param>
public sealed record SingularValueDecomposition<T>(Matrix<T> U, T[] S, Matrix<T> Vt)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>;

/// <summary>The singular value decomposition.</summary>
public static class SvdExtensions
{
    // From here on the rows are first reduced to n by a QR decomposition (Chan 1982).
    private const double TallRatio = 1.5;

    extension<T>(Matrix<T> a) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        /// <summary>
        /// A = U·diag(S)·Vᵀ with orthonormal columns of U and V, for any A [m, n]. The result is exact for a matrix
        /// that differs from A by some roundings of its norm.
        /// </summary>
        /// <remarks>
        /// Blocked reduction to a bidiagonal matrix, divide and conquer (Gu and Eisenstat 1995), and the reflections of
        /// the reduction applied to its vectors.
        /// </remarks>
        /// <param name="full">U [m, m] and Vᵀ [n, n] instead of the thin ones.</param>
        /// <exception cref="ArgumentException">A number is not finite.</exception>
        /// <example><code>
        /// new Matrix&lt;double&gt;(2, 2, [3, 0, 4, 5]).Svd().S;              // = [6.7082, 2.2361]
        /// Math.Sqrt((50 + Math.Sqrt(50 * 50 - 4.0 * 15 * 15)) / 2);   // = 6.7082
        /// </code></example>
        public SingularValueDecomposition<T> Svd(bool full = false)
        {
            RequireMatrix.Finite("Svd", a);
            if (a.Rows >= a.Columns)
                return Decompose(a.Copy(), full, valuesOnly: false);
            SingularValueDecomposition<T> transposed = Decompose(a.Transpose(), full, valuesOnly: false);
            return new(transposed.Vt.Transpose(), transposed.S, transposed.U.Transpose());
        }

        /// <summary>The singular values alone, in descending order, [min(m, n)].</summary>
        /// <exception cref="ArgumentException">A number is not finite.</exception>
        /// <example><code>
        /// new Matrix&lt;double&gt;(2, 2, [0, 3, 2, 0]).Svdvals();   // = [3, 2]
        /// Math.Sqrt(3 * 3 + 0 * 0);                           // = 3
        /// </code></example>
        public T[] Svdvals()
        {
            RequireMatrix.Finite("Svdvals", a);
            return Decompose(a.Rows >= a.Columns ? a.Copy() : a.Transpose(), full: false, valuesOnly: true).S;
        }
    }

    /// <summary>For m ≥ n; overwrites the matrix.</summary>
    private static SingularValueDecomposition<T> Decompose<T>(Matrix<T> work, bool full, bool valuesOnly)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int m = work.Rows, n = work.Columns;
        double scale = Scaling.ToUnit(work);
        if (scale == 0)
        {
            var left = new Matrix<T>(m, full ? m : n);
            left.Block.SetIdentity();
            return new(left, new T[n], Matrix<T>.Identity(n));
        }
        if (m <= TallRatio * n)
            return FromBidiagonal(work, scale, full ? m : n, valuesOnly);
        using Reflectors<T> q = QrFactorization.Factor(work.Block);
        var r = new Matrix<T>(n, n);
        work.Block.Part(0, n, 0, n).CopyTo(r.Block);
        r.Block.ClearBelowDiagonal();
        SingularValueDecomposition<T> inner = FromBidiagonal(r, scale, n, valuesOnly);
        if (valuesOnly)
            return inner;
        var u = new Matrix<T>(m, full ? m : n);
        u.Block.SetIdentity();
        inner.U.Block.CopyTo(u.Block.Part(0, n, 0, n));
        q.Apply(u.Block);
        return inner with { U = u };
    }

    private static SingularValueDecomposition<T> FromBidiagonal<T>(
        Matrix<T> work, double scale, int leftColumns, bool valuesOnly)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int n = work.Columns;
        var diagonal = new double[n];
        var above = new double[n - 1];
        (Reflectors<T> left, Reflectors<T> right) = Bidiagonal.Reduce(work.Block, diagonal, above);
        using var leftAtEnd = left;
        using var rightAtEnd = right;
        double largest = diagonal.Concat(above).Max(Math.Abs);
        using var svd = new BidiagonalSvd<T>(
            diagonal, above, Precision<T>.Deflated * largest, valuesOnly);
        svd.Solve();
        var s = new T[n];
        for (int i = 0; i < n; i++)
            s[i] = T.CreateTruncating(svd.Values[svd.Order[n - 1 - i]] * scale);
        if (valuesOnly)
            return new(work, s, work);
        var vt = new Matrix<T>(n, n);
        SortRows(svd.Right, svd.Order, vt.Block);
        right.ApplyTransposedRight(vt.Block);
        var u = new Matrix<T>(work.Rows, leftColumns);
        for (int i = n; i < Math.Min(work.Rows, leftColumns); i++)
            u[i, i] = T.One;
        Block<T> sorted = work.Block.Part(0, n, 0, n); // no longer needed
        SortRows(svd.Left!, svd.Order, sorted);
        sorted.TransposeInto(u.Block.Part(0, n, 0, n));
        left.Apply(u.Block);
        return new(u, s, vt);
    }

    /// <summary>The rows in descending order of their numbers, [n, n].</summary>
    private static void SortRows<T>(VectorRows<T> rows, ReadOnlySpan<int> order, Block<T> sorted)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int n = sorted.Rows;
        for (int i = 0; i < n; i++)
            rows.Block[order[n - 1 - i]][..n].CopyTo(sorted[i]);
    }
}
