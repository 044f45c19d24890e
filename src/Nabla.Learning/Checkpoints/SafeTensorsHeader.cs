using System.Buffers.Binary;
using System.Text.Json;
using Nabla.Numerics;

namespace Nabla.Learning.Checkpoints;

/// <summary>Where a tensor stands in the data section of a safetensors file, in bytes.</summary>
internal sealed record SafeTensorInfo(SafeTensorType Type, int[] Shape, long Begin, long End)
{
    public long Count => (End - Begin) / Type.Bytes();
}

/// <summary>
/// The checked header of a safetensors file: 8 bytes with the length of the JSON text that follows, little-endian; the
/// JSON text; the data. Nothing in it is believed: every tensor is as long as its shape says, and together they cover
/// the data exactly once. Format: https://github.com/huggingface/safetensors.
/// </summary>
internal sealed class SafeTensorsHeader
{
    public const string MetadataKey = "__metadata__";
    public const string ChecksumKey = "nabla.sha256";
    public const int LengthBytes = 8;
    public const int ChecksumDigits = 64;
    private const int MaxRank = 64; // PyTorch's limit
    private const long MaxHeaderBytes = 100_000_000; // the reference implementation's limit

    private SafeTensorsHeader(byte[] json, long fileBytes)
    {
        Json = json;
        DataBytes = fileBytes - LengthBytes - json.Length;
        Parse();
        CheckLayout();
    }

    /// <summary>The JSON text as it stands in the file.</summary>
    public byte[] Json { get; }

    /// <summary>How many bytes follow the header.</summary>
    public long DataBytes { get; }

    /// <summary>The tensors by name, in the header's order.</summary>
    public OrderedDictionary<string, SafeTensorInfo> Tensors { get; } = new(StringComparer.Ordinal);

    /// <summary>The file's own notes.</summary>
    public OrderedDictionary<string, string> Metadata { get; } = new(StringComparer.Ordinal);

    /// <summary>Where in <see cref="Json"/> the digits of the checksum begin; −1 without one.</summary>
    public int ChecksumOffset { get; private set; } = -1;

    /// <summary>Reads and checks the header of a file of <paramref name="fileBytes"/> bytes.</summary>
    /// <exception cref="FormatException">It is damaged; the message says how.</exception>
    public static SafeTensorsHeader Read(Stream stream, long fileBytes)
    {
        if (fileBytes < LengthBytes)
            throw new FormatException($"it has {fileBytes} bytes, and the header's length alone takes {LengthBytes}");
        Span<byte> lengthBytes = stackalloc byte[LengthBytes];
        stream.ReadExactly(lengthBytes);
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(lengthBytes);
        if (length > MaxHeaderBytes)
            throw new FormatException($"its header claims {length} bytes, more than the {MaxHeaderBytes} allowed");
        if (length > (ulong)(fileBytes - LengthBytes))
            throw new FormatException($"its header claims {length} bytes, and only {fileBytes - LengthBytes} follow");
        var json = new byte[(int)length];
        stream.ReadExactly(json);
        try
        {
            return new SafeTensorsHeader(json, fileBytes);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException) // the latter: invalid UTF-8
        {
            throw new FormatException("its header is not valid JSON", error);
        }
    }

