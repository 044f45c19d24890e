using System.Buffers.Binary;
using System.Text;
using Nabla.Learning.Checkpoints;

namespace Nabla.Learning.Tests.Checkpoints;

/// <summary>Safetensors files in memory, valid or not.</summary>
internal static class SafeTensorsBytes
{
    public const string NoChecksum = "no checksum\n";

    /// <summary>A file with this header text, whatever it says.</summary>
    public static byte[] Raw(string json, params byte[] data)
    {
        byte[] header = Encoding.UTF8.GetBytes(json);
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        return [.. length, .. header, .. data];
    }

    /// <summary>A file with one tensor.</summary>
    public static byte[] One(string type, string shape, params byte[] data) =>
        Raw($$$"""{"x":{"dtype":"{{{type}}}","shape":{{{shape}}},"data_offsets":[0,{{{data.Length}}}]}}""", data);

    public static byte[] Written(
        IEnumerable<SafeTensorEntry> entries, IReadOnlyDictionary<string, string>? metadata = null)
    {
        using var stream = new MemoryStream();
        SafeTensorsFile.Write(stream, entries, metadata);
        return stream.ToArray();
    }

    public static SafeTensorsFile Open(byte[] bytes) =>
        SafeTensorsFile.Open(new MemoryStream(bytes), "test.safetensors");

    /// <summary>
    /// Names, shapes and the numbers' bits, and whether the checksum is missing, as one text to compare.
    /// </summary>
    public static string Contents(byte[] bytes)
    {
        using SafeTensorsFile file = Open(bytes);
        var text = new StringBuilder(file.HasChecksum ? "" : NoChecksum);
        foreach (string name in file.Names)
        {
            text.Append(name).Append('[').AppendJoin(',', file.Shape(name).ToArray()).Append("]: ");
            text.AppendJoin(',', file.ReadFloats(name).Select(BitConverter.SingleToUInt32Bits)).Append('\n');
        }
        return text.ToString();
    }
}
