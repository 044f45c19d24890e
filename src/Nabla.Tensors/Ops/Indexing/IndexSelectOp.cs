using Nabla.Numerics;
using Nabla.Tensors.Reference;

namespace Nabla.Tensors.Ops;

/// <summary>
/// Slices of one dimension by number: y[…, k, …] = x[…, index[k], …]. dL/dx[…, i, …] = Σ_(k: index[k] = i) dy[…, k, …].
/// </summary>
public sealed class IndexSelectOp : DimensionMaps, ISampledOp
{
    private readonly int dim;
    private readonly int[] indices;

    internal IndexSelectOp(Tensor x, int dim, int[] indices) : base(x, Chosen(x, dim, indices)) =>
        (this.dim, this.indices) = (x.Shape.Dimension(dim, "IndexSelect"), indices);

    /// <inheritdoc/>
    public override string Formula => "y_i = x_{p_i}";

    /// <inheritdoc/>
    public override IEnumerable<FormulaInstance> FormulaInstances(Shape result) =>
        Along(dim, result).Select(use => use.With("p", [indices.Length], [.. indices.Select(index => index + 1.0)]));

    /// <inheritdoc/>
    public static IEnumerable<Op> Samples(Rng rng)
    {
        yield return new IndexSelectOp(Tensor.Randn([4, 3], rng), 0, [3, 0, 3]);
        yield return new IndexSelectOp(Tensor.Randn([2, 5, 3], rng), 1, [4, 4, 0, 1]);
        yield return new IndexSelectOp(Tensor.Randn([2, 5], rng), -1, [1]);
        yield return new IndexSelectOp(Tensor.Randn([1], rng), 0, [0, 0]);
        yield return new IndexSelectOp(Tensor.Randn([0, 3], rng), 1, [2]);
        yield return new IndexSelectOp(Tensor.Randn([2, 3], rng), 1, []);
    }

    /// <inheritdoc/>
    public override Op WithInputs(params Tensor[] inputs) => new IndexSelectOp(inputs[0], dim, indices);

    private protected override int[] Source(int[] index)
    {
        index[dim] = indices[index[dim]];
        return index;
    }

    private static int[]?[] Chosen(Tensor x, int dim, int[] indices)
    {
        int d = x.Shape.Dimension(dim, "IndexSelect"), n = x.Shape[d];
        foreach (int index in indices)
            if ((uint)index >= (uint)n)
                throw new ArgumentOutOfRangeException(
                    nameof(indices),
                    $"IndexSelect: index {index} is not in 0 … {n - 1}, dimension {dim} of {x.Shape}.");
        return Tables(x, (d, indices));
    }
}

/// <summary>Gives tensors the operation <see cref="IndexSelectOp"/>.</summary>
public static class IndexSelectExtensions
{
    extension(Tensor x)
    {
        /// <summary>The slices of dimension <paramref name="dim"/> with these numbers, in this order.</summary>
        /// <exception cref="ArgumentOutOfRangeException">An index is not in 0 … size − 1.</exception>
        /// <example><code>
        /// new Tensor([1f, 2f, 3f, 4f], [2, 2]).IndexSelect(0, [1, 1]);   // = [3, 4, 3, 4]
        /// </code></example>
        public Tensor IndexSelect(int dim, ReadOnlySpan<int> indices) =>
            new IndexSelectOp(x, dim, indices.ToArray()).Apply();

        /// <summary>
        /// The slice of dimension <paramref name="dim"/> with this number; the dimension goes. A view.
        /// </summary>
        /// <exception cref="ArgumentOutOfRangeException">The index is not in −size … size − 1.</exception>
        /// <example><code>
        /// new Tensor([1f, 2f, 3f, 4f], [2, 2]).Select(1, -1);   // = [2, 4]
        /// </code></example>
        public Tensor Select(int dim, int index)
        {
            int d = x.Shape.Dimension(dim, "Select"), n = x.Shape[d], at = index < 0 ? index + n : index;
            return (uint)at < (uint)n
                ? x.Slice(d, at, 1).Squeeze(d)
                : throw new ArgumentOutOfRangeException(
                    nameof(index), $"Select: index {index} is not in {-n} … {n - 1}, dimension {dim} of {x.Shape}.");
        }
    }
}
