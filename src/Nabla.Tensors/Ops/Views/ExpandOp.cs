using Nabla.Numerics;
using Nabla.Tensors.Reference;

namespace Nabla.Tensors.Ops;

/// <summary>
/// Stretches dimensions of size 1, and adds dimensions in front, by repeating. A view: nothing is copied.
/// </summary>
public sealed class ExpandOp : Op, ISampledOp
{
    private readonly Tensor x;
    private readonly Shape shape;

    internal ExpandOp(Tensor x, Shape shape) : base(x)
    {
        if (Shape.Broadcast(x.Shape, shape, "Expand") != shape)
            throw new ArgumentException($"Expand: {x.Shape} does not stretch to {shape}; only sizes of 1 do.");
        this.x = x;
        this.shape = shape;
    }

    /// <inheritdoc/>
    public override string Formula => "y = x";

    /// <inheritdoc/>
    protected internal override bool ReadsInputs => false;

    /// <inheritdoc/>
    protected internal override bool ReadsResult => false;

    /// <inheritdoc/>
    public static IEnumerable<Op> Samples(Rng rng)
    {
        yield return new ExpandOp(Tensor.Randn([3], rng), [2, 3]);
        yield return new ExpandOp(Tensor.Randn([2, 1, 3], rng), [2, 4, 3]);
        yield return new ExpandOp(Tensor.Randn([], rng), [1]);
        yield return new ExpandOp(Tensor.Randn([1, 2], rng), [0, 2]);
        yield return new ExpandOp(Tensor.Randn([0], rng), [2, 0]);
    }

    /// <inheritdoc/>
    public override Op WithInputs(params Tensor[] inputs) => new ExpandOp(inputs[0], shape);

    /// <inheritdoc/>
    public override NdArray<V> Reference<V>(params NdArray<V>[] inputs) =>
        NdArray<V>.Build(shape, index => inputs[0].Broadcast(index));

    /// <inheritdoc/>
    protected override Tensor Forward()
    {
        Span<int> strides = stackalloc int[shape.Rank];
        strides.Clear();
        for (int d = 1; d <= x.Rank; d++)
            strides[^d] = x.Shape[-d] == 1 ? 0 : x.Strides[^d];
        return new Tensor(shape, x.Buffer, strides, x.Offset);
    }

    /// <inheritdoc/>
    protected internal override void Backward(Tensor y, Tensor dy, Gradients gradients) =>
        gradients.Add(x, Broadcasting.SumTo(dy, x.Shape));

    /// <inheritdoc/>
    protected internal override Tensor? Tangent(Tensor y, Tangents tangents) => tangents.Linear(this);
}

/// <summary>Gives tensors the operation <see cref="ExpandOp"/>.</summary>
public static class ExpandExtensions
{
    extension(Tensor x)
    {
        /// <summary>Repeats along dimensions of size 1, and along new ones in front, up to this shape.</summary>
        /// <example><code>
        /// new Tensor([1, 2], [2, 1]).Expand(2, 3);               // = [1, 1, 1, 2, 2, 2]
        /// </code></example>
        /// <exception cref="ArgumentException">A size other than 1 would have to change.</exception>
        public Tensor Expand(params ReadOnlySpan<int> sizes) => new ExpandOp(x, Shape.Create(sizes)).Apply();
    }
}
