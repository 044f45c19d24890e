using Nabla.Numerics;
using Nabla.Tensors.Reference;

namespace Nabla.Tensors.Ops;

/// <summary>
/// A range of one dimension: y[…, i, …] = x[…, start + i, …]. A view: nothing is copied.
/// dL/dx[…, start + i, …] = dy[…, i, …], 0 outside the range.
/// </summary>
public sealed class SliceOp : Op, ISampledOp
{
    private readonly Tensor x;
    private readonly int dim, start, length;

    internal SliceOp(Tensor x, int dim, int start, int length) : base(x)
    {
        this.x = x;
        this.dim = x.Shape.Dimension(dim, "Slice");
        (this.start, this.length) = (start, length);
        if (start < 0 || length < 0 || (long)start + length > x.Shape[dim])
            throw new ArgumentOutOfRangeException(
                nameof(start),
                $"Slice: {start} … {(long)start + length} does not lie within dimension {dim} of {x.Shape}.");
    }

    /// <inheritdoc/>
    public override string Formula => "y_i = x_{s + i}";

    /// <inheritdoc/>
    public override IEnumerable<FormulaInstance> FormulaInstances(Shape result)
    {
        var (lines, results) = (new DimensionLines(x.Shape, dim), new DimensionLines(result, dim));
        for (int y = 0; y < result.ElementCount; y++)
        {
            int first = y / (results.Inner * results.Length) * lines.Inner * lines.Length + y % results.Inner;
            yield return new FormulaInstance(new("y_i", -1, [], [y]), [new("x", 0, [lines.Length],
                [.. Enumerable.Range(0, lines.Length).Select(k => first + k * lines.Inner)])])
                .With("i", y / results.Inner % results.Length + 1).With("s", start);
        }
    }

    /// <inheritdoc/>
    protected internal override bool ReadsInputs => false;

    /// <inheritdoc/>
    protected internal override bool ReadsResult => false;

    /// <inheritdoc/>
    public static IEnumerable<Op> Samples(Rng rng)
    {
        yield return new SliceOp(Tensor.Randn([2, 7], rng), 1, 2, 3);
        yield return new SliceOp(Tensor.Randn([4, 3, 2], rng), 0, 1, 2);
        yield return new SliceOp(Tensor.Randn([1], rng), 0, 0, 1);
        yield return new SliceOp(Tensor.Randn([3, 2], rng), 0, 3, 0);
        yield return new SliceOp(Tensor.Randn([0, 2], rng), 1, 1, 1);
    }

    /// <inheritdoc/>
    public override Op WithInputs(params Tensor[] inputs) => new SliceOp(inputs[0], dim, start, length);

    /// <inheritdoc/>
    public override NdArray<V> Reference<V>(params NdArray<V>[] inputs) =>
        NdArray<V>.Build(inputs[0].Shape.With(dim, length), index =>
        {
            int[] source = [.. index];
            source[dim] += start;
            return inputs[0][source];
        });

    /// <inheritdoc/>
    protected override Tensor Forward() =>
        new(x.Shape.With(dim, length), x.Buffer, x.Strides, x.Offset + start * x.Strides[dim]);

    /// <inheritdoc/>
    protected internal override void Backward(Tensor y, Tensor dy, Gradients gradients) =>
        gradients.AddPart(x, dim, start, dy);

    /// <inheritdoc/>
    protected internal override Tensor? Tangent(Tensor y, Tangents tangents) => tangents.Linear(this);

    internal override Tensor? TakePlace(Tensor view, Gradients gradients) =>
        gradients.TakePart(x, dim, (start, length), view);
}

/// <summary>Gives tensors the operation <see cref="SliceOp"/>.</summary>
public static class SliceExtensions
{
    extension(Tensor x)
    {
        /// <summary>
        /// Elements <paramref name="start"/> … start + length − 1 of dimension <paramref name="dim"/>.
        /// </summary>
        /// <example><code>
        /// new Tensor([1, 2, 3, 4], [4]).Slice(0, start: 1, length: 2);   // = [2, 3]
        /// </code></example>
        /// <exception cref="ArgumentOutOfRangeException">The range is not within the dimension.</exception>
        public Tensor Slice(int dim, int start, int length) => new SliceOp(x, dim, start, length).Apply();
    }
}
