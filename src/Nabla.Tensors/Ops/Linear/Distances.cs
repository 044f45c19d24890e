namespace Nabla.Tensors.Ops;

/// <summary>Distances and angles between vectors.</summary>
public static class DistancesExtensions
{
    extension(Tensor a)
    {
        /// <summary>
        /// The distance of vectors along the last dimension: ‖a − b + ε‖_p, [..., M] and [..., M] → [...].
        /// </summary>
        /// <exception cref="ArgumentException">The shapes do not broadcast.</exception>
        /// <example><code>
        /// new Tensor([4f, 6f]).PairwiseDistance(new Tensor([1f, 2f]));   // = 5.0000
        /// Math.Sqrt(3 * 3 + 4 * 4);   // = 5
        /// </code></example>
        public Tensor PairwiseDistance(Tensor b, double p = 2, float epsilon = 1e-6f, bool keepDim = false) =>
            (a - b + epsilon).Norm(p, -1, keepDim);

        /// <summary>
        /// The distances of all pairs: y_ij = ‖a_i − b_j‖_p, a [..., P, M], b [..., R, M] → [..., P, R]. The
        /// differences, P·R·M numbers, are stored.
        /// </summary>
        /// <exception cref="ArgumentException">The sizes do not fit.</exception>
        /// <example><code>
        /// new Tensor([4f, 6f], [1, 2]).Cdist(new Tensor([1f, 2f, 4f, 5f], [2, 2]));   // = [5, 1]
        /// </code></example>
        public Tensor Cdist(Tensor b, double p = 2) => a.Rank >= 2 && b.Rank >= 2 && a.Shape[-1] == b.Shape[-1]
            ? (a.Unsqueeze(-2) - b.Unsqueeze(-3)).Norm(p, -1)
            : throw new ArgumentException(
                $"Cdist: {a.Shape} and {b.Shape} must be [..., P, M] and [..., R, M] with one M.");

        /// <summary>
        /// The cosine of the angle along a dimension: Σ a·b / (max(‖a‖, ε)·max(‖b‖, ε)), in −1 … 1.
        /// </summary>
        /// <exception cref="ArgumentException">The shapes do not broadcast.</exception>
        /// <example><code>
        /// new Tensor([3f, 4f]).CosineSimilarity(new Tensor([1f, 0f]));   // = 0.6
        /// 3 / Math.Sqrt(3 * 3 + 4 * 4);   // = 0.6
        /// </code></example>
        public Tensor CosineSimilarity(Tensor b, int dim = -1, double epsilon = 1e-8) =>
            (a.Normalize(2, dim, epsilon) * b.Normalize(2, dim, epsilon)).Sum(dim);

        /// <summary>The vectors along a dimension with p-norm 1: x / max(‖x‖_p, ε).</summary>
        /// <exception cref="ArgumentException">There is no such dimension.</exception>
        /// <example><code>
        /// new Tensor([3f, 4f]).Normalize();   // = [0.6, 0.8]
        /// </code></example>
        public Tensor Normalize(double p = 2, int dim = -1, double epsilon = 1e-12) =>
            a / a.Norm(p, dim, keepDim: true).Clamp(min: epsilon);
    }
}
