using Nabla.Numerics;
using Nabla.Tensors.Reference;

namespace Nabla.Tensors.Ops;

/// <summary>
/// The same values in row-major order without gaps, copied if they are not so already: y = x, dL/dx = dy.
/// </summary>
public sealed class ContiguousOp : Op, ISampledOp
{
    private readonly Tensor x;

    internal ContiguousOp(Tensor x) : base(x) => this.x = x;

    /// <summary>Whether the result stands for x as a variable to differentiate by.</summary>
    internal bool IsVariable { get; init; }

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
        yield return new ContiguousOp(Tensor.Randn([3, 5], rng).Transpose(0, 1));
        yield return new ContiguousOp(Tensor.Randn([1], rng));
        yield return new ContiguousOp(Tensor.Randn([0, 2], rng));
    }

    /// <inheritdoc/>
    public override Op WithInputs(params Tensor[] inputs) => new ContiguousOp(inputs[0]);

    /// <inheritdoc/>
    public override NdArray<V> Reference<V>(params NdArray<V>[] inputs) => inputs[0];

    /// <inheritdoc/>
    protected override Tensor Forward()
    {
        Tensor dense = x.Dense();
        return ReferenceEquals(dense, x) ? new Tensor(x.Shape, x.Buffer, x.Strides, x.Offset) : dense;
    }

    /// <inheritdoc/>
    protected internal override void Backward(Tensor y, Tensor dy, Gradients gradients) => gradients.Add(x, dy);

    /// <inheritdoc/>
    protected internal override Tensor? Tangent(Tensor y, Tangents tangents) => tangents.Linear(this);
}

/// <summary>Gives tensors the operation <see cref="ContiguousOp"/>.</summary>
public static class ContiguousExtensions
{
    extension(Tensor x)
    {
        /// <summary>The same values in row-major order without gaps; this tensor itself if it is so already.</summary>
        public Tensor Contiguous() => x.IsContiguous ? x : new ContiguousOp(x).Apply();
    }
}
