namespace Nabla.Tensors;

/// <summary>
/// Yields, in row-major order, the offset of each innermost row of a strided view: an odometer over the outer
/// dimensions.
/// </summary>
internal ref struct RowWalker
{
    private readonly ReadOnlySpan<int> sizes;
    private readonly ReadOnlySpan<int> strides;
    private readonly int[] index;
    private int offset;
    private bool started;

    public RowWalker(Shape shape, ReadOnlySpan<int> strides)
    {
        int outer = Math.Max(0, shape.Rank - 1);
        sizes = shape.AsSpan()[..outer];
        this.strides = strides[..outer];
        index = outer == 0 ? [] : new int[outer];
    }

    /// <summary>The offset of the next row; the first call gives 0.</summary>
    public int Next()
    {
        if (!started)
        {
            started = true;
            return offset;
        }
        for (int d = sizes.Length - 1; d >= 0; d--)
        {
            offset += strides[d];
            if (++index[d] < sizes[d])
                return offset;
            offset -= sizes[d] * strides[d];
            index[d] = 0;
        }
        return offset;
    }
}
