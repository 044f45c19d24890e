using System.Buffers.Binary;
using System.IO.Compression;
using Nabla.Learning.Checkpoints;

namespace Nabla.Learning.Data.Formats;

/// <summary>
/// The format of MNIST (LeCun, "The MNIST database"): two zero bytes, the type of the numbers, the number of
/// dimensions, each size in 4 bytes, then the numbers, all big-endian; often compressed with gzip.
/// </summary>
/// <example><code>
/// var stream = new MemoryStream();
/// IdxFile.Write(stream, NumericArray.Of(new byte[] { 7, 8 }, 2));
/// stream.ToArray();      // = [0, 0, 8, 1, 0, 0, 0, 2, 7, 8]
/// </code></example>
public static class IdxFile
{
    private const int Unsigned8 = 0x08, Signed8 = 0x09, Signed16 = 0x0B, Signed32 = 0x0C, Single = 0x0D, Double = 0x0E;

    /// <summary>The array in the file <paramref name="path"/>, compressed with gzip or not.</summary>
    /// <exception cref="DataException">There is no such file, or it is no whole IDX file.</exception>
    public static NumericArray Read(string path)
    {
        using ByteSource source = ByteSource.Open(path);
        return Read(source);
    }

    /// <summary>
    /// The array that stands in a stream, from its position to its end; <paramref name="name"/> is what errors call it.
    /// </summary>
    /// <exception cref="DataException">It is no whole IDX file.</exception>
    public static NumericArray Read(Stream stream, string name) => Read(ByteSource.Over(stream, name));

    /// <summary>Writes the file <paramref name="path"/>, compressed where the name ends in <c>.gz</c>.</summary>
    /// <exception cref="ArgumentException">The format has no such numbers, or not so many dimensions.</exception>
    /// <exception cref="CheckpointException">The file cannot be written.</exception>
    public static void Write(string path, NumericArray array) => AtomicFile.Write(path, stream =>
    {
        if (!path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
        {
            Write(stream, array);
            return;
        }
        using var zip = new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true);
        Write(zip, array);
    });

    /// <summary>Writes the array to a stream.</summary>
    /// <exception cref="ArgumentException">The format has no such numbers, or not so many dimensions.</exception>
    public static void Write(Stream stream, NumericArray array)
    {
        if (array.Shape.Rank is 0 or > byte.MaxValue)
            throw new ArgumentException($"IdxFile: shape {array.Shape} has {array.Shape.Rank} dimensions; the format "
                + $"has 1 to {byte.MaxValue}. Reshape it.");
        var header = new byte[4 + 4 * array.Shape.Rank];
        header[2] = Code(array.Type);
        header[3] = (byte)array.Shape.Rank;
        for (int d = 0; d < array.Shape.Rank; d++)
            BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4 + 4 * d), array.Shape[d]);
        stream.Write(header);
        byte[] numbers = array.AsBytes().ToArray();
        ByteOrder.Mend(numbers, array.Type.Bytes(), bigEndian: true);
        stream.Write(numbers);
    }

    private static NumericArray Read(ByteSource source)
    {
        byte[] magic = source.Read(4, "the beginning of an IDX file");
        if (magic[0] != 0 || magic[1] != 0 || Type(magic[2]) is not { } type || magic[3] == 0)
            throw source.Wrong(
                $"it begins with the bytes {string.Join(' ', magic.Select(b => b.ToString("x2")))}",
                "00 00, the type 08, 09, 0b, 0c, 0d or 0e, and the number of dimensions, as an IDX file has them");
        int[] sizes = Sizes(source, source.Read(4 * magic[3], "the sizes"), out long count);
        Array numbers = source.ReadNumbers(type, count, "numbers");
        ByteOrder.Mend(NumericArray.Bytes(numbers), type.Bytes(), bigEndian: true);
        source.RequireEnd($"its {count:N0} numbers");
        return NumericArray.Filled(numbers, type, sizes);
    }

    private static int[] Sizes(ByteSource source, ReadOnlySpan<byte> bytes, out long count)
    {
        var sizes = new int[bytes.Length / 4];
        if (sizes.Length > NumericArray.MostDimensions)
            throw source.Wrong($"it has {sizes.Length} dimensions", $"at most {NumericArray.MostDimensions}");
        count = 1;
        for (int d = 0; d < sizes.Length; d++)
        {
            uint size = BinaryPrimitives.ReadUInt32BigEndian(bytes[(4 * d)..]);
            if (size > int.MaxValue)
                throw source.Wrong($"dimension {d} has the size {size:N0}", $"at most {int.MaxValue:N0}");
            sizes[d] = (int)size;
            count = Math.Min(count * size, long.MaxValue >> 32);
        }
        return sizes;
    }

    private static ElementType? Type(byte code) => code switch
    {
        Unsigned8 => ElementType.U8,
        Signed8 => ElementType.I8,
        Signed16 => ElementType.I16,
        Signed32 => ElementType.I32,
        Single => ElementType.F32,
        Double => ElementType.F64,
        _ => null,
    };

    private static byte Code(ElementType type) => type switch
    {
        ElementType.U8 => Unsigned8,
        ElementType.I8 => Signed8,
        ElementType.I16 => Signed16,
        ElementType.I32 => Signed32,
        ElementType.F32 => Single,
        ElementType.F64 => Double,
        _ => throw new ArgumentException(
            $"IdxFile: the format has no numbers of type {type}; it has U8, I8, I16, I32, F32 and F64."),
    };
}
