using Nabla.Numerics;
using Nabla.Tensors.Reference;

namespace Nabla.Tensors.Ops;

/// <summary>
/// A dimension turned: y[…, i, …] = x[…, (i − shift) mod n, …]; what leaves at the end comes in in front.
/// </summary>
public sealed class RollOp : DimensionMaps, ISampledOp
{
    private readonly int dim, shift;

    internal RollOp(Tensor x, int shift, int dim)
        : base(x, Tables(x, (x.Shape.Dimension(dim, "Roll"), Turned(x.Shape[dim], shift)))) =>
        (this.dim, this.shift) = (x.Shape.Dimension(dim, "Roll"), shift);

    /// <inheritdoc/>
    public override string Formula => "y_i = x_{1 + ((i − 1 − s) mod n)}";

    /// <inheritdoc/>
    public override IEnumerable<FormulaInstance> FormulaInstances(Shape result) =>
        Along(dim, result).Select(use => use.With("s", shift));

    /// <inheritdoc/>
    public static IEnumerable<Op> Samples(Rng rng)
    {
        yield return new RollOp(Tensor.Randn([2, 5], rng), 2, 1);
        yield return new RollOp(Tensor.Randn([4, 3, 2], rng), -1, 0);
        yield return new RollOp(Tensor.Randn([4, 3, 2], rng), 7, 1);
        yield return new RollOp(Tensor.Randn([1], rng), 3, 0);
        yield return new RollOp(Tensor.Randn([0, 3], rng), 1, 0);
    }

    /// <inheritdoc/>
    public override Op WithInputs(params Tensor[] inputs) => new RollOp(inputs[0], shift, dim);

    private protected override int[] Source(int[] index)
    {
        int n = X.Shape[dim];
        index[dim] = ((index[dim] - shift) % n + n) % n;
        return index;
    }

    private static int[] Turned(int n, int shift)
    {
        int[] table = [.. Enumerable.Range(0, n)];
        if (n == 0)
            return table;
        int first = (int)(((long)-shift % n + n) % n);
        return [.. table[first..], .. table[..first]];
    }
}

/// <summary>Gives tensors the operation <see cref="RollOp"/>.</summary>
public static class RollExtensions
{
    extension(Tensor x)
    {
        /// <summary>
        /// The elements moved on by <paramref name="shift"/> along a dimension; those that leave come in at the other
        /// end.
        /// </summary>
        /// <exception cref="ArgumentOutOfRangeException">There is no such dimension.</exception>
        /// <example><code>
        /// new Tensor([1f, 2f, 3f]).Roll(1, 0);   // = [3, 1, 2]
        /// </code></example>
        public Tensor Roll(int shift, int dim) => new RollOp(x, shift, dim).Apply();

        /// <summary>
        /// The elements in row-major order moved on by <paramref name="shift"/>, under the same shape.
        /// </summary>
        /// <example><code>
        /// new Tensor([1f, 2f, 3f, 4f], [2, 2]).Roll(1);   // = [4, 1, 2, 3]
        /// </code></example>
        public Tensor Roll(int shift) => x.Reshape(x.Count).Roll(shift, 0).Reshape(x.Shape.AsSpan());
    }
}
