namespace Nabla.Tensors.Ops;

/// <summary>Standard deviations.</summary>
public static class StdExtensions
{
    extension(Tensor x)
    {
        /// <summary>
        /// Standard deviation of all elements: √(Σ(x − μ)²/(n − 1)), as in PyTorch. A scalar. With another correction:
        /// <c>x.Flatten().Std(0, correction: 0)</c>.
        /// </summary>
        /// <exception cref="ArgumentException">There are fewer than two elements.</exception>
        /// <example><code>
        /// new Tensor([1f, 2f, 3f, 6f]).Std();   // = 2.1602
        /// Math.Sqrt((4 + 1 + 0 + 9) / 3.0);   // = 2.1602
        /// </code></example>
        public Tensor Std()
        {
            float root = Root(x, x.Count, 1);
            return (x - x.Mean()).Norm() / root;
        }

        /// <summary>
        /// Standard deviation along one dimension, which goes, or stays with size 1: √(Σ(x − μ)²/(n − c)), c the
        /// correction. Of equal numbers it is 0, and so is its derivative, as in PyTorch.
        /// </summary>
        /// <exception cref="ArgumentException">The dimension has no more elements than the correction.</exception>
        /// <example><code>
        /// new Tensor([1f, 3f, 2f, 2f], [2, 2]).Std(1, correction: 0);   // = [1, 0]
        /// </code></example>
        public Tensor Std(int dim, bool keepDim = false, int correction = 1)
        {
            float root = Root(x, x.Shape[x.Shape.Dimension(dim, "Std")], correction);
            return (x - x.Mean(dim, keepDim: true)).Norm(2, dim, keepDim) / root;
        }
    }

    /// <summary>√(n − c): a deviation is a norm over it, whose derivative is 0 where all are equal.</summary>
    private static float Root(Tensor x, int n, int correction) => correction >= 0 && correction < n
        ? MathF.Sqrt(n - correction)
        : throw new ArgumentException(
            $"Std: {n} numbers of {x.Shape} with a correction of {correction}; it must be 0 or more, and less " +
            "than there are numbers.");
}
