namespace Nabla.Tensors.Ops;

/// <summary>Tensors of one shape beside one another in a new dimension.</summary>
public static class StackExtensions
{
    extension(Tensor)
    {
        /// <summary>
        /// The tensors as the slices of a new dimension, put in before <paramref name="dim"/> (−1: the last).
        /// </summary>
        /// <exception cref="ArgumentException">There are none, or their shapes differ.</exception>
        /// <example><code>
        /// Tensor a = new([1f, 2f]), b = new([3f, 4f]);
        /// Tensor.Stack(1, a, b);   // = [1, 3, 2, 4]
        /// </code></example>
        public static Tensor Stack(int dim, params ReadOnlySpan<Tensor> parts)
        {
            if (parts.IsEmpty)
                throw new ArgumentException("Stack: there are no tensors to put beside one another.");
            var slices = new Tensor[parts.Length];
            for (int k = 0; k < slices.Length; k++)
            {
                if (parts[k].Shape != parts[0].Shape)
                    throw new ArgumentException(
                        $"Stack: {parts[k].Shape} is not {parts[0].Shape}; all tensors must have one shape.");
                slices[k] = parts[k].Unsqueeze(dim);
            }
            int last = parts[0].Rank, d = dim < 0 ? dim + last + 1 : dim;
            return Tensor.Concat(d, slices);
        }
    }
}