    private void Parse()
    {
        var reader = new Utf8JsonReader(Json, new JsonReaderOptions { MaxDepth = 8 });
        Expect(reader.Read() && reader.TokenType == JsonTokenType.StartObject, "its header is not a JSON object");
        bool metadataSeen = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            reader.Read();
            if (name == MetadataKey)
            {
                Expect(!metadataSeen, $"its {MetadataKey} stands twice in its header");
                metadataSeen = true;
                ParseMetadata(ref reader);
            }
            else
            {
                Expect(Tensors.TryAdd(name, ParseTensor(ref reader, Foreign.Quote(name))),
                    $"tensor {Foreign.Quote(name)} stands twice in its header");
            }
        }
        reader.Read(); // throws when anything but white space follows the object
    }

    private void ParseMetadata(ref Utf8JsonReader reader)
    {
        Expect(reader.TokenType == JsonTokenType.StartObject, $"its {MetadataKey} is not an object");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string key = reader.GetString()!;
            reader.Read();
            Expect(reader.TokenType == JsonTokenType.String,
                $"{Foreign.Quote(key)} in its {MetadataKey} is not a string");
            if (key == ChecksumKey)
            {
                Expect(reader.ValueSpan.Length == ChecksumDigits, $"its {ChecksumKey} has not {ChecksumDigits} digits");
                ChecksumOffset = (int)reader.TokenStartIndex + 1;
            }
            Expect(Metadata.TryAdd(key, reader.GetString()!),
                $"{Foreign.Quote(key)} stands twice in its {MetadataKey}");
        }
    }

    private static SafeTensorInfo ParseTensor(ref Utf8JsonReader reader, string name)
    {
        Expect(reader.TokenType == JsonTokenType.StartObject, $"tensor {name} has no description");
        string? type = null;
        List<long>? shape = null, offsets = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string key = reader.GetString()!;
            reader.Read();
            bool isNew = key switch
            {
                "dtype" => type is null,
                "shape" => shape is null,
                "data_offsets" => offsets is null,
                _ => true,
            };
            Expect(isNew, $"tensor {name} says its {key} twice");
            if (key == "dtype" && reader.TokenType == JsonTokenType.String)
                type = reader.GetString();
            else if (key == "shape")
                shape = ParseNumbers(ref reader, MaxRank, $"the shape of tensor {name}");
            else if (key == "data_offsets")
                offsets = ParseNumbers(ref reader, 2, $"the data_offsets of tensor {name}");
            else
                reader.Skip();
        }
        Expect(type is not null && shape is not null && offsets is { Count: 2 },
            $"tensor {name} lacks its dtype, shape or data_offsets");
        SafeTensorType parsed = SafeTensorTypes.Parse(type)
            ?? throw new FormatException($"tensor {name} has the unknown dtype {Foreign.Quote(type!)}");
        Expect(shape!.TrueForAll(size => size <= int.MaxValue), $"tensor {name} has a size above {int.MaxValue}");
        return new SafeTensorInfo(parsed, shape.Select(size => (int)size).ToArray(), offsets![0], offsets[1]);
    }

    private static List<long> ParseNumbers(ref Utf8JsonReader reader, int most, string what)
    {
        Expect(reader.TokenType == JsonTokenType.StartArray, $"{what} is not a list");
        var numbers = new List<long>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            long number = 0;
            Expect(reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out number) && number >= 0,
                $"{what} has something else than whole numbers from 0");
            Expect(numbers.Count < most, $"{what} has more than {most} numbers");
            numbers.Add(number);
        }
        return numbers;
    }

    private void CheckLayout()
    {
        foreach ((string name, SafeTensorInfo info) in Tensors)
        {
            Expect(info.Begin <= info.End && info.End <= DataBytes,
                $"tensor {Foreign.Quote(name)} spans bytes {info.Begin} to {info.End} of {DataBytes}");
            Expect(SizeInBytes(info) == info.End - info.Begin,
                $"tensor {Foreign.Quote(name)} of shape [{string.Join(", ", info.Shape)}] does not fill its " +
                $"{info.End - info.Begin} bytes");
        }
        long end = 0;
        foreach ((string name, SafeTensorInfo info) in Tensors.OrderBy(x => x.Value.Begin).ThenBy(x => x.Value.End))
        {
            Expect(info.Begin == end,
                $"tensor {Foreign.Quote(name)} begins at byte {info.Begin}, where {end} is the next free one");
            end = info.End;
        }
        Expect(end == DataBytes, $"its tensors end at byte {end} of {DataBytes}");
    }

    /// <summary>∏ shape · bytes; null when that is beyond 64 bits.</summary>
    private static long? SizeInBytes(SafeTensorInfo info)
    {
        Int128 bytes = info.Type.Bytes();
        foreach (int size in info.Shape)
        {
            bytes *= size;
            if (bytes > long.MaxValue)
                return null;
        }
        return (long)bytes;
    }

    private static void Expect(bool condition, string otherwise)
    {
        if (!condition)
            throw new FormatException(otherwise);
    }
}
