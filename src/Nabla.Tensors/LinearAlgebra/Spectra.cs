using Nabla.Numerics;
using Nabla.Numerics.LinearAlgebra;

namespace Nabla.Tensors.LinearAlgebra;

/// <summary>A = V·diag(λ)·Vᵀ.</summary>
/// <param name="Values">λ in ascending order, [..., n].</param>
/// <param name="Vectors">Eigenvectors as columns, [..., n, n].</param>
public sealed record TensorEigh(Tensor Values, Tensor Vectors);

/// <summary>A = U·diag(S)·Vᵀ.</summary>
/// <param name="U">Left singular vectors as columns, [..., m, k].</param>
/// <param name="S">Singular values in descending order, [..., k].</param>
/// <param name="Vt">Right singular vectors as rows, [..., k, n].</param>
public sealed record TensorSvd(Tensor U, Tensor S, Tensor Vt);

/// <summary>
/// Eigenvalues and singular values of tensors [..., m, n]. The results are constants: no gradient flows.
/// </summary>
public static class SpectrumExtensions
{
    extension(Tensor a)
    {
        /// <summary>
        /// Eigenvalues and eigenvectors of a symmetric A [..., n, n]; a constant. Only the lower triangle is read. See
        /// <see cref="EighExtensions"/>.
        /// </summary>
        /// <exception cref="ArgumentException">A is not [..., n, n], or a number is not finite.</exception>
        /// <example><code>
        /// new Tensor([2, 1, 1, 2], [2, 2]).Eigh().Values;             // = [1, 3]
        /// (2 + 2 + Math.Sqrt((2.0 - 2) * (2 - 2) + 4 * 1 * 1)) / 2;   // = 3
        /// </code></example>
        public TensorEigh Eigh()
        {
            Shape lead = MatrixBatch.Lead("Eigh", a);
            int n = a.Shape[-1];
            SymmetricEigen<float>[] all = [.. MatrixBatch.Of("Eigh", a).Select(one => one.Eigh())];
            return new TensorEigh(
                MatrixBatch.Join(lead, [.. all.Select(one => one.Values)], n),
                MatrixBatch.Join(lead, [.. all.Select(one => one.Vectors)], n, n));
        }

        /// <summary>The eigenvalues of a symmetric A alone, in ascending order, [..., n]; a constant.</summary>
        /// <exception cref="ArgumentException">A is not [..., n, n], or a number is not finite.</exception>
        /// <example><code>
        /// new Tensor([2, 1, 1, 2], [2, 2]).Eigvalsh();   // = [1, 3]
        /// 2.0 - 1;                                       // = 1
        /// </code></example>
        public Tensor Eigvalsh() => MatrixBatch.Join(
            MatrixBatch.Lead("Eigvalsh", a), [.. MatrixBatch.Of("Eigvalsh", a).Select(one => one.Eigvalsh())],
            a.Shape[-1]);

        /// <summary>A = U·diag(S)·Vᵀ; a constant. See <see cref="SvdExtensions"/>.</summary>
        /// <param name="full">U [..., m, m] and Vᵀ [..., n, n] instead of the thin ones.</param>
        /// <exception cref="ArgumentException">There are fewer than two dimensions, or a number is not
        /// finite.</exception>
        /// <example><code>
        /// new Tensor([3, 0, 4, 5], [2, 2]).Svd().S;                   // = [6.7082, 2.2361]
        /// Math.Sqrt((50 + Math.Sqrt(50 * 50 - 4.0 * 15 * 15)) / 2);   // = 6.7082
        /// </code></example>
        public TensorSvd Svd(bool full = false)
        {
            MatrixBatch.Lead("Svd", a);
            int m = a.Shape[-2], n = a.Shape[-1], k = Math.Min(m, n);
            return Join("Svd", a, one => one.Svd(full), (full ? m : k, k, full ? n : k));
        }

        /// <summary>The singular values alone, in descending order, [..., min(m, n)]; a constant.</summary>
        /// <exception cref="ArgumentException">There are fewer than two dimensions, or a number is not
        /// finite.</exception>
        /// <example><code>
        /// new Tensor([0, 3, 2, 0], [2, 2]).Svdvals();   // = [3, 2]
        /// Math.Sqrt(3 * 3 + 0 * 0);                     // = 3
        /// </code></example>
        public Tensor Svdvals() => MatrixBatch.Join(
            MatrixBatch.Lead("Svdvals", a), [.. MatrixBatch.Of("Svdvals", a).Select(one => one.Svdvals())],
            Math.Min(a.Shape[-2], a.Shape[-1]));

        /// <summary>
        /// The <paramref name="rank"/> largest singular values and their vectors, nearly; a constant. See
        /// <see cref="RandomizedSvdExtensions"/>.
        /// </summary>
        /// <exception cref="ArgumentException">There are fewer than two dimensions, or a number is not
        /// finite.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The rank or an option is out of its range.</exception>
        /// <example><code>
        /// new Tensor([3, 0, 0, 1, 4, 0], [3, 2]).RandomizedSvd(1, new Rng(1)).S;   // = [5]
        /// Math.Sqrt(3 * 3 + 4 * 4);                                                // = 5
        /// </code></example>
        public TensorSvd RandomizedSvd(int rank, Rng rng, RandomizedSvdOptions? options = null) =>
            Join("RandomizedSvd", a, one => one.RandomizedSvd(rank, rng, options), (rank, rank, rank));

        /// <summary>
        /// The nearest matrix of rank <paramref name="rank"/> as two factors, with its error and the parameters that it
        /// saves, for A [m, n]; a constant. See <see cref="LowRankExtensions"/>.
        /// </summary>
        /// <exception cref="ArgumentException">A is not [m, n], or a number is not finite.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The rank is out of its range.</exception>
        /// <example><code>
        /// new Tensor([4, 0, 0, 3], [2, 2]).LowRank(1).RelativeError;   // = 0.6
        /// 3 / Math.Sqrt(4 * 4 + 3 * 3);                                // = 0.6
        /// </code></example>
        public LowRank<float> LowRank(int rank) => a.Rank == 2
            ? MatrixBatch.Of("LowRank", a)[0].LowRank(rank)
            : throw new ArgumentException($"LowRank: the tensor is {a.Shape}; it must be [m, n].");
    }

    private static TensorSvd Join(
        string operation, Tensor a, Func<Matrix<float>, SingularValueDecomposition<float>> svd,
        (int U, int S, int V) sizes)
    {
        Shape lead = MatrixBatch.Lead(operation, a);
        SingularValueDecomposition<float>[] all = [.. MatrixBatch.Of(operation, a).Select(svd)];
        return new TensorSvd(
            MatrixBatch.Join(lead, [.. all.Select(one => one.U)], a.Shape[-2], sizes.U),
            MatrixBatch.Join(lead, [.. all.Select(one => one.S)], sizes.S),
            MatrixBatch.Join(lead, [.. all.Select(one => one.Vt)], sizes.V, a.Shape[-1]));
    }
}
