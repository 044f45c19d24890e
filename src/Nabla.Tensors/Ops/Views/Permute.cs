namespace Nabla.Tensors.Ops;

/// <summary>Dimensions in another order, and what is said by it. Views: nothing is copied.</summary>
public static class PermuteExtensions
{
    extension(Tensor x)
    {
        /// <summary>The dimensions in this order: y's dimension k is x's dimension <c>dims[k]</c>. A view.</summary>
        /// <exception cref="ArgumentException">The dimensions are not all of x's, each once.</exception>
        /// <example><code>
        /// new Tensor([1f, 2f, 3f, 4f], [1, 2, 2]).Permute(2, 1, 0);   // = [1, 3, 2, 4]
        /// </code></example>
        public Tensor Permute(params ReadOnlySpan<int> dims)
        {
            int[] order = [.. dims];
            for (int k = 0; k < order.Length; k++)
                order[k] = x.Shape.Dimension(order[k], "Permute");
            if (order.Length != x.Rank || order.Distinct().Count() != order.Length)
                throw new ArgumentException(
                    $"Permute: [{string.Join(", ", dims.ToArray())}] is no order of the dimensions of {x.Shape}; " +
                    "name each of them once.");
            int[] now = [.. Enumerable.Range(0, x.Rank)];
            Tensor y = x;
            for (int k = 0; k < order.Length; k++)
            {
                int from = Array.IndexOf(now, order[k]);
                if (from == k)
                    continue;
                y = y.Transpose(k, from);
                (now[k], now[from]) = (now[from], now[k]);
            }
            return y;
        }

        /// <summary>One dimension moved to another place, the others in their order. A view.</summary>
        /// <exception cref="ArgumentOutOfRangeException">There is no such dimension.</exception>
        /// <example><code>
        /// Tensor.Zeros([2, 3, 4]).MoveDim(0, -1).Shape;   // = [3, 4, 2]
        /// </code></example>
        public Tensor MoveDim(int source, int destination)
        {
            int from = x.Shape.Dimension(source, "MoveDim"), to = x.Shape.Dimension(destination, "MoveDim");
            List<int> order = [.. Enumerable.Range(0, x.Rank)];
            order.RemoveAt(from);
            order.Insert(to, from);
            return x.Permute([.. order]);
        }
    }
}
