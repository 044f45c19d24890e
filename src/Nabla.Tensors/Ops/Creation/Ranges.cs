namespace Nabla.Tensors.Ops;

/// <summary>Vectors of numbers at equal distances, and grids of them.</summary>
public static class RangesExtensions
{
    extension(Tensor)
    {
        /// <summary>start, start + step, … below <paramref name="end"/> (above it for a negative step).</summary>
        /// <exception cref="ArgumentOutOfRangeException">
        /// A number is not finite, the step is 0 or leads away from the end.
        /// </exception>
        /// <example><code>
        /// Tensor.Arange(1, 2, 0.25);   // = [1, 1.25, 1.5, 1.75]
        /// </code></example>
        public static Tensor Arange(double start, double end, double step = 1)
        {
            double count = Math.Ceiling((end - start) / step);
            if (step == 0 || !(count >= 0 && count <= Array.MaxLength))
                throw new ArgumentOutOfRangeException(
                    nameof(step), $"Arange: from {start} to {end} in steps of {step}; a step must lead to the end.");
            Tensor y = Tensor.Uninitialized([(int)count]);
            Span<float> numbers = y.Writable();
            for (int i = 0; i < numbers.Length; i++)
                numbers[i] = (float)(start + i * step);
            return y;
        }

        /// <summary>0, 1, … <paramref name="end"/> − 1.</summary>
        /// <exception cref="ArgumentOutOfRangeException">The end is negative.</exception>
        /// <example><code>
        /// Tensor.Arange(3);   // = [0, 1, 2]
        /// </code></example>
        public static Tensor Arange(int end) => Tensor.Arange(0, end);

        /// <summary><paramref name="count"/> numbers at equal distances, both ends among them.</summary>
        /// <exception cref="ArgumentOutOfRangeException">The count is negative.</exception>
        /// <example><code>
        /// Tensor.Linspace(0, 1, 5);   // = [0, 0.25, 0.5, 0.75, 1]
        /// </code></example>
        public static Tensor Linspace(double start, double end, int count)
        {
            if (count < 0)
                throw new ArgumentOutOfRangeException(nameof(count), $"Linspace: {count} numbers; give 0 or more.");
            Tensor y = Tensor.Uninitialized([count]);
            Span<float> numbers = y.Writable();
            for (int i = 0; i < count; i++)
            {
                double share = count == 1 ? 0 : i / (count - 1.0);
                numbers[i] = (float)(start * (1 - share) + end * share);
            }
            return y;
        }

        /// <summary><paramref name="count"/> powers of 10 whose logarithms lie at equal distances.</summary>
        /// <exception cref="ArgumentOutOfRangeException">The count is negative.</exception>
        /// <example><code>
        /// Tensor.Logspace(0, 2, 3);   // = [1, 10, 100]
        /// </code></example>
        public static Tensor Logspace(double start, double end, int count)
        {
            Tensor y = Tensor.Linspace(start, end, count);
            double step = count > 1 ? (end - start) / (count - 1) : 0;
            Span<float> numbers = y.Writable();
            for (int i = 0; i < numbers.Length; i++)
                numbers[i] = (float)Math.Pow(10, start + i * step);
            return y;
        }

        /// <summary>
        /// The coordinates of all points of a grid: for vectors of n₁, …, n_k numbers k tensors [n₁, …, n_k], the d-th
        /// with the numbers of vector d along dimension d. Views, as PyTorch's <c>meshgrid(indexing="ij")</c>.
        /// </summary>
        /// <exception cref="ArgumentException">One of the tensors is no vector.</exception>
        /// <example><code>
        /// Tensor.Meshgrid(new Tensor([1f, 2f]), new Tensor([3f, 4f]))[1];   // = [3, 4, 3, 4]
        /// </code></example>
        public static Tensor[] Meshgrid(params ReadOnlySpan<Tensor> axes)
        {
            var sizes = new int[axes.Length];
            for (int d = 0; d < axes.Length; d++)
                sizes[d] = axes[d].Rank == 1
                    ? axes[d].Count
                    : throw new ArgumentException($"Meshgrid: axis {d} is {axes[d].Shape}; it must be a vector.");
            var grid = new Tensor[axes.Length];
            for (int d = 0; d < axes.Length; d++)
                grid[d] = axes[d]
                    .Reshape([.. Enumerable.Range(0, sizes.Length).Select(k => k == d ? sizes[k] : 1)]).Expand(sizes);
            return grid;
        }
    }
}
