namespace Nabla.Tensors.Ops;

/// <summary>Elements in order. The order itself is a constant: gradients go back to where each number stood.</summary>
public static class SortExtensions
{
    extension(Tensor x)
    {
        /// <summary>
        /// The indices that sort each line along <paramref name="dim"/>, in x's layout; equal numbers keep their order,
        /// NaN is the largest.
        /// </summary>
        /// <exception cref="ArgumentOutOfRangeException">There is no such dimension.</exception>
        /// <example><code>
        /// new Tensor([3f, 1f, 2f]).ArgSort();   // = [1, 2, 0]
        /// </code></example>
        public int[] ArgSort(int dim = -1, bool descending = false)
        {
            int d = x.Shape.Dimension(dim, "ArgSort");
            return SortedLines.Order(x, d, descending, x.Shape[d]);
        }

        /// <summary>Each line along <paramref name="dim"/> in order, and the indices that sort it: stable.</summary>
        /// <exception cref="ArgumentOutOfRangeException">There is no such dimension.</exception>
        /// <example><code>
        /// new Tensor([3f, 1f, 2f]).Sort().Values;   // = [1, 2, 3]
        /// </code></example>
        public (Tensor Values, int[] Indices) Sort(int dim = -1, bool descending = false)
        {
            int[] order = x.ArgSort(dim, descending);
            return (x.Gather(dim, order, x.Shape), order);
        }

        /// <summary>
        /// The <paramref name="k"/> largest (or smallest) of each line along <paramref name="dim"/>, the first first,
        /// and their indices; dimension dim goes from n to k.
        /// </summary>
        /// <exception cref="ArgumentOutOfRangeException">k is not in 0 … n.</exception>
        /// <example><code>
        /// new Tensor([3f, 1f, 2f]).TopK(2).Values;   // = [3, 2]
        /// </code></example>
        public (Tensor Values, int[] Indices) TopK(int k, int dim = -1, bool largest = true)
        {
            int d = x.Shape.Dimension(dim, "TopK");
            if ((uint)k > (uint)x.Shape[d])
                throw new ArgumentOutOfRangeException(
                    nameof(k), $"TopK: k = {k} is not in 0 … {x.Shape[d]}, the size of dimension {dim} of {x.Shape}.");
            int[] order = SortedLines.Order(x, d, largest, k);
            return (x.Gather(d, order, x.Shape.With(d, k)), order);
        }

        /// <summary>The k-th smallest of each line (k from 1), and its index; the dimension goes.</summary>
        /// <exception cref="ArgumentOutOfRangeException">k is not in 1 … n.</exception>
        /// <example><code>
        /// new Tensor([3f, 1f, 2f]).KthValue(2).Values;   // = 2
        /// </code></example>
        public (Tensor Values, int[] Indices) KthValue(int k, int dim = -1)
        {
            int d = x.Shape.Dimension(dim, "KthValue");
            if (k < 1 || k > x.Shape[d])
                throw new ArgumentOutOfRangeException(
                    nameof(k),
                    $"KthValue: k = {k} is not in 1 … {x.Shape[d]}, the size of dimension {dim} of {x.Shape}.");
            var lines = new DimensionLines(x.Shape, d);
            int[] order = SortedLines.Order(x, d, descending: false, k);
            int[] indices = [.. Enumerable.Range(0, lines.Outer * lines.Inner)
                .Select(line => order[(line / lines.Inner * k + k - 1) * lines.Inner + line % lines.Inner])];
            return (x.Gather(d, indices, x.Shape.With(d, 1)).Squeeze(d), indices);
        }

        /// <summary>
        /// The median of each line, of an even number the lower one, and its index; NaN if one is. The dimension goes.
        /// </summary>
        /// <exception cref="ArgumentException">There are no elements along the dimension.</exception>
        /// <example><code>
        /// new Tensor([3f, 1f, 2f, 9f]).Median().Values;   // = 2
        /// </code></example>
        public (Tensor Values, int[] Indices) Median(int dim = -1)
        {
            int d = x.Shape.Dimension(dim, "Median"), n = x.Shape[d];
            if (n == 0)
                throw new ArgumentException($"Median: {x.Shape} has no elements along dimension {dim}.");
            (Tensor Values, int[] Indices) middle = x.KthValue((n + 1) / 2, d), last = x.KthValue(n, d);
            Tensor isNaN = last.Values.Detach().IsNaN();
            float[] broken = isNaN.ToArray();
            return (Tensor.Where(isNaN, last.Values, middle.Values),
                [.. broken.Select((nan, i) => (nan > 0 ? last : middle).Indices[i])]);
        }
    }
}
