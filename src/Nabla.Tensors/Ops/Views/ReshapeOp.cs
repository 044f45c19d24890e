using Nabla.Numerics;
using Nabla.Tensors.Reference;

namespace Nabla.Tensors.Ops;

/// <summary>The same elements in the same order under another shape; no copy where the strides allow it.</summary>
public sealed class ReshapeOp : Op, ISampledOp
{
    private readonly Tensor x;
    private readonly Shape shape;

    internal ReshapeOp(Tensor x, Shape shape) : base(x)
    {
        if (shape.ElementCount != x.Count)
            throw new ArgumentException(
                $"Reshape: {x.Shape} has {x.Count} elements, {shape} has {shape.ElementCount}; they must be equal.");
        this.x = x;
        this.shape = shape;
    }

    /// <inheritdoc/>
    public override string Formula => "y = x";

    /// <inheritdoc/>
    public override IEnumerable<FormulaInstance> FormulaInstances(Shape result) =>
        [new(FormulaPieces.Whole("y", -1, [result.ElementCount]),
            [FormulaPieces.Whole("x", 0, [result.ElementCount])])];

    /// <inheritdoc/>
    protected internal override bool ReadsViews => true;

    /// <inheritdoc/>
    protected internal override bool ReadsInputs => false;

    /// <inheritdoc/>
    protected internal override bool ReadsResult => false;

    /// <inheritdoc/>
    public static IEnumerable<Op> Samples(Rng rng)
    {
        yield return new ReshapeOp(Tensor.Randn([2, 6], rng), [3, 4]);
        yield return new ReshapeOp(Tensor.Randn([2, 3, 4], rng), [6, 4]);
        yield return new ReshapeOp(Tensor.Randn([1], rng), []);
        yield return new ReshapeOp(Tensor.Randn([0, 3], rng), [3, 0]);
    }

    /// <inheritdoc/>
    public override Op WithInputs(params Tensor[] inputs) => new ReshapeOp(inputs[0], shape);

    /// <inheritdoc/>
    public override NdArray<V> Reference<V>(params NdArray<V>[] inputs) => inputs[0].Reshape(shape);

    /// <inheritdoc/>
    protected override Tensor Forward() => View(x, shape);

    /// <inheritdoc/>
    protected internal override void Backward(Tensor y, Tensor dy, Gradients gradients) =>
        gradients.Add(x, View(dy, x.Shape));

    /// <inheritdoc/>
    protected internal override Tensor? Tangent(Tensor y, Tangents tangents) => tangents.Linear(this);

    internal override Tensor? TakePlace(Tensor view, Gradients gradients) =>
        x.Buffer == view.Buffer ? x.Creator?.TakePlace(view, gradients) : null;

    private static Tensor View(Tensor x, Shape shape)
    {
        if (x.IsContiguous)
            return new Tensor(shape, x.Buffer, shape.DenseStrides(), x.Offset);
        Span<int> strides = stackalloc int[shape.Rank];
        if (SplitStrides(x, shape, strides))
            return new Tensor(shape, x.Buffer, strides, x.Offset);
        Tensor dense = x.Dense();
        return new Tensor(shape, dense.Buffer, shape.DenseStrides(), dense.Offset);
    }

    /// <summary>
    /// Strides of the new shape over the old memory; false if there are none. Old and new dimensions are matched in
    /// groups with equal products; within a group the old dimensions must follow one another without gaps.
    /// </summary>
    private static bool SplitStrides(Tensor x, Shape shape, Span<int> strides)
    {
        strides.Clear();
        int from = x.Rank - 1, to = shape.Rank - 1;
        while (from >= 0 && to >= 0)
        {
            int stride = x.Strides[from], groupFrom = x.Shape[from], groupTo = 1;
            while (to >= 0 && groupTo < groupFrom || to >= 0 && shape[to] == 1)
            {
                strides[to] = stride * groupTo;
                groupTo *= shape[to--];
                while (groupTo > groupFrom && from > 0)
                {
                    from--;
                    if (x.Shape[from] != 1 && x.Strides[from] != stride * groupFrom)
                        return false;
                    groupFrom *= x.Shape[from];
                }
            }
            if (groupFrom != groupTo)
                return false;
            from--;
        }
        return true;
    }
}

/// <summary>Gives tensors the operation <see cref="ReshapeOp"/> and what is said by it.</summary>
public static class ReshapeExtensions
{
    extension(Tensor x)
    {
        /// <summary>The same elements under another shape; one size may be −1, which stands for what is left.</summary>
        /// <example><code>
        /// Tensor.Zeros([6]).Reshape(2, -1).Shape;                // = [2, 3]
        /// </code></example>
        /// <exception cref="ArgumentException">The numbers of elements differ.</exception>
        public Tensor Reshape(params ReadOnlySpan<int> sizes)
        {
            int unknown = sizes.IndexOf(-1);
            if (unknown < 0)
                return new ReshapeOp(x, Shape.Create(sizes)).Apply();
            if (sizes.Count(-1) > 1)
                throw new ArgumentException(
                    $"Reshape: [{string.Join(", ", sizes.ToArray())}] leaves several sizes open; only one can be -1.");
            int[] known = sizes.ToArray();
            known[unknown] = 1;
            int product = Shape.Create(known).ElementCount;
            known[unknown] = product == 0 ? 0 : x.Count / product;
            return new ReshapeOp(x, known).Apply();
        }

        /// <summary>
        /// The same elements with a dimension of size 1 put in before <paramref name="dim"/> (−1: at the end).
        /// </summary>
        public Tensor Unsqueeze(int dim)
        {
            int at = dim < 0 ? dim + x.Rank + 1 : dim;
            if ((uint)at > (uint)x.Rank)
                throw new ArgumentOutOfRangeException(
                    nameof(dim), $"Unsqueeze: dimension {dim} does not fit {x.Shape}; use {-x.Rank - 1} … {x.Rank}.");
            return new ReshapeOp(x, x.Shape.Insert(at, 1)).Apply();
        }

        /// <summary>The same elements without dimension <paramref name="dim"/>, which must have size 1.</summary>
        public Tensor Squeeze(int dim) => x.Shape[dim] == 1
            ? new ReshapeOp(x, x.Shape.Without(dim)).Apply()
            : throw new ArgumentException($"Squeeze: dimension {dim} of {x.Shape} has size {x.Shape[dim]}, not 1.");

        /// <summary>The same elements without any dimension of size 1.</summary>
        /// <example><code>
        /// Tensor.Zeros([1, 3, 1]).Squeeze().Shape;   // = [3]
        /// </code></example>
        public Tensor Squeeze() => x.Reshape([.. x.Shape.Where(size => size != 1)]);
    }
}
