namespace Nabla.Tensors.Ops;

/// <summary>Matrices with ones on the diagonal.</summary>
public static class EyeExtensions
{
    extension(Tensor)
    {
        /// <summary>The identity [n, n], or its first columns or more, [n, m]: 1 where i = j, else 0.</summary>
        /// <exception cref="ArgumentException">A size is negative.</exception>
        /// <example><code>
        /// Tensor.Eye(2);   // = [1, 0, 0, 1]
        /// </code></example>
        public static Tensor Eye(int n, int? m = null)
        {
            int columns = m ?? n;
            Tensor y = Tensor.Zeros([n, columns]);
            Span<float> numbers = y.Writable();
            for (int i = 0; i < Math.Min(n, columns); i++)
                numbers[i * columns + i] = 1;
            return y;
        }
    }
}
