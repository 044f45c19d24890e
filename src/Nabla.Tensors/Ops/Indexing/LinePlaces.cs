namespace Nabla.Tensors.Ops;

/// <summary>
/// Which elements of a tensor indices name that replace the index of one dimension: element [i, j, k] of the indices,
/// along dimension 1, names [i, index[i, j, k], k].
/// </summary>
internal static class LinePlaces
{
    /// <summary>Throws unless the indices fit.</summary>
    public static void Check(string operation, Shape x, int dim, ReadOnlySpan<int> indices, Shape shape)
    {
        int d = x.Dimension(dim, operation);
        if (indices.Length != shape.ElementCount)
            throw new ArgumentException($"{operation}: {indices.Length} indices do not fill shape {shape}.");
        bool fits = shape.Rank == x.Rank;
        for (int k = 0; fits && k < x.Rank; k++)
            fits = k == d || shape[k] <= x[k];
        if (!fits)
            throw new ArgumentException(
                $"{operation}: indices {shape} do not fit {x}; they need as many dimensions, and no size larger than " +
                $"there except that of dimension {dim}.");
        for (int i = 0; i < indices.Length; i++)
            if ((uint)indices[i] >= (uint)x[d])
                throw new ArgumentOutOfRangeException(
                    nameof(indices),
                    $"{operation}: index {indices[i]} at {i} is not in 0 … {x[d] - 1}, dimension {dim} of {x}.");
    }

    /// <summary>The elements' places in row-major order.</summary>
    public static void Locate(Shape x, int dim, ReadOnlySpan<int> indices, Shape shape, Span<int> places)
    {
        if (indices.IsEmpty)
            return;
        ReadOnlySpan<int> strides = x.DenseStrides();
        int inner = shape[-1], last = x.Rank - 1;
        Span<int> rowStrides = stackalloc int[shape.Rank];
        strides.CopyTo(rowStrides);
        rowStrides[dim] = 0;
        var rows = new RowWalker(shape, rowStrides);
        for (int at = 0; at < indices.Length; at += inner)
        {
            int offset = rows.Next();
            for (int i = 0; i < inner; i++)
                places[at + i] = offset + indices[at + i] * strides[dim] + (dim == last ? 0 : i);
        }
    }

    /// <summary>The same for one index, by its definition, for references.</summary>
    public static int[] Of(int[] index, int dim, int replacement)
    {
        int[] place = [.. index];
        place[dim] = replacement;
        return place;
    }
}
