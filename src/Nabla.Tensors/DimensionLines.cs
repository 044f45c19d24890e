using Nabla.Numerics.Kernels;

namespace Nabla.Tensors;

/// <summary>
/// How a dense tensor falls into lines along one dimension: [Outer, Length, Inner], where a line's numbers lie Inner
/// apart.
/// </summary>
internal readonly record struct DimensionLines
{
    /// <summary>The lines of this shape along <paramref name="dim"/>, or all of it as one line if null.</summary>
    public DimensionLines(Shape shape, int? dim)
    {
        if (dim is not { } d)
        {
            (Outer, Length, Inner) = (1, shape.ElementCount, 1);
            return;
        }
        Outer = Product(shape.AsSpan()[..d]);
        Length = shape[d];
        Inner = Product(shape.AsSpan()[(d + 1)..]);
    }

    /// <summary>Product of the sizes before the dimension.</summary>
    public int Outer { get; }

    /// <summary>The size of the dimension.</summary>
    public int Length { get; }

    /// <summary>Product of the sizes after the dimension.</summary>
    public int Inner { get; }

    /// <summary>Numbers that belong to one index of the outer dimensions: Length · Inner.</summary>
    public int Block => Length * Inner;

    /// <summary>The sum of each line: x [Outer, Length, Inner] → y [Outer, Inner].</summary>
    /// <remarks>
    /// A single line is summed as <see cref="Elementwise.Sum"/> does, the others as SumRows and SumColumns do.
    /// </remarks>
    public void Sum(ReadOnlySpan<float> x, Span<float> y)
    {
        if (y.Length == 1)
            y[0] = (float)Elementwise.Sum(x);
        else if (Inner == 1)
            Elementwise.SumRows(x, Length, y);
        else
            for (int o = 0; o < Outer; o++)
                Elementwise.SumColumns(x.Slice(o * Block, Block), y.Slice(o * Inner, Inner));
    }

    private static int Product(ReadOnlySpan<int> sizes)
    {
        int product = 1;
        foreach (int size in sizes)
            product *= size;
        return product;
    }
}
