namespace Nabla.Tensors;

/// <summary>Copies a strided view to dense memory, row by row of the innermost dimension.</summary>
internal static class StridedCopy
{
    /// <summary>dense[i] = view[i] for every index i in row-major order.</summary>
    public static void Gather(ReadOnlySpan<float> view, Shape shape, ReadOnlySpan<int> strides, Span<float> dense)
    {
        if (shape.ElementCount == 0)
            return;
        if (shape.Rank == 0)
        {
            dense[0] = view[0];
            return;
        }
        int inner = shape[-1], innerStride = strides[^1];
        var rows = new RowWalker(shape, strides);
        for (int at = 0; at < shape.ElementCount; at += inner)
        {
            int offset = rows.Next();
            if (innerStride == 1)
                view.Slice(offset, inner).CopyTo(dense.Slice(at, inner));
            else if (innerStride == 0)
                dense.Slice(at, inner).Fill(view[offset]);
            else
                for (int i = 0; i < inner; i++)
                    dense[at + i] = view[offset + i * innerStride];
        }
    }
}
