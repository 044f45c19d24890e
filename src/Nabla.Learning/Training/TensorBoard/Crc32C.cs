namespace Nabla.Learning.Training.TensorBoard;

/// <summary>
/// The Castagnoli checksum of 32 bits (RFC 3720, appendix B.4), and its masked form, which a TFRecord holds: a checksum
/// of data that contain checksums would otherwise be weak.
/// </summary>
public static class Crc32C
{
    private const uint Polynomial = 0x82F63B78; // 0x1EDC6F41 with its bits reversed
    private const uint MaskDelta = 0xA282EAD8;

    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(OfByte)];

    /// <summary>The checksum.</summary>
    /// <example><code>
    /// Crc32C.Of("123456789"u8) == 0xE3069283;                  // = true
    /// </code></example>
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte b in bytes)
            crc = Table[(byte)(crc ^ b)] ^ (crc >> 8);
        return ~crc;
    }

    /// <summary>The masked checksum: turned right by 15 bits, plus 0xA282EAD8.</summary>
    public static uint Masked(ReadOnlySpan<byte> bytes) =>
        uint.RotateRight(Of(bytes), 15) + MaskDelta;

    private static uint OfByte(int b)
    {
        uint crc = (uint)b;
        for (int bit = 0; bit < 8; bit++)
            crc = (crc >> 1) ^ ((crc & 1) * Polynomial);
        return crc;
    }
}
