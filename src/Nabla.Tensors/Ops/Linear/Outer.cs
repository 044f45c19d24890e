namespace Nabla.Tensors.Ops;

/// <summary>Products of vectors.</summary>
public static class OuterExtensions
{
    extension(Tensor a)
    {
        /// <summary>The sum of the products: Σ_i a_i·b_i of two vectors of one length, a scalar.</summary>
        /// <exception cref="ArgumentException">They are no vectors of one length.</exception>
        /// <example><code>
        /// new Tensor([1f, 2f]).Dot(new Tensor([3f, 4f]));   // = 11
        /// 1 * 3 + 2 * 4;   // = 11
        /// </code></example>
        public Tensor Dot(Tensor b) => a.Rank == 1 && a.Shape == b.Shape
            ? a.Unsqueeze(0).MatMul(b.Unsqueeze(1)).Reshape()
            : throw new ArgumentException($"Dot: {a.Shape} and {b.Shape} must be two vectors of one length.");

        /// <summary>All products of two vectors: y_ij = a_i·b_j, [M] and [N] → [M, N].</summary>
        /// <exception cref="ArgumentException">One is no vector.</exception>
        /// <example><code>
        /// new Tensor([1f, 2f]).Outer(new Tensor([3f, 4f]));   // = [3, 4, 6, 8]
        /// </code></example>
        public Tensor Outer(Tensor b) => a.Rank == 1 && b.Rank == 1
            ? a.Unsqueeze(1) * b
            : throw new ArgumentException($"Outer: {a.Shape} and {b.Shape} must be two vectors.");

        /// <summary>Matrix times vector: y_i = Σ_k a_ik·b_k, [..., M, K] and [K] → [..., M].</summary>
        /// <exception cref="ArgumentException">The sizes do not fit.</exception>
        /// <example><code>
        /// new Tensor([1f, 2f, 3f, 4f], [2, 2]).Mv(new Tensor([1f, 1f]));   // = [3, 7]
        /// </code></example>
        public Tensor Mv(Tensor b) => a.Rank >= 2 && b.Rank == 1
            ? a.MatMul(b.Unsqueeze(1)).Squeeze(-1)
            : throw new ArgumentException($"Mv: {a.Shape} and {b.Shape} must be a matrix and a vector.");
    }
}
