using Nabla.Numerics.Kernels;
using Nabla.Tensors.Memory;

namespace Nabla.Tensors.Ops;

/// <summary>
/// How two dense operands meet in a larger shape: as few blocks of rows and columns as there can be, one after another
/// in the result. Neighbouring dimensions that neither operand tells apart are taken as one.
/// </summary>
internal readonly struct ZipLayout
{
    private readonly Shape outer;
    private readonly int[] outerStridesA, outerStridesB;

    private ZipLayout(ReadOnlySpan<Dimension> dimensions)
    {
        Dimension columns = Last(dimensions, 1), rows = Last(dimensions, 2);
        Block = new ZipShape(rows.Size, columns.Size)
        {
            RowStrideA = rows.StrideA,
            RowStrideB = rows.StrideB,
            RepeatA = columns.StrideA == 0,
            RepeatB = columns.StrideB == 0,
        };
        int rest = Math.Max(0, dimensions.Length - 2);
        Span<int> sizes = stackalloc int[rest + 1];
        Span<int> stridesA = stackalloc int[rest + 1], stridesB = stackalloc int[rest + 1];
        (sizes[rest], stridesA[rest], stridesB[rest]) = (1, 0, 0);
        for (int d = 0; d < rest; d++)
            (sizes[d], stridesA[d], stridesB[d]) = (dimensions[d].Size, dimensions[d].StrideA, dimensions[d].StrideB);
        (outer, outerStridesA, outerStridesB) =
            (Shape.Create(sizes), SharedInts.Of(stridesA), SharedInts.Of(stridesB));
    }

    /// <summary>One block.</summary>
    public ZipShape Block { get; }

    /// <summary>Where each block begins in a.</summary>
    public RowWalker BlocksA => new(outer, outerStridesA);

    /// <summary>Where each block begins in b.</summary>
    public RowWalker BlocksB => new(outer, outerStridesB);

    /// <summary>The layout for a result of this shape, to which a and b broadcast.</summary>
    public static ZipLayout Of(Shape result, Shape a, Shape b)
    {
        Span<int> stridesA = stackalloc int[result.Rank], stridesB = stackalloc int[result.Rank];
        Broadcasting.Strides(a, result, stridesA);
        Broadcasting.Strides(b, result, stridesB);
        Span<Dimension> merged = stackalloc Dimension[result.Rank];
        int count = 0;
        for (int d = 0; d < result.Rank; d++)
        {
            var inner = new Dimension(result[d], stridesA[d], stridesB[d]);
            if (inner.Size == 1)
                continue;
            if (count > 0 && merged[count - 1].ContinuesInto(inner))
                merged[count - 1] = inner with { Size = merged[count - 1].Size * inner.Size };
            else
                merged[count++] = inner;
        }
        return new ZipLayout(merged[..count]);
    }

    private static Dimension Last(ReadOnlySpan<Dimension> dimensions, int fromEnd) =>
        fromEnd <= dimensions.Length ? dimensions[^fromEnd] : new Dimension(1, 0, 0);

    private readonly record struct Dimension(int Size, int StrideA, int StrideB)
    {
        public bool ContinuesInto(Dimension inner) =>
            StrideA == inner.Size * inner.StrideA && StrideB == inner.Size * inner.StrideB;
    }
}
