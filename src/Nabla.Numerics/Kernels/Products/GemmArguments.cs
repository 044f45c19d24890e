namespace Nabla.Numerics.Kernels.Products;

/// <summary>Reads and checks a <see cref="GemmShape"/>.</summary>
internal static class GemmArguments
{
    public static int RowStrideA(in GemmShape s) => s.RowStrideA != 0 ? s.RowStrideA : s.TransposeA ? s.M : s.K;

    public static int RowStrideB(in GemmShape s) => s.RowStrideB != 0 ? s.RowStrideB : s.TransposeB ? s.K : s.N;

    public static int RowStrideC(in GemmShape s) => s.RowStrideC != 0 ? s.RowStrideC : s.N;

    /// <summary>A batch of A with one B, dense from item to item, is one product with more rows.</summary>
    public static GemmShape FoldBatch(in GemmShape s)
    {
        bool dense = !s.TransposeA && s.BatchStrideB == 0
            && s.BatchStrideA == (long)s.M * RowStrideA(s) && s.BatchStrideC == (long)s.M * RowStrideC(s)
            && (long)s.M * s.Batch <= int.MaxValue;
        return dense ? s with { M = s.M * s.Batch, Batch = 1 } : s;
    }

    /// <summary>Refuses negative sizes, rows that overlap and spans too short for the shape.</summary>
    public static void Validate(in GemmShape s, int a, int b, int c, int bias)
    {
        if (s.M < 0 || s.N < 0 || s.K < 0 || s.Batch < 0)
            throw Wrong(s, $"a size is negative (Batch = {s.Batch})");
        if (bias != 0 && bias != s.N)
            throw Wrong(s, $"the bias has {bias} values and C has {s.N} columns");
        if (s.Batch > 1 && s.BatchStrideC == 0 && s.M > 0 && s.N > 0)
            throw Wrong(s, $"BatchStrideC is 0, so {s.Batch} products would be written over one another");
        (int rowsA, int columnsA) = s.TransposeA ? (s.K, s.M) : (s.M, s.K);
        (int rowsB, int columnsB) = s.TransposeB ? (s.N, s.K) : (s.K, s.N);
        ValidateOperand(s, new Operand("A", rowsA, columnsA, RowStrideA(s), s.BatchStrideA), a);
        ValidateOperand(s, new Operand("B", rowsB, columnsB, RowStrideB(s), s.BatchStrideB), b);
        ValidateOperand(s, new Operand("C", s.M, s.N, RowStrideC(s), s.BatchStrideC), c);
        if (s.M > 0 && s.N > 0 && s.Batch > 1)
            Require.Apart("Gemm", "C", s.N, [(s.M, RowStrideC(s)), (s.Batch, s.BatchStrideC)]);
    }

    private static void ValidateOperand(in GemmShape shape, in Operand x, int length)
    {
        if (x.RowStride < x.Columns)
            throw Wrong(shape, $"RowStride{x.Name} {x.RowStride} is less than the {x.Columns} values of a row");
        if (x.BatchStride < 0)
            throw Wrong(shape, $"BatchStride{x.Name} {x.BatchStride} is negative");
        if (x.Rows == 0 || x.Columns == 0 || shape.Batch == 0)
            return;
        Int128 needed = (Int128)(shape.Batch - 1) * x.BatchStride + (Int128)(x.Rows - 1) * x.RowStride + x.Columns;
        if (needed > length)
            throw Wrong(shape, $"{x.Name} [{x.Rows}, {x.Columns}] needs {needed} values and its span has {length}");
    }

    private static ArgumentException Wrong(in GemmShape s, string what)
    {
        string a = s.TransposeA ? $"[{s.K}, {s.M}]ᵀ" : $"[{s.M}, {s.K}]";
        string b = s.TransposeB ? $"[{s.N}, {s.K}]ᵀ" : $"[{s.K}, {s.N}]";
        return new ArgumentException($"Gemm: {a} × {b}: {what}.");
    }

    private readonly record struct Operand(string Name, int Rows, int Columns, int RowStride, int BatchStride);
}
