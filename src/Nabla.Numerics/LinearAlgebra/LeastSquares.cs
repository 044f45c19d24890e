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
            Matrix<T> left = a.Copy(), right = b.Copy();
            (double Left, double Right) scales = (Scaling.ToUnit(left), Scaling.ToUnit(right));
            Matrix<T>? x = method != LeastSquaresMethod.Svd && a.Rows >= a.Columns
                ? TryQr(left, right, tolerance, method) : null;
            if (x is not null)
                return Found(left, right, x, (scales, a.Columns));
            if (method == LeastSquaresMethod.Qr)
                throw new ArgumentException($"Lstsq: a, {a.Shape}, does not have full column rank; use the SVD.");
            (Matrix<T> inverse, int rank) = PseudoInverse.Of(left, tolerance);
            return Found(left, right, inverse * right, (scales, rank));
        }
    }

    /// <summary>What was found for A and B, each divided by its scale.</summary>
    private static LeastSquares<T> Found<T>(
        Matrix<T> a, Matrix<T> b, Matrix<T> x, ((double Left, double Right) Scales, int Rank) of)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Matrix<T> gap = a * x - b;
        var squares = new double[b.Columns];
        for (int i = 0; i < gap.Rows; i++)
            for (int j = 0; j < squares.Length; j++)
                squares[j] += Math.Pow(double.CreateTruncating(gap[i, j]), 2);
        double right = of.Scales.Right;
        if (of.Scales.Left != 0 && right != 0)
            foreach (ref T value in x.Values)
                value = T.CreateTruncating(Math.ScaleB(
                    double.CreateTruncating(value), Math.ILogB(right) - Math.ILogB(of.Scales.Left)));
        return new LeastSquares<T>(
            x, [.. squares.Select(square => T.CreateTruncating(square * right * right))], of.Rank);
    }

    /// <summary>Whether the least singular value of the upper triangle R is well above the tolerance.</summary>
    /// <remarks>
    /// R's diagonal does not tell: with ones on it and −1 above it, the singular value is about 2⁻ⁿ. So R⁻ᵀ and R⁻¹ are
    /// applied to a vector by turns, which grows by nearly 1/σ (inverse iteration; Higham 2002, section 15.3).
    /// </remarks>
    private static bool IsClearlyRegular<T>(Block<T> r, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const int steps = 8;
        const double margin = 2; // what eight steps may leave to be found
        double squares = 0, growth = 0;
        var x = new Matrix<T>(r.Rows, 1);
        for (int i = 0; i < r.Rows; i++)
        {
            squares += Vectors.SumOfSquares<T>(r[i][i..]);
            x[i, 0] = T.CreateTruncating((i % 2 == 0 ? 1 : -1) * (1 + i / (double)r.Rows));
        }
        for (int step = 0; step < steps; step++)
        {
            Vectors.Scale(x.Values, T.CreateTruncating(1 / Vectors.Norm<T>(x.Values)));
            TriangularSolver.Solve(r, new Triangle(Upper: true, Transposed: step % 2 == 0), x.Block);
            growth = Math.Max(growth, Vectors.Norm<T>(x.Values));
            if (!double.IsFinite(growth))
                return false;
        }
        return margin * tolerance * Math.Sqrt(squares) * growth < 1;
    }

    private static Matrix<T>? TryQr<T>(Matrix<T> a, Matrix<T> b, double tolerance, LeastSquaresMethod method)
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
        if (n > 0 && method == LeastSquaresMethod.Automatic && !IsClearlyRegular(r, tolerance))
            return null;
        q.Apply(right.Block, transpose: true);
        var x = new Matrix<T>(n, b.Columns);
        right.Block.Part(0, n, 0, b.Columns).CopyTo(x.Block);
        TriangularSolver.Solve(r, new Triangle(Upper: true), x.Block);
        return x;
    }
}
