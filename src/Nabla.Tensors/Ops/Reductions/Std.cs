namespace Nabla.Tensors.Ops;

/// <summary>Standard deviations, and sums, means and variances along several dimensions.</summary>
public static class StdExtensions
{
    extension(Tensor x)
    {
        /// <summary>
        /// Standard deviation of all elements: √(Σ(x − μ)²/(n − c)), c the correction, 1 as in PyTorch. A scalar.
        /// </summary>
        /// <exception cref="ArgumentException">There are no more elements than the correction.</exception>
        /// <example><code>
        /// new Tensor([1f, 2f, 3f, 6f]).Std();   // = 2.1602
        /// Math.Sqrt((4 + 1 + 0 + 9) / 3.0);   // = 2.1602
        /// </code></example>
        public Tensor Std(int correction = 1) => Corrected(x.Variance(), x.Count, correction, x).Sqrt();

        /// <summary>Standard deviation along one dimension, which goes, or stays with size 1.</summary>
        /// <exception cref="ArgumentException">The dimension has no more elements than the correction.</exception>
        /// <example><code>
        /// new Tensor([1f, 3f, 2f, 2f], [2, 2]).Std(1, correction: 0);   // = [1, 0]
        /// </code></example>
        public Tensor Std(int dim, bool keepDim = false, int correction = 1) =>
            Corrected(x.Variance(dim, keepDim), x.Shape[x.Shape.Dimension(dim, "Std")], correction, x).Sqrt();

        /// <summary>The sum along several dimensions together.</summary>
        /// <exception cref="ArgumentException">A dimension does not exist, or is named twice.</exception>
        /// <example><code>
        /// Tensor.Ones([2, 3, 4]).Sum([0, 2]);   // = [8, 8, 8]
        /// </code></example>
        public Tensor Sum(ReadOnlySpan<int> dims, bool keepDim = false) =>
            ManyDimensions.Reduce(x, dims, keepDim, static lines => lines.Sum(-1), "Sum");

        /// <summary>The mean along several dimensions together.</summary>
        /// <exception cref="ArgumentException">A dimension does not exist, or is named twice.</exception>
        /// <example><code>
        /// Tensor.Ones([2, 3, 4]).Mean([0, 2]);   // = [1, 1, 1]
        /// </code></example>
        public Tensor Mean(ReadOnlySpan<int> dims, bool keepDim = false) =>
            ManyDimensions.Reduce(x, dims, keepDim, static lines => lines.Mean(-1), "Mean");

        /// <summary>The variance (divisor n) along several dimensions together.</summary>
        /// <exception cref="ArgumentException">A dimension does not exist, or is named twice.</exception>
        /// <example><code>
        /// new Tensor([1f, 3f, 1f, 3f], [2, 2]).Variance([0, 1]);   // = 1
        /// </code></example>
        public Tensor Variance(ReadOnlySpan<int> dims, bool keepDim = false) =>
            ManyDimensions.Reduce(x, dims, keepDim, static lines => lines.Variance(-1), "Variance");
    }

    private static Tensor Corrected(Tensor variance, int n, int correction, Tensor x) =>
        correction == 0 ? variance : correction > 0 && correction < n
            ? variance * (float)(n / (double)(n - correction))
            : throw new ArgumentException(
                $"Std: {n} numbers of {x.Shape} with a correction of {correction}; it must be 0 or more, and less " +
                "than there are numbers.");
}
