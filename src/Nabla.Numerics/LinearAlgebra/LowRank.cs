using System.Numerics;

namespace Nabla.Numerics.LinearAlgebra;

/// <summary>A matrix as the product of two thin ones, A ≈ Left·Right.</summary>
/// <param name="Left">U·diag(S), [m, r].</param>
/// <param name="Right">Vᵀ, [r, n].</param>
/// <param name="SingularValues">All singular values of A, in descending order, [min(m, n)].</param>
public sealed record LowRank<T>(Matrix<T> Left, Matrix<T> Right, T[] SingularValues)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>r.</summary>
    public int Rank => Left.Columns;

    /// <summary>‖A − Left·Right‖ in the Frobenius norm: √(σᵣ₊₁² + σᵣ₊₂² + …).</summary>
    public double Error => Norms.Vector<T>(SingularValues.AsSpan(Rank), 2);

    /// <summary>The same in the 2-norm: σᵣ₊₁.</summary>
    public double SpectralError => Rank < SingularValues.Length ? double.CreateTruncating(SingularValues[Rank]) : 0;

    /// <summary>The error's share of ‖A‖ in the Frobenius norm, 0 … 1; 0 for a matrix of zeros.</summary>
    public double RelativeError => Error == 0 ? 0 : Error / Norms.Vector<T>(SingularValues, 2);

    /// <summary>The share of Σσ² that is kept, 0 … 1; 1 for a matrix of zeros.</summary>
    public double Explained => 1 - RelativeError * RelativeError;

    /// <summary>Numbers in both factors: r·(m + n).</summary>
    public long Parameters => (long)Rank * (Left.Rows + Right.Columns);

    /// <summary>m·n − r·(m + n): how many numbers less than A; negative where the factors are larger.</summary>
    public long ParametersSaved => (long)Left.Rows * Right.Columns - Parameters;

    /// <summary>Left·Right, [m, n].</summary>
    public Matrix<T> Product() => Left * Right;
}

/// <summary>Low-rank approximation.</summary>
public static class LowRankExtensions
{
    extension<T>(Matrix<T> a) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        /// <summary>
        /// The nearest matrix of rank <paramref name="rank"/> to A [m, n], in the Frobenius norm and in the 2-norm: the
        /// SVD cut off after its largest singular values (Eckart and Young 1936).
        /// </summary>
        /// <param name="rank">0 … min(m, n).</param>
        /// <exception cref="ArgumentException">A number is not finite.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The rank is out of its range.</exception>
        /// <example><code>
        /// var near = new Matrix&lt;double&gt;(2, 2, [4, 0, 0, 3]).LowRank(1);
        /// near.RelativeError;             // = 0.6
        /// 3 / Math.Sqrt(4 * 4 + 3 * 3);   // = 0.6
        /// </code></example>
        public LowRank<T> LowRank(int rank)
        {
            int most = Math.Min(a.Rows, a.Columns);
            if (rank < 0 || rank > most)
                throw new ArgumentOutOfRangeException(
                    nameof(rank), rank, $"LowRank: rank is {rank}; a matrix {a.Shape} has ranks 0 to {most}.");
            (Matrix<T> u, T[] s, Matrix<T> vt) = a.Svd();
            var left = new Matrix<T>(a.Rows, rank);
            for (int i = 0; i < a.Rows; i++)
                for (int j = 0; j < rank; j++)
                    left[i, j] = u[i, j] * s[j];
            return new LowRank<T>(left, new Matrix<T>(rank, a.Columns, vt.Values[..(rank * a.Columns)]), s);
        }

        /// <summary>The same with the least rank whose relative error (Frobenius) is no more than this.</summary>
        /// <param name="relativeError">0 … 1.</param>
        /// <exception cref="ArgumentException">A number is not finite.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The error is not within 0 … 1.</exception>
        /// <example><code>
        /// new Matrix&lt;double&gt;(2, 2, [4, 0, 0, 3]).LowRankWithin(0.65).Rank;   // = 1
        /// 3 / Math.Sqrt(4 * 4 + 3 * 3) &lt;= 0.65;                              // = true
        /// </code></example>
        public LowRank<T> LowRankWithin(double relativeError)
        {
            if (!(relativeError is >= 0 and <= 1))
                throw new ArgumentOutOfRangeException(nameof(relativeError), relativeError,
                    FormattableString.Invariant($"LowRankWithin: relativeError is {relativeError}; it must be 0 … 1."));
            LowRank<T> whole = a.LowRank(Math.Min(a.Rows, a.Columns));
            double[] s = [.. whole.SingularValues.Select(double.CreateTruncating)];
            double most = relativeError * Norms.Vector<double>(s, 2);
            int rank = s.Length;
            while (rank > 0 && Norms.Vector<double>(s.AsSpan(rank - 1), 2) <= most)
                rank--;
            var left = new Matrix<T>(a.Rows, rank);
            whole.Left.Block.Part(0, a.Rows, 0, rank).CopyTo(left.Block);
            return whole with
            {
                Left = left,
                Right = new Matrix<T>(rank, a.Columns, whole.Right.Values[..(rank * a.Columns)]),
            };
        }
    }
}
