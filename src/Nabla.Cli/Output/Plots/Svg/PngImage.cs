using System.Buffers.Binary;
using System.IO.Compression;

namespace Nabla.Cli.Output.Plots;

/// <summary>A picture of dots as a PNG file (W3C, Portable Network Graphics, 3rd edition): 8-bit RGBA.</summary>
internal static class PngImage
{
    /// <summary>The file for dots with the colour [y, x], the first row on top.</summary>
    public static byte[] Encode(uint[,] rgba)
    {
        int height = rgba.GetLength(0), width = rgba.GetLength(1);
        using var file = new MemoryStream();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a]);
        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8; // bits a channel
        header[9] = 6; // red, green, blue, alpha
        Chunk(file, "IHDR"u8, header);
        Chunk(file, "IDAT"u8, Packed(rgba, height, width));
        Chunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    private static byte[] Packed(uint[,] rgba, int height, int width)
    {
        using var packed = new MemoryStream();
        using (var zip = new ZLibStream(packed, CompressionLevel.Optimal))
        {
            byte[] row = new byte[1 + 4 * width]; // the first byte: no filter
            for (int y = 0; y < height; y++)
            {
                for (int x = 0; x < width; x++)
                    BinaryPrimitives.WriteUInt32BigEndian(row.AsSpan(1 + 4 * x), rgba[y, x]);
                zip.Write(row);
            }
        }
        return packed.ToArray();
    }

    // Length, name, bytes, and the check sum of name and bytes.
    private static void Chunk(MemoryStream file, ReadOnlySpan<byte> name, ReadOnlySpan<byte> bytes)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, bytes.Length);
        file.Write(number);
        file.Write(name);
        file.Write(bytes);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~Crc(bytes, Crc(name, uint.MaxValue)));
        file.Write(number);
    }

    private static uint Crc(ReadOnlySpan<byte> bytes, uint crc)
    {
        foreach (byte b in bytes)
        {
            crc ^= b;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc & 1) == 0 ? crc >> 1 : crc >> 1 ^ 0xedb88320;
        }
        return crc;
    }
}
