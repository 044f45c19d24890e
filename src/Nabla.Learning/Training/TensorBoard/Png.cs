using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Nabla.Tensors;

namespace Nabla.Learning.Training.TensorBoard;

/// <summary>Writes pictures as PNG files (ISO/IEC 15948): 8 bits a channel, no filter.</summary>
public static class Png
{
    private const byte Grey = 0, Colour = 2, ColourAndAlpha = 6;

    /// <summary>
    /// A picture of brightnesses 0 (black) to 1 (white), clamped and rounded to 256 steps: grey [H, W] or [1, H, W], or
    /// red, green and blue [3, H, W].
    /// </summary>
    /// <exception cref="ArgumentException">The shape is another, or there is no pixel.</exception>
    public static byte[] Encode(Tensor image)
    {
        (int channels, int height, int width) = SizesOf(image);
        return File(width, height, channels == 1 ? Grey : Colour, Rows(image.ToArray(), channels, height, width));
    }

    /// <summary>A picture of dots 0xRRGGBBAA, rgba[y, x], the first row on top.</summary>
    public static byte[] Encode(uint[,] rgba)
    {
        ArgumentNullException.ThrowIfNull(rgba);
        int height = rgba.GetLength(0), width = rgba.GetLength(1);
        var rows = new byte[height * (1 + 4 * width)];
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
                BinaryPrimitives.WriteUInt32BigEndian(rows.AsSpan(y * (1 + 4 * width) + 1 + 4 * x), rgba[y, x]);
        return File(width, height, ColourAndAlpha, rows);
    }

    internal static (int Channels, int Height, int Width) SizesOf(Tensor image) => image.Shape.ToArray() switch
    {
        [var h, var w] when h > 0 && w > 0 => (1, h, w),
        [var c, var h, var w] when c is 1 or 3 && h > 0 && w > 0 => (c, h, w),
        _ => throw new ArgumentException(
            $"Png: an image {image.Shape} must be [H, W], [1, H, W] or [3, H, W] with at least one pixel.",
            nameof(image)),
    };

    private static byte[] File(int width, int height, byte kind, byte[] rows)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, kind);
        using var png = new MemoryStream();
        png.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        Chunk(png, "IHDR", header);
        Chunk(png, "IDAT", Compressed(rows));
        Chunk(png, "IEND", []);
        return png.ToArray();
    }

    /// <summary>Each row begins with the number of its filter, 0 for none; pixels lie channel by channel.</summary>
    private static byte[] Rows(float[] numbers, int channels, int height, int width)
    {
        var rows = new byte[height * (1 + width * channels)];
        int at = 0;
        for (int y = 0; y < height; y++)
        {
            at++;
            for (int x = 0; x < width; x++)
                for (int c = 0; c < channels; c++)
                    rows[at++] = Byte(numbers[(c * height + y) * width + x]);
        }
        return rows;
    }

    private static byte Byte(float brightness) =>
        float.IsNaN(brightness) ? (byte)0 : (byte)MathF.Round(255 * Math.Clamp(brightness, 0, 1));

    private static byte[] Compressed(byte[] rows)
    {
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Optimal))
            zlib.Write(rows);
        return compressed.ToArray();
    }

    private static void Chunk(MemoryStream png, string type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        png.Write(number);
        byte[] body = [.. Encoding.ASCII.GetBytes(type), .. data];
        png.Write(body);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32(body));
        png.Write(number);
    }

    /// <summary>The checksum of PNG and zip, of the polynomial 0x04C11DB7.</summary>
    private static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte b in bytes)
        {
            crc ^= b;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
        }
        return ~crc;
    }
}
