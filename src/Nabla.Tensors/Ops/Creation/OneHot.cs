namespace Nabla.Tensors.Ops;

/// <summary>Classes as vectors with a single 1.</summary>
public static class OneHotExtensions
{
    extension(Tensor)
    {
        /// <summary>y[i, c] = 1 where c is class i, else 0: n classes → [n, <paramref name="count"/>].</summary>
        /// <exception cref="ArgumentOutOfRangeException">A class is not in 0 … count − 1.</exception>
        /// <example><code>
        /// Tensor.OneHot([2, 0], 3);   // = [0, 0, 1, 1, 0, 0]
        /// </code></example>
        public static Tensor OneHot(ReadOnlySpan<int> classes, int count)
        {
            Tensor y = Tensor.Zeros([classes.Length, count]);
            Span<float> numbers = y.Writable();
            for (int i = 0; i < classes.Length; i++)
                numbers[i * count + ((uint)classes[i] < (uint)count
                    ? classes[i]
                    : throw new ArgumentOutOfRangeException(
                        nameof(classes), $"OneHot: class {classes[i]} at {i} is not in 0 … {count - 1}."))] = 1;
            return y;
        }
    }
}
