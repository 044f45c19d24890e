using Nabla.Numerics;
using Nabla.Tensors.Reference;

namespace Nabla.Tensors.Ops;

/// <summary>Two dimensions exchanged: y[…, i, …, j, …] = x[…, j, …, i, …]. A view: nothing is copied.</summary>
public sealed class TransposeOp : Op, ISampledOp
{
    private readonly Tensor x;
    private readonly int first, second;

    internal TransposeOp(Tensor x, int first, int second) : base(x)
    {
        this.x = x;
        this.first = x.Shape.Dimension(first, "Transpose");
        this.second = x.Shape.Dimension(second, "Transpose");
    }

    /// <inheritdoc/>
    public override string Formula => "y_{ji} = x_{ij}";

    /// <inheritdoc/>
    public override IEnumerable<FormulaInstance> FormulaInstances(Shape result) =>
        first == second ? [] : FormulaPieces.Of(
            new("y", result, first, second), new FormulaPieces.Seen("x", x.Shape, first, second));

    /// <inheritdoc/>
    protected internal override bool ReadsViews => true;

    /// <inheritdoc/>
    protected internal override bool ReadsInputs => false;

    /// <inheritdoc/>
    protected internal override bool ReadsResult => false;

    /// <inheritdoc/>
    public static IEnumerable<Op> Samples(Rng rng)
    {
        yield return new TransposeOp(Tensor.Randn([2, 5], rng), -2, -1);
        yield return new TransposeOp(Tensor.Randn([2, 3, 4], rng), 0, 2);
        yield return new TransposeOp(Tensor.Randn([1, 1], rng), 0, 1);
        yield return new TransposeOp(Tensor.Randn([0, 3], rng), 0, 1);
    }

    /// <inheritdoc/>
    public override Op WithInputs(params Tensor[] inputs) => new TransposeOp(inputs[0], first, second);

    /// <inheritdoc/>
    public override NdArray<V> Reference<V>(params NdArray<V>[] inputs) =>
        NdArray<V>.Build(View(x).Shape, index =>
        {
            int[] source = [.. index];
            (source[first], source[second]) = (index[second], index[first]);
            return inputs[0][source];
        });

    /// <inheritdoc/>
    protected override Tensor Forward() => View(x);

    /// <inheritdoc/>
    protected internal override void Backward(Tensor y, Tensor dy, Gradients gradients) => gradients.Add(x, View(dy));

    /// <inheritdoc/>
    protected internal override Tensor? Tangent(Tensor y, Tangents tangents) => tangents.Linear(this);

    internal override Tensor? TakePlace(Tensor view, Gradients gradients) =>
        x.Buffer == view.Buffer ? x.Creator?.TakePlace(view, gradients) : null;

    private Tensor View(Tensor t)
    {
        Span<int> sizes = stackalloc int[t.Rank], strides = stackalloc int[t.Rank];
        Swap(t.Shape.AsSpan(), sizes);
        Swap(t.Strides, strides);
        return new Tensor(Shape.Create(sizes), t.Buffer, strides, t.Offset);
    }

    private void Swap(ReadOnlySpan<int> values, Span<int> swapped)
    {
        values.CopyTo(swapped);
        (swapped[first], swapped[second]) = (values[second], values[first]);
    }
}

/// <summary>Gives tensors the operation <see cref="TransposeOp"/>.</summary>
public static class TransposeExtensions
{
    extension(Tensor x)
    {
        /// <summary>Exchanges two dimensions: <c>Transpose(-2, -1)</c> is the matrix transpose.</summary>
        /// <example><code>
        /// new Tensor([1, 2, 3, 4], [2, 2]).Transpose(0, 1);      // = [1, 3, 2, 4]
        /// </code></example>
        /// <exception cref="ArgumentOutOfRangeException">There is no such dimension.</exception>
        public Tensor Transpose(int first, int second) => new TransposeOp(x, first, second).Apply();
    }
}
