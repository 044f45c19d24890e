namespace Nabla.Tensors.Ops;

/// <summary>A tensor in parts along a dimension. Views: nothing is copied.</summary>
public static class SplitExtensions
{
    extension(Tensor x)
    {
        /// <summary>Parts of <paramref name="size"/> along a dimension; the last may be smaller. Views.</summary>
        /// <exception cref="ArgumentOutOfRangeException">
        /// The size is not above 0, or there is no such dimension.
        /// </exception>
        /// <example><code>
        /// new Tensor([1f, 2f, 3f]).Split(2)[1];   // = [3]
        /// </code></example>
        public Tensor[] Split(int size, int dim = 0)
        {
            int n = x.Shape[x.Shape.Dimension(dim, "Split")];
            if (size < 1)
                throw new ArgumentOutOfRangeException(
                    nameof(size), $"Split: parts of {size} for {x.Shape}; a part needs a size of at least 1.");
            int count = Math.Max(1, (n + size - 1) / size);
            return x.Split([.. Enumerable.Range(0, count).Select(k => Math.Min(size, n - k * size))], dim);
        }

        /// <summary>Parts of these sizes along a dimension. Views.</summary>
        /// <exception cref="ArgumentException">The sizes do not add up to the dimension's.</exception>
        /// <example><code>
        /// new Tensor([1f, 2f, 3f]).Split([1, 2], 0)[1];   // = [2, 3]
        /// </code></example>
        public Tensor[] Split(ReadOnlySpan<int> sizes, int dim = 0)
        {
            int d = x.Shape.Dimension(dim, "Split"), n = x.Shape[d], start = 0;
            var parts = new Tensor[sizes.Length];
            long sum = 0;
            foreach (int size in sizes)
                sum = size < 0 ? long.MinValue / 2 : sum + size;
            if (sum != n)
                throw new ArgumentException(
                    $"Split: [{string.Join(", ", sizes.ToArray())}] do not add up to {n}, the size of dimension " +
                    $"{dim} of {x.Shape}.");
            for (int k = 0; k < parts.Length; start += sizes[k++])
                parts[k] = x.Slice(d, start, sizes[k]);
            return parts;
        }

        /// <summary>At most so many parts of one size along a dimension; the last may be smaller. Views.</summary>
        /// <exception cref="ArgumentOutOfRangeException">The number of parts is below 1.</exception>
        /// <example><code>
        /// new Tensor([1f, 2f, 3f]).Chunk(2)[0];   // = [1, 2]
        /// </code></example>
        public Tensor[] Chunk(int count, int dim = 0)
        {
            int n = x.Shape[x.Shape.Dimension(dim, "Chunk")];
            return count > 0
                ? x.Split(Math.Max(1, (n + count - 1) / count), dim)
                : throw new ArgumentOutOfRangeException(
                    nameof(count), $"Chunk: {count} parts of {x.Shape}; give at least 1.");
        }

        /// <summary>All slices of a dimension, which goes. Views.</summary>
        /// <exception cref="ArgumentOutOfRangeException">There is no such dimension.</exception>
        /// <example><code>
        /// new Tensor([1f, 2f, 3f, 4f], [2, 2]).Unbind(1)[0];   // = [1, 3]
        /// </code></example>
        public Tensor[] Unbind(int dim = 0)
        {
            int d = x.Shape.Dimension(dim, "Unbind");
            return [.. Enumerable.Range(0, x.Shape[d]).Select(k => x.Select(d, k))];
        }
    }
}
