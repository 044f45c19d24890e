using System.Numerics;

namespace Nabla.Numerics.LinearAlgebra;

/// <summary>How a least-squares problem is solved.</summary>
public enum LeastSquaresMethod
{
    /// <summary>By QR where A clearly has full column rank, else by SVD.</summary>
    Automatic,

    /// <summary>By QR; A must have full column rank.</summary>
    Qr,

    /// <summary>By SVD: the shortest of all minimisers, whatever the rank.</summary>
    Svd,
}

/// <summary>What least squares found.</summary>
/// <param name="X">The minimiser, [n, p].</param>
/// <param name="SquaredResiduals">‖A·x − b‖² for each column, [p].</param>
/// <param name="Rank">The numerical rank of A that was used.</param>
public sealed record LeastSquares<T>(Matrix<T> X, T[] SquaredResiduals, int Rank)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>;

/// <summary>Least squares.</summary>
public static class LeastSquaresExtensions
{
    extension<T>(Matrix<T> a) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        /// <summary>
        /// X that minimises ‖A·X − B‖ for A [m, n] and B [m, p]: R·X = QᵀB where A has full column rank, else the
        /// minimiser of least norm, A⁺·B.
        /// </summary>
        /// <param name="b">The right sides, [m, p].</param>
        /// <param name="method">QR, SVD, or chosen by the rank.</param>
        /// <param name="relativeTolerance">
        /// Singular values (or the diagonal of R) up to this share of the largest count as zero; max(m, n)·ε if not
        /// given.
        /// </param>
        /// <exception cref="ArgumentException">
        /// B has other rows, a number is not finite, or QR was asked for and A lacks full column rank.
        /// </exception>
        /// <example><code>
        /// var a = new Matrix&lt;double&gt;(3, 2, [1, 0, 1, 1, 1, 2]);   // a line through (0, 1), (1, 3), (2, 4)
        /// a.Lstsq(new(3, 1, [1, 3, 4])).X.Values;                 // = [1.1667, 1.5]
        /// ((2.0 - 1) * 4 + (0 - 1) * 1) / (1 + 0 + 1);            // = 1.5
        /// </code></example>
        public LeastSquares<T> Lstsq(
            Matrix<T> b, LeastSquaresMethod method = LeastSquaresMethod.Automatic, double? relativeTolerance = null)
        {
            RequireMatrix.Finite("Lstsq", a);
            RequireMatrix.RightSide("Lstsq", a, b);
            double tolerance = RankTolerance.Relative(a, relativeTolerance, "Lstsq");
            Matrix<T>? x = method != LeastSquaresMethod.Svd && a.Rows >= a.Columns ? TryQr(a, b, tolerance) : null;
            if (x is not null)
                return Found(a, b, x, a.Columns);
            if (method == LeastSquaresMethod.Qr)
                throw new ArgumentException($"Lstsq: a, {a.Shape}, does not have full column rank; use the SVD.");
            (Matrix<T> inverse, int rank) = PseudoInverse.Of(a, tolerance);
            return Found(a, b, inverse * b, rank);
        }
    }

    private static LeastSquares<T> Found<T>(Matrix<T> a, Matrix<T> b, Matrix<T> x, int rank)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Matrix<T> gap = a * x - b;
        var squares = new T[b.Columns];
        for (int i = 0; i < gap.Rows; i++)
            for (int j = 0; j < squares.Length; j++)
                squares[j] += gap[i, j] * gap[i, j];
        return new LeastSquares<T>(x, squares, rank);
    }

    private static Matrix<T>? TryQr<T>(Matrix<T> a, Matrix<T> b, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int n = a.Columns;
        Matrix<T> work = a.Copy(), right = b.Copy();
        using Reflectors<T> q = QrFactorization.Factor(work.Block);
        Block<T> r = work.Block.Part(0, n, 0, n);
        double least = double.PositiveInfinity, largest = 0;
        for (int i = 0; i < n; i++)
        {
            double size = Math.Abs(double.CreateTruncating(r[i, i]));
            (least, largest) = (Math.Min(least, size), Math.Max(largest, size));
        }
        if (n > 0 && least <= tolerance * largest)
            return null;
        q.Apply(right.Block, transpose: true);
        var x = new Matrix<T>(n, b.Columns);
        right.Block.Part(0, n, 0, b.Columns).CopyTo(x.Block);
        TriangularSolver.Solve(r, new Triangle(Upper: true), x.Block);
        return x;
    }
}
