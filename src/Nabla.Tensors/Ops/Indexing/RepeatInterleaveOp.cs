using Nabla.Numerics;
using Nabla.Tensors.Reference;

namespace Nabla.Tensors.Ops;

/// <summary>
/// Each slice of a dimension r times in a row: y[…, i, …] = x[…, ⌊i/r⌋, …]. dL/dx is the sum of the copies'.
/// </summary>
public sealed class RepeatInterleaveOp : DimensionMaps, ISampledOp
{
    private readonly int count, dim;

    internal RepeatInterleaveOp(Tensor x, int count, int dim) : base(x, Repeated(x, count, dim)) =>
        (this.count, this.dim) = (count, x.Shape.Dimension(dim, "RepeatInterleave"));

    /// <inheritdoc/>
    public override string Formula => "y_i = x_{⌈i/r⌉}";

    /// <inheritdoc/>
    public override IEnumerable<FormulaInstance> FormulaInstances(Shape result) =>
        Along(dim, result).Select(use => use.With("r", count));

    /// <inheritdoc/>
    public static IEnumerable<Op> Samples(Rng rng)
    {
        yield return new RepeatInterleaveOp(Tensor.Randn([2, 3], rng), 2, 1);
        yield return new RepeatInterleaveOp(Tensor.Randn([2, 3, 4], rng), 3, 0);
        yield return new RepeatInterleaveOp(Tensor.Randn([1], rng), 2, 0);
        yield return new RepeatInterleaveOp(Tensor.Randn([2], rng), 0, 0);
        yield return new RepeatInterleaveOp(Tensor.Randn([0, 2], rng), 2, 1);
    }

    /// <inheritdoc/>
    public override Op WithInputs(params Tensor[] inputs) => new RepeatInterleaveOp(inputs[0], count, dim);

    private protected override int[] Source(int[] index)
    {
        index[dim] /= count;
        return index;
    }

    private static int[]?[] Repeated(Tensor x, int count, int dim)
    {
        int d = x.Shape.Dimension(dim, "RepeatInterleave");
        _ = x.Shape.With(d, (int)Math.Clamp((long)count * x.Shape[d], 0, int.MaxValue)); // or it is too large
        return count >= 0
            ? Tables(x, (d, [.. Enumerable.Range(0, count * x.Shape[d]).Select(i => i / count)]))
            : throw new ArgumentOutOfRangeException(
                nameof(count), $"RepeatInterleave: a count of {count} for {x.Shape}; it must be 0 or more.");
    }
}

/// <summary>Gives tensors the operation <see cref="RepeatInterleaveOp"/>.</summary>
public static class RepeatInterleaveExtensions
{
    extension(Tensor x)
    {
        /// <summary>Each slice of dimension <paramref name="dim"/> <paramref name="count"/> times in a row.</summary>
        /// <exception cref="ArgumentOutOfRangeException">
        /// The count is negative, or there is no such dimension.
        /// </exception>
        /// <example><code>
        /// new Tensor([1f, 2f]).RepeatInterleave(2, 0);   // = [1, 1, 2, 2]
        /// </code></example>
        public Tensor RepeatInterleave(int count, int dim) => new RepeatInterleaveOp(x, count, dim).Apply();
    }
}
