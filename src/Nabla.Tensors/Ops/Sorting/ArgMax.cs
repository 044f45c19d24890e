namespace Nabla.Tensors.Ops;

/// <summary>Where the largest and smallest elements are.</summary>
public static class ArgMaxExtensions
{
    extension(Tensor x)
    {
        /// <summary>
        /// The place in row-major order of the first element that is largest; NaN is larger than all.
        /// </summary>
        /// <exception cref="ArgumentException">There are no elements.</exception>
        /// <example><code>
        /// new Tensor([3f, 7f, 2f]).ArgMax();   // = 1
        /// </code></example>
        public int ArgMax() => Extreme(x.Reshape(x.Count), 0, true, "ArgMax")[0];

        /// <summary>The index of the first largest of each line along <paramref name="dim"/>, row-major.</summary>
        /// <exception cref="ArgumentException">There are no elements along the dimension.</exception>
        /// <example><code>
        /// new Tensor([3f, 7f, 2f, 1f], [2, 2]).ArgMax(1);   // = [1, 0]
        /// </code></example>
        public int[] ArgMax(int dim) => Extreme(x, dim, true, "ArgMax");

        /// <summary>
        /// The place in row-major order of the first element that is smallest; NaN is smaller than all.
        /// </summary>
        /// <exception cref="ArgumentException">There are no elements.</exception>
        /// <example><code>
        /// new Tensor([3f, 7f, 2f]).ArgMin();   // = 2
        /// </code></example>
        public int ArgMin() => Extreme(x.Reshape(x.Count), 0, false, "ArgMin")[0];

        /// <summary>The index of the first smallest of each line along <paramref name="dim"/>, row-major.</summary>
        /// <exception cref="ArgumentException">There are no elements along the dimension.</exception>
        /// <example><code>
        /// new Tensor([3f, 7f, 2f, 1f], [2, 2]).ArgMin(1);   // = [0, 1]
        /// </code></example>
        public int[] ArgMin(int dim) => Extreme(x, dim, false, "ArgMin");

        /// <summary>The largest along a dimension, which goes or stays with size 1, and its index.</summary>
        /// <exception cref="ArgumentException">There are no elements along the dimension.</exception>
        /// <example><code>
        /// new Tensor([3f, 7f, 2f, 1f], [2, 2]).MaxWithIndices(1).Indices;   // = [1, 0]
        /// </code></example>
        public (Tensor Values, int[] Indices) MaxWithIndices(int dim, bool keepDim = false) =>
            With(x, dim, keepDim, x.ArgMax(dim));

        /// <summary>The smallest along a dimension, which goes or stays with size 1, and its index.</summary>
        /// <exception cref="ArgumentException">There are no elements along the dimension.</exception>
        /// <example><code>
        /// new Tensor([3f, 7f, 2f, 1f], [2, 2]).MinWithIndices(1).Indices;   // = [0, 1]
        /// </code></example>
        public (Tensor Values, int[] Indices) MinWithIndices(int dim, bool keepDim = false) =>
            With(x, dim, keepDim, x.ArgMin(dim));

        /// <summary>The largest so far along a dimension, of equal ones the last, and its index.</summary>
        /// <exception cref="ArgumentOutOfRangeException">There is no such dimension.</exception>
        /// <example><code>
        /// new Tensor([1f, 3f, 2f]).CumMax().Values;   // = [1, 3, 3]
        /// </code></example>
        public (Tensor Values, int[] Indices) CumMax(int dim = -1) => SoFar(x, dim, largest: true);

        /// <summary>The smallest so far along a dimension, of equal ones the last, and its index.</summary>
        /// <exception cref="ArgumentOutOfRangeException">There is no such dimension.</exception>
        /// <example><code>
        /// new Tensor([2f, 3f, 1f]).CumMin().Values;   // = [2, 2, 1]
        /// </code></example>
        public (Tensor Values, int[] Indices) CumMin(int dim = -1) => SoFar(x, dim, largest: false);
    }

    private static int[] Extreme(Tensor x, int dim, bool largest, string operation)
    {
        int d = x.Shape.Dimension(dim, operation);
        return x.Shape[d] > 0
            ? SortedLines.Extreme(x, d, largest)
            : throw new ArgumentException($"{operation}: {x.Shape} has no elements along dimension {dim}.");
    }

    private static (Tensor Values, int[] Indices) With(Tensor x, int dim, bool keepDim, int[] indices)
    {
        Tensor values = x.Gather(dim, indices, x.Shape.With(dim, 1));
        return (keepDim ? values : values.Squeeze(dim), indices);
    }

    private static (Tensor Values, int[] Indices) SoFar(Tensor x, int dim, bool largest)
    {
        int d = x.Shape.Dimension(dim, largest ? "CumMax" : "CumMin");
        var lines = new DimensionLines(x.Shape, d);
        ReadOnlySpan<float> numbers = x.Dense().AsSpan();
        var indices = new int[x.Count];
        for (int at = 0; at < indices.Length; at++)
        {
            int i = at / lines.Inner % lines.Length, before = i == 0 ? 0 : indices[at - lines.Inner];
            float best = numbers[at + (before - i) * lines.Inner], value = numbers[at];
            bool replaces = float.IsNaN(value) || (largest ? value >= best : value <= best);
            indices[at] = replaces ? i : before;
        }
        return (x.Gather(d, indices, x.Shape), indices);
    }
}
