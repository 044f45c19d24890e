using Nabla.Numerics.Kernels;
using Nabla.Tensors.Memory;

namespace Nabla.Tensors.Ops;

/// <summary>
/// C = A·B for tensors whose last two dimensions are matrices. Transposed views are read where they lie; the dimensions
/// in front broadcast.
/// </summary>
internal static class MatrixProduct
{
    /// <summary>The shape of the product; <paramref name="operation"/> names the caller in errors.</summary>
    public static Shape ResultShape(Shape a, Shape b, string operation)
    {
        if (a.Rank < 2 || b.Rank < 2)
            throw new ArgumentException(
                $"{operation}: {a} × {b} needs matrices. Unsqueeze a vector to [1, n] or [n, 1].");
        if (a[-1] != b[-2])
            throw new ArgumentException($"{operation}: inner sizes differ: {a} × {b}.{Hint(a, b)}");
        Shape batch = Shape.Broadcast(Batch(a), Batch(b), operation);
        return batch.Insert(batch.Rank, a[-2]).Insert(batch.Rank + 1, b[-1]);
    }

    /// <summary>Writes (or adds) a·b, dense, to <paramref name="c"/>.</summary>
    public static void Multiply(Tensor a, Tensor b, Span<float> c, bool accumulate)
    {
        Shape result = ResultShape(a.Shape, b.Shape, "MatMul");
        if (result.ElementCount == 0)
            return;
        if (b.Rank == 2 && a.Rank > 2 && a.IsContiguous)
        {
            // One shared right side: all rows of the batch are rows of one tall matrix.
            a = new Tensor([a.Shape.Without(-1).ElementCount, a.Shape[-1]], a.Buffer, [a.Shape[-1], 1], a.Offset);
            result = [a.Shape[0], b.Shape[1]];
        }
        Operand left = Operand.Of(a, result), right = Operand.Of(b, result);
        int m = result[-2], n = result[-1], inner = result.Rank > 2 ? result[-3] : 1;
        var shape = new GemmShape(m, n, a.Shape[-1])
        {
            TransposeA = left.Transposed,
            TransposeB = right.Transposed,
            RowStrideA = left.RowStride,
            RowStrideB = right.RowStride,
            Accumulate = accumulate,
            Batch = inner,
            BatchStrideA = left.InnerBatchStride,
            BatchStrideB = right.InnerBatchStride,
            BatchStrideC = m * n,
        };
        var rowsA = new RowWalker(Batch(result), left.BatchStrides);
        var rowsB = new RowWalker(Batch(result), right.BatchStrides);
        for (int at = 0; at < result.ElementCount; at += inner * m * n)
            Gemm.Multiply(
                shape, left.Data.Buffer.Span[(left.Data.Offset + rowsA.Next())..],
                right.Data.Buffer.Span[(right.Data.Offset + rowsB.Next())..], c.Slice(at, inner * m * n));
    }

    /// <summary>A view with the last two dimensions exchanged; not recorded.</summary>
    public static Tensor Transposed(Tensor x)
    {
        Span<int> sizes = stackalloc int[x.Rank], strides = stackalloc int[x.Rank];
        x.Shape.AsSpan().CopyTo(sizes);
        x.Strides.CopyTo(strides);
        (sizes[^1], sizes[^2]) = (sizes[^2], sizes[^1]);
        (strides[^1], strides[^2]) = (strides[^2], strides[^1]);
        return new Tensor(Shape.Create(sizes), x.Buffer, strides, x.Offset);
    }

    private static Shape Batch(Shape shape) => Shape.Create(shape.AsSpan()[..^2]);

    private static string Hint(Shape a, Shape b) =>
        a[-1] == b[-1] ? " Did you mean b.Transpose(-2, -1)?"
        : a[-2] == b[-2] ? " Did you mean a.Transpose(-2, -1)?"
        : a[-2] == b[-1] ? " Did you mean b.MatMul(a)?"
        : " The last size of the left must equal the last but one of the right.";

    /// <summary>How the product kernel reads one side.</summary>
    private readonly record struct Operand(Tensor Data, bool Transposed, int RowStride, int[] BatchStrides)
    {
        public int InnerBatchStride => BatchStrides.Length > 0 ? BatchStrides[^1] : 0;

        public static Operand Of(Tensor x, Shape result)
        {
            int rows = x.Shape[-2], columns = x.Shape[-1], rowStride = x.Strides[^2], columnStride = x.Strides[^1];
            if ((columnStride == 1 || columns == 1) && (rowStride >= columns || rows == 1))
                return new Operand(x, Transposed: false, Math.Max(rowStride, columns), Strides(x, result));
            if ((rowStride == 1 || rows == 1) && (columnStride >= rows || columns == 1))
                return new Operand(x, Transposed: true, Math.Max(columnStride, rows), Strides(x, result));
            Tensor dense = x.Dense();
            return new Operand(dense, Transposed: false, columns, Strides(dense, result));
        }

        private static int[] Strides(Tensor x, Shape result)
        {
            Span<int> strides = stackalloc int[result.Rank - 2];
            strides.Clear();
            for (int d = 3; d <= x.Rank; d++)
                strides[^(d - 2)] = x.Shape[-d] == 1 ? 0 : x.Strides[^d];
            return SharedInts.Of(strides);
        }
    }
}
