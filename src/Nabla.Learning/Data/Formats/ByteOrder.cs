using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Nabla.Learning.Data.Formats;

/// <summary>Turns numbers of the other byte order into this machine's, in place.</summary>
internal static class ByteOrder
{
    public static void Mend(Span<byte> bytes, int size, bool bigEndian)
    {
        if (bigEndian != BitConverter.IsLittleEndian)
            return;
        switch (size)
        {
            case 2:
                Span<ushort> twos = MemoryMarshal.Cast<byte, ushort>(bytes);
                BinaryPrimitives.ReverseEndianness(twos, twos);
                break;
            case 4:
                Span<uint> fours = MemoryMarshal.Cast<byte, uint>(bytes);
                BinaryPrimitives.ReverseEndianness(fours, fours);
                break;
            case 8:
                Span<ulong> eights = MemoryMarshal.Cast<byte, ulong>(bytes);
                BinaryPrimitives.ReverseEndianness(eights, eights);
                break;
        }
    }
}
