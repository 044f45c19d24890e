using Nabla.Numerics;
using Nabla.Numerics.Calculus;
using Nabla.Numerics.Kernels;
using Nabla.Tensors.Reference;
using Symbol = Nabla.Tensors.Reference.Formula;

namespace Nabla.Tensors.Ops;

/// <summary>
/// An elementwise function of two tensors: y[i] = f(a[i], b[i]), after broadcasting a and b to one shape.
/// </summary>
/// <typeparam name="TOp">The function.</typeparam>
public sealed class Binary<TOp> : Op where TOp : struct, IBinaryOp
{
    private const string Input = "⟨x⟩", Result = "⟨y⟩";

    private static readonly string Derivatives = Derivative(TOp.BackwardA) + Derivative(TOp.BackwardB);
    private static readonly bool UsesInputs = Derivatives.Contains(Input, StringComparison.Ordinal);
    private static readonly bool UsesResult = Derivatives.Contains(Result, StringComparison.Ordinal);

    private readonly Tensor a, b;

    private Binary(Tensor a, Tensor b) : base(a, b) => (this.a, this.b) = (a, b);

    private delegate void Kernel(in ZipShape shape, in Operands operands, Span<float> output, bool accumulate);

    /// <inheritdoc/>
    public override string Name => typeof(TOp).Name;

    /// <inheritdoc/>
    public override string Formula => $"y = {TOp.Forward(Symbol.Variable("a"), Symbol.Variable("b"))}";

    /// <inheritdoc/>
    protected internal override bool ReadsInputs => UsesInputs;

    /// <inheritdoc/>
    protected internal override bool ReadsResult => UsesResult;

    /// <summary>f of every pair of elements.</summary>
    /// <exception cref="ArgumentException">The shapes do not broadcast.</exception>
    public static Tensor Apply(Tensor a, Tensor b) => new Binary<TOp>(a, b).Apply();

    /// <inheritdoc/>
    public override Op WithInputs(params Tensor[] inputs) => new Binary<TOp>(inputs[0], inputs[1]);

    /// <inheritdoc/>
    public override NdArray<V> Reference<V>(params NdArray<V>[] inputs)
    {
        Shape shape = Shape.Broadcast(inputs[0].Shape, inputs[1].Shape, Name);
        return NdArray<V>.Build(shape, i => TOp.Forward(inputs[0].Broadcast(i), inputs[1].Broadcast(i)));
    }

    /// <inheritdoc/>
    protected override Tensor Forward()
    {
        Tensor y = Tensor.Uninitialized(Shape.Broadcast(a.Shape, b.Shape, Name));
        var numbers = new Operands(a.Dense().AsSpan(), b.Dense().AsSpan(), y.AsSpan(), y.AsSpan());
        ForEachBlock(y.Shape, numbers, y.Writable(), accumulate: false, static (in shape, in block, output, _) =>
            Elementwise.ZipRows<TOp>(shape, block.A, block.B, output));
        return y;
    }

    /// <inheritdoc/>
    protected internal override void Backward(Tensor y, Tensor dy, Gradients gradients)
    {
        if (!TOp.IsSum && a.Shape == b.Shape && gradients.Wants(a) && gradients.Wants(b))
        {
            BackwardBoth(y, dy, gradients);
            return;
        }
        if (gradients.Wants(a))
            BackwardOne(a, y, dy, gradients, static (in shape, in block, da, accumulate) =>
                Elementwise.ZipRowsBackwardA<TOp>(shape, block.A, block.B, block.Y, block.Dy, da, accumulate));
        if (gradients.Wants(b))
            BackwardOne(b, y, dy, gradients, static (in shape, in block, db, accumulate) =>
                Elementwise.ZipRowsBackwardB<TOp>(shape, block.A, block.B, block.Y, block.Dy, db, accumulate));
    }

    /// <inheritdoc/>
    protected internal override Tensor? Tangent(Tensor y, Tangents tangents)
    {
        Tensor? sum = Tangents.Sum(Part<ByFirst>(tangents.Of(a)), Part<BySecond>(tangents.Of(b)));
        return sum is null || sum.Shape == y.Shape ? sum : sum.Expand(y.Shape.AsSpan());

        Tensor? Part<TSide>(Tensor? direction) where TSide : struct, IArgument =>
            direction is null || TOp.IsSum ? direction
            : Binary<PartialDerivative<TOp, TSide>>.Apply(a, b) * direction;
    }

    private void BackwardBoth(Tensor y, Tensor dy, Gradients gradients)
    {
        Operands numbers = Numbers(y, dy);
        GradientSlot da = gradients.SlotInPlace(a), db = gradients.SlotInPlace(b);
        Elementwise.ZipBackward<TOp>(
            new(numbers.A, numbers.B, numbers.Y, numbers.Dy), da.Span, da.Accumulate, db.Span, db.Accumulate);
    }

    private void BackwardOne(Tensor input, Tensor y, Tensor dy, Gradients gradients, Kernel kernel)
    {
        if (TOp.IsSum && input.Shape == y.Shape)
        {
            gradients.Add(input, dy);
        }
        else if (input.Shape == y.Shape)
        {
            GradientSlot slot = gradients.Slot(input);
            ForEachBlock(y.Shape, Numbers(y, dy), slot.Span, slot.Accumulate, kernel);
        }
        else
        {
            Tensor stretched = TOp.IsSum ? dy : Tensor.Uninitialized(y.Shape);
            if (!TOp.IsSum)
                ForEachBlock(y.Shape, Numbers(y, dy), stretched.Writable(), accumulate: false, kernel);
            gradients.Add(input, Broadcasting.SumTo(stretched, input.Shape));
        }
    }

    /// <summary>
    /// What the derivatives are computed from; for what they do not use, dy stands in, which is as long.
    /// </summary>
    private Operands Numbers(Tensor y, Tensor dy) => new(
        (UsesInputs ? a.Dense() : dy).AsSpan(), (UsesInputs ? b.Dense() : dy).AsSpan(),
        (UsesResult ? y : dy).AsSpan(), dy.AsSpan());

    private void ForEachBlock(Shape result, in Operands numbers, Span<float> output, bool accumulate, Kernel kernel)
    {
        if (output.IsEmpty)
            return;
        ZipLayout layout = ZipLayout.Of(result, a.Shape, b.Shape);
        RowWalker blocksA = layout.BlocksA, blocksB = layout.BlocksB;
        int size = layout.Block.Rows * layout.Block.Columns;
        for (int at = 0; at < output.Length; at += size)
        {
            var block = new Operands(
                numbers.A[blocksA.Next()..], numbers.B[blocksB.Next()..], numbers.Y.Slice(at, size),
                numbers.Dy.Slice(at, size));
            kernel(layout.Block, block, output.Slice(at, size), accumulate);
        }
    }

    private static string Derivative(Func<Symbol, Symbol, Symbol, Symbol, Symbol> backward) => backward(
        Symbol.Variable(Input), Symbol.Variable(Input), Symbol.Variable(Result), Symbol.Variable("⟨dy⟩")).ToString();

    private readonly ref struct Operands(
        ReadOnlySpan<float> a, ReadOnlySpan<float> b, ReadOnlySpan<float> y, ReadOnlySpan<float> dy)
    {
        public readonly ReadOnlySpan<float> A = a, B = b, Y = y, Dy = dy;
    }
}
