using System.Numerics;

namespace Nabla.Numerics.LinearAlgebra;

/// <summary>The pseudo-inverse and the rank, both from the singular values that are not next to zero.</summary>
public static class PseudoInverseExtensions
{
    extension<T>(Matrix<T> a) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        /// <summary>
        /// A⁺ = V·diag(1/σ)·Uᵀ over the σ that are not next to zero, [n, m]: the one matrix with A·A⁺·A = A, A⁺·A·A⁺ =
        /// A⁺ and both products symmetric (Penrose 1955).
        /// </summary>
        /// <param name="relativeTolerance">
        /// Singular values up to this share of the largest count as zero; max(m, n)·ε if not given.
        /// </param>
        /// <exception cref="ArgumentException">A number is not finite, or the tolerance is negative or NaN.</exception>
        /// <example><code>
        /// new Matrix&lt;double&gt;(2, 1, [3, 4]).Pinv().Values;   // = [0.12, 0.16]
        /// 3.0 / (3 * 3 + 4 * 4);                            // = 0.12
        /// </code></example>
        public Matrix<T> Pinv(double? relativeTolerance = null) =>
            PseudoInverse.Of(a, RankTolerance.Relative(a, relativeTolerance, "Pinv")).Inverse;

        /// <summary>How many singular values are not next to zero.</summary>
        /// <param name="relativeTolerance">As in <c>Pinv</c>.</param>
        /// <exception cref="ArgumentException">A number is not finite, or the tolerance is negative or NaN.</exception>
        /// <example><code>
        /// new Matrix&lt;double&gt;(2, 2, [1, 2, 2, 4]).MatrixRank();   // = 1
        /// 1 * 4 - 2 * 2;                                         // = 0
        /// </code></example>
        public int MatrixRank(double? relativeTolerance = null)
        {
            double tolerance = RankTolerance.Relative(a, relativeTolerance, "MatrixRank");
            return RankTolerance.Count(a.Svdvals(), tolerance);
        }

        /// <summary>
        /// The condition number in the 2-norm, σ₁ / σₖ with k = min(m, n): how much a relative error of b can grow in
        /// the solution of A·x = b. ∞ where σₖ = 0; 0 for a matrix without elements.
        /// </summary>
        /// <exception cref="ArgumentException">A number is not finite.</exception>
        /// <example><code>
        /// new Matrix&lt;double&gt;(2, 2, [8, 0, 0, 2]).Cond();   // = 4
        /// 8.0 / 2;                                         // = 4
        /// </code></example>
        public double Cond()
        {
            T[] s = a.Svdvals();
            return s.Length == 0 ? 0
                : s[^1] == T.Zero ? double.PositiveInfinity
                : double.CreateTruncating(s[0]) / double.CreateTruncating(s[^1]);
        }
    }
}

/// <summary>What counts as zero among singular values.</summary>
internal static class RankTolerance
{
    /// <summary>The share of the largest singular value: as given, or max(m, n)·ε.</summary>
    public static double Relative<T>(Matrix<T> a, double? given, string operation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double tolerance = given ?? Math.Max(a.Rows, a.Columns) * Precision<T>.Epsilon;
        return tolerance >= 0 ? tolerance : throw new ArgumentException(FormattableString.Invariant(
            $"{operation}: relativeTolerance is {tolerance}; it must be 0 or more."));
    }

    public static int Count<T>(T[] s, double tolerance) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double threshold = s.Length == 0 ? 0 : tolerance * double.CreateTruncating(s[0]);
        return s.Count(value => double.CreateTruncating(value) > threshold);
    }
}

/// <summary>A⁺ and the rank it was made with.</summary>
internal static class PseudoInverse
{
    public static (Matrix<T> Inverse, int Rank) Of<T>(Matrix<T> a, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (Matrix<T> u, T[] s, Matrix<T> vt) = a.Svd();
        int rank = RankTolerance.Count(s, tolerance);
        for (int i = 0; i < rank; i++)
            foreach (ref T value in vt.Row(i))
                value /= s[i];
        var inverse = new Matrix<T>(a.Columns, a.Rows);
        BlockProduct.Multiply(
            inverse.Block, vt.Block.Part(0, rank, 0, a.Columns).Transposed,
            u.Block.Part(0, a.Rows, 0, rank).Transposed);
        return (inverse, rank);
    }
}
