namespace Nabla.Tensors.Ops;

/// <summary>The smallest element, as −max(−x).</summary>
public static class MinExtensions
{
    extension(Tensor x)
    {
        /// <summary>
        /// The smallest of all elements, a scalar; NaN if any is. Its gradient goes to the first such.
        /// </summary>
        /// <exception cref="ArgumentException">There are no elements.</exception>
        /// <example><code>
        /// new Tensor([2f, -1f]).Min();   // = -1
        /// </code></example>
        public Tensor Min() => -(-x).Max();

        /// <summary>The smallest along one dimension, which goes, or stays with size 1.</summary>
        /// <exception cref="ArgumentException">There are no elements along the dimension.</exception>
        /// <example><code>
        /// new Tensor([2f, -1f, 3f, 4f], [2, 2]).Min(1);   // = [-1, 3]
        /// </code></example>
        public Tensor Min(int dim, bool keepDim = false) => -(-x).Max(dim, keepDim);
    }
}
