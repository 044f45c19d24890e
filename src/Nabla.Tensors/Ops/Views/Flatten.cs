namespace Nabla.Tensors.Ops;

/// <summary>Several dimensions as one, and one as several. Views where the strides allow it.</summary>
public static class FlattenExtensions
{
    extension(Tensor x)
    {
        /// <summary>
        /// Dimensions <paramref name="start"/> … <paramref name="end"/> as one, whose size is their product.
        /// </summary>
        /// <exception cref="ArgumentException">There are no such dimensions, or start is behind end.</exception>
        /// <example><code>
        /// Tensor.Zeros([2, 3, 4]).Flatten(1).Shape;   // = [2, 12]
        /// </code></example>
        public Tensor Flatten(int start = 0, int end = -1)
        {
            if (x.Rank == 0)
                return x.Reshape(1);
            int first = x.Shape.Dimension(start, "Flatten"), last = x.Shape.Dimension(end, "Flatten");
            if (first > last)
                throw new ArgumentException(
                    $"Flatten: dimension {start} of {x.Shape} lies behind dimension {end}; exchange them.");
            int product = 1;
            for (int d = first; d <= last; d++)
                product *= x.Shape[d];
            return x.Reshape([.. x.Shape.AsSpan()[..first], product, .. x.Shape.AsSpan()[(last + 1)..]]);
        }

        /// <summary>
        /// Dimension <paramref name="dim"/> as several of these sizes; one may be −1, for what is left.
        /// </summary>
        /// <exception cref="ArgumentException">The product of the sizes is not the dimension's.</exception>
        /// <example><code>
        /// Tensor.Zeros([2, 12]).Unflatten(1, 3, -1).Shape;   // = [2, 3, 4]
        /// </code></example>
        public Tensor Unflatten(int dim, params ReadOnlySpan<int> sizes)
        {
            int d = x.Shape.Dimension(dim, "Unflatten"), known = 1;
            foreach (int size in sizes)
                known *= size == -1 ? 1 : size;
            int[] all = [.. sizes];
            if (Array.IndexOf(all, -1) is var open and >= 0 && known > 0)
                all[open] = x.Shape[d] / known;
            if (all.Aggregate(1, (product, size) => product * size) != x.Shape[d])
                throw new ArgumentException(
                    $"Unflatten: [{string.Join(", ", sizes.ToArray())}] are not the sizes of a dimension of " +
                    $"{x.Shape[d]}, dimension {dim} of {x.Shape}; their product must be {x.Shape[d]}.");
            return x.Reshape([.. x.Shape.AsSpan()[..d], .. all, .. x.Shape.AsSpan()[(d + 1)..]]);
        }
    }
}
