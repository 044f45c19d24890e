using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Nabla.Numerics;

namespace Nabla.Learning.Data.Formats;

/// <summary>
/// The header of an NPY file (NumPy enhancement proposal 1 and its versions 2 and 3): a Python dictionary with the type
/// <c>descr</c>, <c>fortran_order</c> and <c>shape</c>, after a magic string, the version and its own length.
/// </summary>
internal sealed record NpyHeader(ElementType Type, bool BigEndian, bool ColumnMajor, int[] Sizes, long Count)
{
    // NumPy itself reads no header of more than 10,000 characters unless it is told to trust the file.
    private const int MostBytes = 1 << 16, Alignment = 64;

    public static NpyHeader Read(ByteSource source)
    {
        byte[] start = source.Read(8, "the beginning of an NPY file");
        if (start[0] != 0x93 || !start.AsSpan(1, 5).SequenceEqual("NUMPY"u8))
            throw source.Wrong($"it begins with the bytes {Convert.ToHexStringLower(start.AsSpan(0, 6))}",
                "934e554d5059 (\\x93NUMPY), as an NPY file has them");
        if (start[6] is < 1 or > 3)
            throw source.Wrong($"it is an NPY file of version {start[6]}.{start[7]}", "version 1, 2 or 3");
        long length = start[6] == 1
            ? BinaryPrimitives.ReadUInt16LittleEndian(source.Read(2, "the header's length"))
            : BinaryPrimitives.ReadUInt32LittleEndian(source.Read(4, "the header's length"));
        if (length > MostBytes)
            throw source.Wrong($"its header has {length:N0} bytes", $"at most {MostBytes:N0}");
        byte[] header = source.Read((int)length, "the header");
        return Parse(source, (start[6] == 3 ? Encoding.UTF8 : Encoding.Latin1).GetString(header));
    }

    /// <summary>
    /// A header of version 1 for numbers in this machine's order, row-major, aligned as NumPy aligns it.
    /// </summary>
    public static byte[] Write(NumericArray array)
    {
        string sizes = string.Join(", ", array.Shape);
        string dictionary = $"{{'descr': '{Description(array.Type)}', 'fortran_order': False, "
            + $"'shape': ({(array.Shape.Rank == 1 ? sizes + "," : sizes)}), }}";
        int length = 10 + dictionary.Length + 1;
        int padded = (length + Alignment - 1) / Alignment * Alignment;
        byte[] header = [0x93, .. "NUMPY"u8, 1, 0, 0, 0,
            .. Encoding.Latin1.GetBytes(dictionary.PadRight(padded - 11)), (byte)'\n'];
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(8), (ushort)(padded - 10));
        return header;
    }

    private static NpyHeader Parse(ByteSource source, string text)
    {
        Dictionary<string, string>? fields = new PythonDictionary(text).Read();
        if (fields is null || !fields.TryGetValue("descr", out string? description)
            || !fields.TryGetValue("fortran_order", out string? order)
            || !fields.TryGetValue("shape", out string? shape) || order is not ("True" or "False"))
            throw source.Wrong($"its header says {Foreign.Quote(text.Trim())}",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3)}");
        (ElementType type, bool bigEndian) = TypeOf(source, description);
        int[] sizes = SizesOf(source, shape, out long count);
        return new NpyHeader(type, bigEndian, order == "True", sizes, count);
    }

    private static (ElementType Type, bool BigEndian) TypeOf(ByteSource source, string description)
    {
        string bare = description.Trim('\'', '"');
        ElementType? type = bare is ['<' or '>' or '=' or '|', ..] ? bare[1..] switch
        {
            "b1" or "?" => ElementType.Bool,
            "u1" => ElementType.U8,
            "i1" => ElementType.I8,
            "u2" => ElementType.U16,
            "i2" => ElementType.I16,
            "u4" => ElementType.U32,
            "i4" => ElementType.I32,
            "u8" => ElementType.U64,
            "i8" => ElementType.I64,
            "f2" => ElementType.F16,
            "f4" => ElementType.F32,
            "f8" => ElementType.F64,
            _ => null,
        } : null;
        return type is { } known
            ? (known, bare[0] == '>' || (bare[0] == '=' && !BitConverter.IsLittleEndian))
            : throw source.Wrong($"its numbers are of type {Foreign.Quote(bare)}",
                "a type such as '<f4', '>i8', '|u1' or '|b1' (save objects, text and complex numbers as numbers: "
                + "a.astype('f4'))");
    }

    private static int[] SizesOf(ByteSource source, string shape, out long count)
    {
        string[] words = shape.TrimStart('(').TrimEnd(')').Split(
            ',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var sizes = new int[words.Length];
        count = 1;
        for (int d = 0; d < words.Length; d++)
        {
            // Python 2 wrote long integers as 3L.
            if (!int.TryParse(words[d].TrimEnd('L'), NumberStyles.None, CultureInfo.InvariantCulture, out sizes[d]))
                throw source.Wrong($"size {d} of its shape is {Foreign.Quote(words[d])}",
                    $"a whole number from 0 to {int.MaxValue:N0}");
            count = Math.Min(count * sizes[d], long.MaxValue >> 32);
        }
        return sizes.Length <= NumericArray.MostDimensions
            ? sizes
            : throw source.Wrong($"it has {sizes.Length} dimensions", $"at most {NumericArray.MostDimensions}");
    }

    private static string Description(ElementType type)
    {
        char order = type.Bytes() == 1 ? '|' : BitConverter.IsLittleEndian ? '<' : '>';
        char kind = type switch
        {
            ElementType.Bool => 'b',
            ElementType.U8 or ElementType.U16 or ElementType.U32 or ElementType.U64 => 'u',
            ElementType.F16 or ElementType.F32 or ElementType.F64 => 'f',
            _ => 'i',
        };
        return $"{order}{kind}{type.Bytes()}";
    }
}
