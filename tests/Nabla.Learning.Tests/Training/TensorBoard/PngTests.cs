using System.Buffers.Binary;
using System.IO.Compression;
using Nabla.Learning.Training.TensorBoard;

namespace Nabla.Learning.Tests.Training.TensorBoard;

public class PngTests
{
    [Fact]
    public void A_png_file_holds_its_dots()
    {
        byte[] file = Png.Encode(new uint[,] { { 0x11223344, 0x55667788, 1 }, { 0, uint.MaxValue, 2 } });
        file[..8].ShouldBe(new byte[] { 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a });
        BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(16)).ShouldBe(3);
        BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(20)).ShouldBe(2);
        int length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(33));
        using var zip = new ZLibStream(new MemoryStream(file, 41, length), CompressionMode.Decompress);
        using var rows = new MemoryStream();
        zip.CopyTo(rows);
        rows.ToArray().ShouldBe(new byte[]
        {
            0, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88, 0, 0, 0, 1,
            0, 0, 0, 0, 0, 255, 255, 255, 255, 0, 0, 0, 2,
        });
        // The last chunk is the same in every PNG file, its check sum included.
        file[^12..].ShouldBe(new byte[] { 0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82 });
    }
}
