using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Nabla.Learning.Checkpoints;

/// <summary>Puts tensors and notes into the bytes of a safetensors file, checksum included.</summary>
internal sealed class SafeTensorsWriter
{
    private const int Alignment = 8;
    private const int ChunkFloats = 1 << 20; // keeps byte lengths far below 2³¹
    private readonly List<SafeTensorEntry> entries;
    private readonly byte[] head;

    public SafeTensorsWriter(IEnumerable<SafeTensorEntry> entries, IReadOnlyDictionary<string, string>? metadata)
    {
        this.entries = [.. entries];
        Check();
        head = Head(metadata);
        InsertChecksum();
    }

    public void WriteTo(Stream stream)
    {
        stream.Write(head);
        ForEachChunk(stream.Write);
    }

    private void Check()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (SafeTensorEntry entry in entries)
        {
            if (entry.Name == SafeTensorsHeader.MetadataKey || !names.Add(entry.Name))
                throw new ArgumentException(
                    $"SafeTensors: the name '{entry.Name}' is taken. Give every tensor its own.");
            Int128 count = Array.TrueForAll(entry.Shape, size => size >= 0) ? 1 : -1;
            foreach (int size in entry.Shape)
                count = count > int.MaxValue ? count : count * size;
            if (count != entry.Data.Length)
            {
                throw new ArgumentException(
                    $"SafeTensors: '{entry.Name}' of shape [{string.Join(", ", entry.Shape)}] " +
                    $"got {entry.Data.Length} numbers. Pass as many as the product of the sizes.");
            }
        }
    }

    /// <summary>Length and JSON text, padded with spaces so that the data are aligned.</summary>
    private byte[] Head(IReadOnlyDictionary<string, string>? metadata)
    {
        using var buffer = new MemoryStream();
        buffer.Write(new byte[SafeTensorsHeader.LengthBytes]);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            WriteMetadata(json, metadata);
            long offset = 0;
            foreach (SafeTensorEntry entry in entries)
            {
                long end = offset + (long)entry.Data.Length * sizeof(float);
                WriteTensor(json, entry, offset, end);
                offset = end;
            }
            json.WriteEndObject();
        }
        while (buffer.Length % Alignment != 0)
            buffer.WriteByte((byte)' ');
        byte[] bytes = buffer.ToArray();
        BinaryPrimitives.WriteInt64LittleEndian(bytes, bytes.Length - SafeTensorsHeader.LengthBytes);
        return bytes;
    }

    private static void WriteMetadata(Utf8JsonWriter json, IReadOnlyDictionary<string, string>? metadata)
    {
        json.WriteStartObject(SafeTensorsHeader.MetadataKey);
        // First of all keys, so that its digits are found without parsing.
        json.WriteString(SafeTensorsHeader.ChecksumKey, new string('0', SafeTensorsHeader.ChecksumDigits));
        if (metadata is null || !metadata.ContainsKey("format"))
            json.WriteString("format", "pt");
        foreach ((string key, string value) in metadata ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            if (key != SafeTensorsHeader.ChecksumKey) // of the file that the notes were read from
                json.WriteString(key, value);
        }
        json.WriteEndObject();
    }

    private static void WriteTensor(Utf8JsonWriter json, SafeTensorEntry entry, long begin, long end)
    {
        json.WriteStartObject(entry.Name);
        json.WriteString("dtype", "F32");
        json.WriteStartArray("shape");
        foreach (int size in entry.Shape)
            json.WriteNumberValue(size);
        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(begin);
        json.WriteNumberValue(end);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void InsertChecksum()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(head);
        ForEachChunk(hash.AppendData);
        int start = head.AsSpan().IndexOf("\"0000"u8) + 1;
        Encoding.ASCII.GetBytes(Convert.ToHexStringLower(hash.GetHashAndReset())).CopyTo(head, start);
    }

    private void ForEachChunk(ChunkAction action)
    {
        foreach (SafeTensorEntry entry in entries)
        {
            ReadOnlySpan<float> data = entry.Data.Span;
            for (int start = 0; start < data.Length; start += ChunkFloats)
                action(MemoryMarshal.AsBytes(data.Slice(start, Math.Min(ChunkFloats, data.Length - start))));
        }
    }

    private delegate void ChunkAction(ReadOnlySpan<byte> bytes);
}
