using Nabla.Numerics;
using Nabla.Numerics.Kernels;
using Nabla.Tensors.Reference;

namespace Nabla.Tensors.Ops;

/// <summary>An elementwise function of two tensors: y[i] = f(a[i], b[i]), after broadcasting a and b to one shape.</summary>
/// <typeparam name="TOp">The function.</typeparam>
public sealed class Binary<TOp> : Op where TOp : struct, IBinaryOp
{
    private readonly Tensor a, b;

    private Binary(Tensor a, Tensor b) : base(a, b) => (this.a, this.b) = (a, b);

    private delegate void RowKernel(in Row row, Span<float> gradient, bool accumulate);

    /// <inheritdoc/>
    public override string Name => typeof(TOp).Name;

    /// <inheritdoc/>
    public override string Formula =>
        $"y = {TOp.Forward(Nabla.Tensors.Reference.Formula.Variable("a"), Nabla.Tensors.Reference.Formula.Variable("b"))}";

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
        ForEachRow(y, y, static (in row, output, _) => Elementwise.Zip<TOp>(row.A, row.B, output), y.Writable(), accumulate: false);
        return y;
    }

    /// <inheritdoc/>
    protected internal override void Backward(Tensor y, Tensor dy, Gradients gradients)
    {
        if (gradients.Wants(a))
            BackwardOne(a, y, dy, gradients, static (in row, da, accumulate) =>
                Elementwise.ZipBackwardA<TOp>(row.A, row.B, row.Y, row.Dy, da, accumulate));
        if (gradients.Wants(b))
            BackwardOne(b, y, dy, gradients, static (in row, db, accumulate) =>
                Elementwise.ZipBackwardB<TOp>(row.A, row.B, row.Y, row.Dy, db, accumulate));
    }

    private void BackwardOne(Tensor input, Tensor y, Tensor dy, Gradients gradients, RowKernel kernel)
    {
        if (TOp.IsSum && input.Shape == y.Shape)
        {
            gradients.Add(input, dy);
        }
        else if (input.Shape == y.Shape)
        {
            GradientSlot slot = gradients.Slot(input);
            ForEachRow(y, dy, kernel, slot.Span, slot.Accumulate);
        }
        else
        {
            Tensor stretched = TOp.IsSum ? dy : Tensor.Uninitialized(y.Shape);
            if (!TOp.IsSum)
                ForEachRow(y, dy, kernel, stretched.Writable(), accumulate: false);
            gradients.Add(input, Broadcasting.SumTo(stretched, input.Shape));
        }
    }

    /// <summary>Runs a kernel on pieces in which each operand is either dense or one repeated number.</summary>
    private void ForEachRow(Tensor y, Tensor dy, RowKernel kernel, Span<float> output, bool accumulate)
    {
        if (y.Count == 0)
            return;
        ReadOnlySpan<float> dataA = a.Dense().AsSpan(), dataB = b.Dense().AsSpan();
        if ((a.Count == y.Count || a.Count == 1) && (b.Count == y.Count || b.Count == 1))
        {
            kernel(new Row(dataA, dataB, y.AsSpan(), dy.AsSpan()), output, accumulate);
            return;
        }
        int[] stridesA = Broadcasting.Strides(a.Shape, y.Shape), stridesB = Broadcasting.Strides(b.Shape, y.Shape);
        int blockRank = BlockRank(y.Shape, stridesA, stridesB);
        Shape outer = Shape.Create([.. y.Shape.AsSpan()[..^blockRank], 1]);
        int n = y.Count / outer.ElementCount;
        int lengthA = stridesA[^1] == 0 ? 1 : n, lengthB = stridesB[^1] == 0 ? 1 : n;
        var rowsA = new RowWalker(outer, [.. stridesA[..^blockRank], 0]);
        var rowsB = new RowWalker(outer, [.. stridesB[..^blockRank], 0]);
        for (int at = 0; at < y.Count; at += n)
        {
            var row = new Row(
                dataA.Slice(rowsA.Next(), lengthA), dataB.Slice(rowsB.Next(), lengthB),
                y.AsSpan().Slice(at, n), dy.AsSpan().Slice(at, n));
            kernel(row, output.Slice(at, n), accumulate);
        }
    }

    /// <summary>How many of the last dimensions form one block in which neither operand is stretched (at least 1).</summary>
    private static int BlockRank(Shape shape, int[] stridesA, int[] stridesB)
    {
        int rank = 0, size = 1;
        while (rank < shape.Rank && stridesA[^(rank + 1)] == size && stridesB[^(rank + 1)] == size)
            size *= shape[-++rank];
        return Math.Max(1, rank);
    }

    private readonly ref struct Row(ReadOnlySpan<float> a, ReadOnlySpan<float> b, ReadOnlySpan<float> y, ReadOnlySpan<float> dy)
    {
        public readonly ReadOnlySpan<float> A = a, B = b, Y = y, Dy = dy;
    }
}
