using Nabla.Numerics;
using Nabla.Tensors.Reference;

namespace Nabla.Tensors.Ops;

/// <summary>
/// Matrix product: y_ij = Σ_k a_ik·b_kj, for a [..., M, K] and b [..., K, N]; dimensions in front broadcast.
/// dL/da = dy·bᵀ, dL/db = aᵀ·dy.
/// </summary>
public sealed class MatMulOp : Op, ISampledOp
{
    private readonly Tensor a, b;
    private readonly Shape result;

    internal MatMulOp(Tensor a, Tensor b) : base(a, b)
    {
        (this.a, this.b) = (a, b);
        result = MatrixProduct.ResultShape(a.Shape, b.Shape, "MatMul");
    }

    /// <inheritdoc/>
    public override string Formula => "y_{ij} = Σ_k a_{ik}·b_{kj}";

    /// <inheritdoc/>
    public override IEnumerable<FormulaInstance> FormulaInstances(Shape result) =>
        FormulaPieces.Of(new("y", result, -2, -1), new("a", a.Shape, -2, -1), new("b", b.Shape, -2, -1));

    /// <inheritdoc/>
    protected internal override bool ReadsResult => false;

    /// <inheritdoc/>
    public static IEnumerable<Op> Samples(Rng rng)
    {
        (Shape A, Shape B)[] shapes =
        [
            ([2, 3], [3, 4]), ([1, 1], [1, 1]), ([5, 17], [17, 3]), ([2, 3, 4], [4, 5]), ([2, 3, 4], [2, 4, 5]),
            ([2, 1, 3, 4], [5, 4, 2]), ([4, 3], [2, 3, 5]), ([0, 3], [3, 2]), ([2, 0], [0, 2]),
        ];
        foreach ((Shape sizesA, Shape sizesB) in shapes)
            yield return new MatMulOp(Tensor.Randn(sizesA, rng), Tensor.Randn(sizesB, rng));
        yield return new MatMulOp(Tensor.Randn([4, 3], rng).Transpose(0, 1), Tensor.Randn([5, 4], rng).Transpose(0, 1));
    }

    /// <inheritdoc/>
    public override Op WithInputs(params Tensor[] inputs) => new MatMulOp(inputs[0], inputs[1]);

    /// <inheritdoc/>
    public override NdArray<V> Reference<V>(params NdArray<V>[] inputs) => NdArray<V>.Build(result, index =>
    {
        V sum = 0;
        for (int k = 0; k < a.Shape[-1]; k++)
            sum += inputs[0].Broadcast([.. index[..^1], k]) * inputs[1].Broadcast([.. index[..^2], k, index[^1]]);
        return sum;
    });

    /// <inheritdoc/>
    protected override Tensor Forward()
    {
        Tensor y = Tensor.Uninitialized(result);
        MatrixProduct.Multiply(a, b, y.Writable(), accumulate: false);
        return y;
    }

    /// <inheritdoc/>
    protected internal override void Backward(Tensor y, Tensor dy, Gradients gradients)
    {
        if (gradients.Wants(a))
            Accumulate(a, dy, MatrixProduct.Transposed(b), gradients);
        if (!gradients.Wants(b))
            return;
        if (b.Rank == 2 && a.Rank > 2)
            Accumulate(b, MatrixProduct.Transposed(Rows(a.Dense())), Rows(dy), gradients);
        else
            Accumulate(b, MatrixProduct.Transposed(a), dy, gradients);
    }

    /// <inheritdoc/>
    protected internal override Tensor? Tangent(Tensor y, Tangents tangents) => tangents.Multilinear(this);

    private static Tensor Rows(Tensor x) => x.Reshape(x.Shape.Without(-1).ElementCount, x.Shape[-1]);

    private static void Accumulate(Tensor input, Tensor left, Tensor right, Gradients gradients)
    {
        Shape shape = MatrixProduct.ResultShape(left.Shape, right.Shape, "MatMul");
        if (shape == input.Shape)
        {
            GradientSlot slot = gradients.Slot(input);
            MatrixProduct.Multiply(left, right, slot.Span, slot.Accumulate);
            return;
        }
        Tensor full = Tensor.Uninitialized(shape);
        MatrixProduct.Multiply(left, right, full.Writable(), accumulate: false);
        gradients.Add(input, Broadcasting.SumTo(full, input.Shape));
    }
}

/// <summary>Gives tensors the operation <see cref="MatMulOp"/>.</summary>
public static class MatMulExtensions
{
    extension(Tensor a)
    {
        /// <summary>The matrix product [..., M, K] × [..., K, N] → [..., M, N].</summary>
        /// <example><code>
        /// new Tensor([1, 2, 3, 4], [2, 2]).MatMul(new Tensor([10, 1], [2, 1]));   // = [12, 34]
        /// 1 * 10 + 2 * 1;                                                         // = 12
        /// </code></example>
        /// <exception cref="ArgumentException">
        /// The inner sizes differ, or the sizes in front do not broadcast.
        /// </exception>
        public Tensor MatMul(Tensor b) => new MatMulOp(a, b).Apply();
    }
}
