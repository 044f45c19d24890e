using Nabla.Numerics.Kernels;

namespace Nabla.Tensors.Ops;

/// <summary>
/// How two dense operands meet in a larger shape: as few blocks of rows and columns as there can be, one after another
/// in the result. Neighbouring dimensions that neither operand tells apart are taken as one.
/// </summary>
internal readonly struct ZipLayout
{
    private readonly Shape outer;
    private readonly int[] outerStridesA, outerStridesB;

    private ZipLayout(List<Dimension> dimensions)
    {
        Dimension columns = Last(dimensions, 1), rows = Last(dimensions, 2);
        Block = new ZipShape(rows.Size, columns.Size)
        {
            RowStrideA = rows.StrideA,
            RowStrideB = rows.StrideB,
            RepeatA = columns.StrideA == 0,
            RepeatB = columns.StrideB == 0,
        };
        Dimension[] rest = [.. dimensions.Take(dimensions.Count - 2)];
        outer = Shape.Create([.. rest.Select(d => d.Size), 1]);
        outerStridesA = [.. rest.Select(d => d.StrideA), 0];
        outerStridesB = [.. rest.Select(d => d.StrideB), 0];
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
        int[] stridesA = Broadcasting.Strides(a, result), stridesB = Broadcasting.Strides(b, result);
        var merged = new List<Dimension>(result.Rank);
        for (int d = 0; d < result.Rank; d++)
        {
            var inner = new Dimension(result[d], stridesA[d], stridesB[d]);
            if (inner.Size == 1)
                continue;
            if (merged.Count > 0 && merged[^1].ContinuesInto(inner))
                merged[^1] = inner with { Size = merged[^1].Size * inner.Size };
            else
                merged.Add(inner);
        }
        return new ZipLayout(merged);
    }

    private static Dimension Last(List<Dimension> dimensions, int fromEnd) =>
        fromEnd <= dimensions.Count ? dimensions[^fromEnd] : new Dimension(1, 0, 0);

    private readonly record struct Dimension(int Size, int StrideA, int StrideB)
    {
        public bool ContinuesInto(Dimension inner) =>
            StrideA == inner.Size * inner.StrideA && StrideB == inner.Size * inner.StrideB;
    }
}
