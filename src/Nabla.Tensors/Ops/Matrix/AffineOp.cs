using Nabla.Numerics;
using Nabla.Numerics.Kernels;
using Nabla.Tensors.Reference;

namespace Nabla.Tensors.Ops;

/// <summary>
/// A linear layer's arithmetic: y = x·Wᵀ + b for x [..., In], W [Out, In], b [Out]. The bias is added by the product's
/// own kernel. dL/dx = dy·W, dL/dW = dyᵀ·x, dL/db = Σ dy over the rows.
/// </summary>
public sealed class AffineOp : Op, ISampledOp
{
    private readonly Tensor x, weight;
    private readonly Tensor? bias;

    internal AffineOp(Tensor x, Tensor weight, Tensor? bias) : base(bias is null ? [x, weight] : [x, weight, bias])
    {
        if (weight.Rank != 2 || x.Rank < 1 || x.Shape[-1] != weight.Shape[1])
            throw new ArgumentException(
                $"Affine: input {x.Shape} does not fit weight {weight.Shape}, which is [Out, In]; " +
                "the input's last size must be In.");
        if (bias is not null && bias.Shape != Shape.Create([weight.Shape[0]]))
            throw new ArgumentException(
                $"Affine: bias {bias.Shape} does not fit weight {weight.Shape}; it must be [{weight.Shape[0]}].");
        (this.x, this.weight, this.bias) = (x, weight, bias);
    }

    /// <inheritdoc/>
    public override string Formula => bias is null ? "y = x·Wᵀ" : "y = x·Wᵀ + b";

    /// <inheritdoc/>
    public override IEnumerable<FormulaInstance> FormulaInstances(Shape result) =>
        FormulaPieces.Of(new("y", result, -1), [new("x", x.Shape, -1), new("W", weight.Shape, 0, 1),
            .. bias is null ? (FormulaPieces.Seen[])[] : [new("b", bias.Shape, 0)]]);

    private int Rows => x.Shape.Without(-1).ElementCount;

    private int In => weight.Shape[1];

    private int Out => weight.Shape[0];

    private Shape Result => x.Shape.With(-1, Out);

    /// <inheritdoc/>
    protected internal override bool ReadsResult => false;

    /// <inheritdoc/>
    public static IEnumerable<Op> Samples(Rng rng)
    {
        foreach (Shape shape in (Shape[])[[3, 4], [2, 3, 4], [1, 4], [4], [0, 4]])
        {
            yield return new AffineOp(Tensor.Randn(shape, rng), Tensor.Randn([5, 4], rng), Tensor.Randn([5], rng));
            yield return new AffineOp(Tensor.Randn(shape, rng), Tensor.Randn([1, 4], rng), null);
        }
        yield return new AffineOp(Tensor.Randn([1], rng), Tensor.Randn([2, 1], rng), Tensor.Randn([2], rng));
    }

    /// <inheritdoc/>
    public override Op WithInputs(params Tensor[] inputs) =>
        new AffineOp(inputs[0], inputs[1], inputs.Length > 2 ? inputs[2] : null);

    /// <inheritdoc/>
    public override NdArray<V> Reference<V>(params NdArray<V>[] inputs) => NdArray<V>.Build(Result, index =>
    {
        V sum = inputs.Length > 2 ? inputs[2][index[^1]] : 0;
        for (int k = 0; k < In; k++)
            sum += inputs[0][[.. index[..^1], k]] * inputs[1][index[^1], k];
        return sum;
    });

    /// <inheritdoc/>
    protected override Tensor Forward()
    {
        Tensor y = Tensor.Uninitialized(Result);
        var shape = new GemmShape(Rows, Out, In) { TransposeB = true };
        Gemm.Multiply(shape, x.Dense().AsSpan(), weight.Dense().AsSpan(), y.Writable(),
            bias is null ? default : bias.Dense().AsSpan());
        return y;
    }

    /// <inheritdoc/>
    protected internal override void Backward(Tensor y, Tensor dy, Gradients gradients)
    {
        if (gradients.Wants(x))
        {
            ReadOnlySpan<float> numbers = weight.Dense().AsSpan();
            GradientSlot dx = gradients.Slot(x);
            Gemm.Multiply(
                new GemmShape(Rows, In, Out) { Accumulate = dx.Accumulate }, dy.AsSpan(), numbers, dx.Span);
        }
        if (gradients.Wants(weight))
        {
            ReadOnlySpan<float> numbers = x.Dense().AsSpan();
            GradientSlot dw = gradients.Slot(weight);
            var shape = new GemmShape(Out, In, Rows) { TransposeA = true, Accumulate = dw.Accumulate };
            Gemm.Multiply(shape, dy.AsSpan(), numbers, dw.Span);
        }
        if (bias is not null && gradients.Wants(bias))
        {
            GradientSlot db = gradients.Slot(bias);
            Elementwise.SumColumns(dy.AsSpan(), db.Span, db.Accumulate);
        }
    }

    /// <inheritdoc/>
    protected internal override Tensor? Tangent(Tensor y, Tangents tangents)
    {
        Tensor? biasDirection = bias is null ? null : tangents.Of(bias);
        Tensor? sum = tangents.Of(x) is { } dx ? dx.Affine(weight, biasDirection) : biasDirection;
        sum = Tangents.Sum(sum, tangents.Of(weight) is { } dw ? x.Affine(dw) : null);
        return sum is null || sum.Shape == y.Shape ? sum : sum.Expand(y.Shape.AsSpan());
    }
}

/// <summary>Gives tensors the operation <see cref="AffineOp"/>.</summary>
public static class AffineExtensions
{
    extension(Tensor x)
    {
        /// <summary>x·Wᵀ + b, [..., In] → [..., Out], for a weight [Out, In] and an optional bias [Out].</summary>
        /// <example><code>
        /// Tensor x = new([0.8f, 0.3f], [1, 2]), w = new([1.2f, -0.5f], [1, 2]), b = new([0.1f], [1]);
        /// x.Affine(w, b);                                // = 0.91
        /// 1.2 * 0.8 + -0.5 * 0.3 + 0.1;                  // = 0.91
        /// </code></example>
        /// <exception cref="ArgumentException">The sizes do not fit.</exception>
        public Tensor Affine(Tensor weight, Tensor? bias = null) => new AffineOp(x, weight, bias).Apply();
    }
}
