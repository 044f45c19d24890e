using System.Numerics;

namespace Nabla.Numerics.LinearAlgebra;

/// <summary>How a randomised SVD draws and refines its subspace.</summary>
public sealed record RandomizedSvdOptions
{
    /// <summary>Directions drawn beyond the rank; 0 or more. Ten are nearly always enough.</summary>
    public int Oversampling { get; init; } = 10;

    /// <summary>
    /// Times the subspace goes through A·Aᵀ, 0 or more: each sharpens it where the singular values fall slowly.
    /// </summary>
    public int PowerIterations { get; init; } = 4;
}

/// <summary>The randomised SVD.</summary>
public static class RandomizedSvdExtensions
{
    extension<T>(Matrix<T> a) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        /// <summary>
        /// The <paramref name="rank"/> largest singular values of A [m, n] and their vectors, nearly: the SVD of A
        /// within the space that A spans from random vectors. Costs about 2·m·n·(rank + oversampling)·(2 +
        /// 2·iterations) operations.
        /// </summary>
        /// <remarks>
        /// Halko, Martinsson and Tropp 2011, arXiv:0909.4061, algorithms 4.4 and 5.1: Y = A·Ω, orthonormalised by QR,
        /// then through Aᵀ and A by turns, orthonormalised each time; B = QᵀA; B = Ũ·S·Vᵀ; U = Q·Ũ. The expected error
        /// is at most (1 + 4·√(2·min(m, n)/(rank − 1)))^(1/(2q+1))·σₖ₊₁ with oversampling ≥ rank.
        /// </remarks>
        /// <param name="rank">How many, 1 … min(m, n).</param>
        /// <param name="rng">Where Ω comes from.</param>
        /// <param name="options">Oversampling and power iterations.</param>
        /// <returns>U [m, rank], S [rank], Vᵀ [rank, n].</returns>
        /// <exception cref="ArgumentException">A number is not finite.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The rank or an option is out of its range.</exception>
        /// <example><code>
        /// var a = new Matrix&lt;double&gt;(3, 2, [3, 0, 0, 1, 4, 0]);
        /// a.RandomizedSvd(1, new Rng(1)).S;   // = [5]
        /// Math.Sqrt(3 * 3 + 4 * 4);           // = 5
        /// </code></example>
        public SingularValueDecomposition<T> RandomizedSvd(int rank, Rng rng, RandomizedSvdOptions? options = null)
        {
            options ??= new RandomizedSvdOptions();
            RequireMatrix.Finite("RandomizedSvd", a);
            int most = Math.Min(a.Rows, a.Columns);
            RequireInRange(nameof(rank), rank, 1, most);
            RequireInRange(nameof(options.Oversampling), options.Oversampling, 0, int.MaxValue);
            RequireInRange(nameof(options.PowerIterations), options.PowerIterations, 0, int.MaxValue);
            int drawn = (int)Math.Min((long)rank + options.Oversampling, most);
            Matrix<T> q = (a * Matrix<T>.Randn(a.Columns, drawn, rng)).Qr().Q;
            for (int i = 0; i < options.PowerIterations; i++)
                q = (a * TransposedProduct(a, q).Qr().Q).Qr().Q;
            (Matrix<T> u, T[] s, Matrix<T> vt) = TransposedProduct(q, a).Svd();
            var left = new Matrix<T>(a.Rows, rank);
            BlockProduct.Multiply(left.Block, q.Block, u.Block.Part(0, drawn, 0, rank));
            return new(left, s[..rank], new Matrix<T>(rank, a.Columns, vt.Values[..(rank * a.Columns)]));
        }
    }

    /// <summary>Aᵀ·B.</summary>
    private static Matrix<T> TransposedProduct<T>(Matrix<T> a, Matrix<T> b)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var product = new Matrix<T>(a.Columns, b.Columns);
        BlockProduct.Multiply(product.Block, a.Block.Transposed, b.Block);
        return product;
    }

    private static void RequireInRange(string name, int value, int low, int high)
    {
        if (value < low || value > high)
            throw new ArgumentOutOfRangeException(
                name, value, $"RandomizedSvd: {name} is {value}; it must be {low} or more and {high} at most.");
    }
}
