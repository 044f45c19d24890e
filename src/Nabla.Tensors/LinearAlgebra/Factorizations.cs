using Nabla.Numerics.LinearAlgebra;

namespace Nabla.Tensors.LinearAlgebra;

/// <summary>A = Q·R.</summary>
/// <param name="Q">[..., m, k], orthonormal columns.</param>
/// <param name="R">[..., k, n], upper triangular.</param>
public sealed record TensorQr(Tensor Q, Tensor R);

/// <summary>A = P·L·U.</summary>
/// <param name="P">A permutation matrix, [..., m, m].</param>
/// <param name="L">[..., m, k], unit lower triangular.</param>
/// <param name="U">[..., k, n], upper triangular.</param>
public sealed record TensorLu(Tensor P, Tensor L, Tensor U);

/// <summary>Triangular factorisations of tensors [..., m, n]. The results are constants: no gradient flows.</summary>
public static class FactorizationExtensions
{
    extension(Tensor a)
    {
        /// <summary>A = Q·R, QᵀQ = I; a constant. See <see cref="QrExtensions"/>.</summary>
        /// <param name="full">Q [..., m, m] instead of [..., m, k], k = min(m, n).</param>
        /// <exception cref="ArgumentException">There are fewer than two dimensions, or a number is not
        /// finite.</exception>
        /// <example><code>
        /// new Tensor([3, 1, 4, 2], [2, 2]).Qr().R[0, 0];   // = -5
        /// -Math.Sqrt(3 * 3 + 4 * 4);                       // = -5
        /// </code></example>
        public TensorQr Qr(bool full = false)
        {
            Shape lead = MatrixBatch.Lead("Qr", a);
            int m = a.Shape[-2], n = a.Shape[-1], k = full ? m : Math.Min(m, n);
            QrDecomposition<float>[] all = [.. MatrixBatch.Of("Qr", a).Select(one => one.Qr(full))];
            return new TensorQr(
                MatrixBatch.Join(lead, [.. all.Select(one => one.Q)], m, k),
                MatrixBatch.Join(lead, [.. all.Select(one => one.R)], k, n));
        }

        /// <summary>
        /// A = P·L·U with the largest pivot of each column; a constant. See <see cref="LuExtensions"/>.
        /// </summary>
        /// <exception cref="ArgumentException">There are fewer than two dimensions, or a number is not
        /// finite.</exception>
        /// <example><code>
        /// new Tensor([1, 2, 4, 6], [2, 2]).Lu().U;   // = [4, 6, 0, 0.5]
        /// 2 - 6 * 1.0 / 4;                           // = 0.5
        /// </code></example>
        public TensorLu Lu()
        {
            Shape lead = MatrixBatch.Lead("Lu", a);
            int m = a.Shape[-2], n = a.Shape[-1], k = Math.Min(m, n);
            LuDecomposition<float>[] all = [.. MatrixBatch.Of("Lu", a).Select(one => one.Lu())];
            return new TensorLu(
                MatrixBatch.Join(lead, [.. all.Select(one => Permutation(one.Permutation))], m, m),
                MatrixBatch.Join(lead, [.. all.Select(one => one.L())], m, k),
                MatrixBatch.Join(lead, [.. all.Select(one => one.U())], k, n));
        }

        /// <summary>
        /// L [..., n, n] with A = L·Lᵀ for a symmetric positive definite A; a constant. Only the lower triangle is
        /// read. See <see cref="CholeskyExtensions"/>.
        /// </summary>
        /// <exception cref="ArgumentException">
        /// A is not [..., n, n] or not positive definite, or a number is not finite.
        /// </exception>
        /// <example><code>
        /// new Tensor([4, 2, 2, 5], [2, 2]).Cholesky();   // = [2, 0, 1, 2]
        /// Math.Sqrt(5 - 1 * 1);                          // = 2
        /// </code></example>
        public Tensor Cholesky() => MatrixBatch.MapSquare("Cholesky", a, one => one.Cholesky().L);
    }

    private static Matrix<float> Permutation(IReadOnlyList<int> rows)
    {
        var p = new Matrix<float>(rows.Count, rows.Count);
        for (int i = 0; i < rows.Count; i++)
            p[rows[i], i] = 1;
        return p;
    }
}
