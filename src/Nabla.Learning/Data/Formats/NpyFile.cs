using Nabla.Learning.Checkpoints;

namespace Nabla.Learning.Data.Formats;

/// <summary>
/// NumPy's file for one array (NEP 1): versions 1 to 3, both byte orders, row- and column-major; written in version 1,
/// row-major, in this machine's order.
/// </summary>
/// <example><code>
/// var stream = new MemoryStream();
/// NpyFile.Write(stream, NumericArray.Of(new[] { 1.5f, 2.5f }, 2));
/// stream.Position = 0;
/// NpyFile.Read(stream, "example").ToFloats();      // = [1.5, 2.5]
/// </code></example>
public static class NpyFile
{
    /// <summary>The array in the file <paramref name="path"/>, compressed with gzip or not.</summary>
    /// <exception cref="DataException">
    /// There is no such file, it is no whole NPY file, or its elements are no real numbers.
    /// </exception>
    public static NumericArray Read(string path)
    {
        using ByteSource source = ByteSource.Open(path);
        return Read(source);
    }

    /// <summary>
    /// The array that stands in a stream, from its position to its end; <paramref name="name"/> is what errors call it.
    /// </summary>
    /// <exception cref="DataException">It is no whole NPY file, or its elements are no real numbers.</exception>
    public static NumericArray Read(Stream stream, string name) => Read(ByteSource.Over(stream, name));

    /// <summary>Writes the array into the file <paramref name="path"/>.</summary>
    /// <exception cref="CheckpointException">The file cannot be written.</exception>
    public static void Write(string path, NumericArray array) =>
        AtomicFile.Write(path, stream => Write(stream, array));

    /// <summary>Writes the array to a stream.</summary>
    public static void Write(Stream stream, NumericArray array)
    {
        stream.Write(NpyHeader.Write(array));
        stream.Write(array.AsBytes());
    }

    internal static NumericArray Read(ByteSource source)
    {
        NpyHeader header = NpyHeader.Read(source);
        Array numbers = source.ReadNumbers(header.Type, header.Count, "numbers");
        source.RequireEnd($"its {header.Count:N0} numbers");
        Span<byte> bytes = NumericArray.Bytes(numbers);
        ByteOrder.Mend(bytes, header.Type.Bytes(), header.BigEndian);
        if (header.Type == ElementType.Bool && bytes.ContainsAnyExcept((byte)0, (byte)1))
            throw source.Wrong("a truth value is neither 0 nor 1", "bytes of 0 and 1");
        return NumericArray.Filled(
            header.ColumnMajor ? RowMajor(numbers, header) : numbers, header.Type, header.Sizes);
    }

    /// <summary>The numbers in row-major order, where a file has the first index run fastest.</summary>
    private static Array RowMajor(Array numbers, NpyHeader header)
    {
        int size = header.Type.Bytes(), rank = header.Sizes.Length;
        Array ordered = header.Type.Allocate(numbers.Length);
        ReadOnlySpan<byte> from = NumericArray.Bytes(numbers);
        Span<byte> to = NumericArray.Bytes(ordered);
        var stride = new int[rank];
        for (int d = 0, step = 1; d < rank && numbers.Length > 0; step *= header.Sizes[d++])
            stride[d] = step;
        var index = new int[rank];
        for (int i = 0, at = 0; i < numbers.Length; i++)
        {
            from.Slice(at * size, size).CopyTo(to[(i * size)..]);
            for (int d = rank - 1; d >= 0; d--)
            {
                at += stride[d];
                if (++index[d] < header.Sizes[d])
                    break;
                at -= stride[d] * header.Sizes[d];
                index[d] = 0;
            }
        }
        return ordered;
    }
}
