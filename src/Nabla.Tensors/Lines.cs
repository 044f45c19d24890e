namespace Nabla.Tensors;

/// <summary>
/// How a dense tensor falls into lines along one dimension: [Outer, Length, Inner], where a line's numbers lie Inner apart.
/// </summary>
internal readonly record struct Lines
{
    /// <summary>The lines of this shape along <paramref name="dim"/>, or all of it as one line if null.</summary>
    public Lines(Shape shape, int? dim)
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

    private static int Product(ReadOnlySpan<int> sizes)
    {
        int product = 1;
        foreach (int size in sizes)
            product *= size;
        return product;
    }
}
