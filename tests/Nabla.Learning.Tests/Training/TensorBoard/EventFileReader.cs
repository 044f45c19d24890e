using System.Buffers.Binary;
using System.Text;

namespace Nabla.Learning.Tests.Training.TensorBoard;

/// <summary>
/// Reads event files by their description alone: TFRecord framing and the wire format of protocol buffers
/// (protobuf.dev/programming-guides/encoding). It shares no code with the writer, nor with Google.Protobuf.
/// </summary>
internal static class EventFileReader
{
    /// <summary>The records of a file, whose checksums must be right.</summary>
    public static List<Message> Read(byte[] file)
    {
        var events = new List<Message>();
        for (int at = 0; at < file.Length;)
        {
            int length = (int)BinaryPrimitives.ReadInt64LittleEndian(file.AsSpan(at));
            Checksum(file.AsSpan(at, 8)).ShouldBe(BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 8)));
            Checksum(file.AsSpan(at + 12, length))
                .ShouldBe(BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 12 + length)));
            events.Add(new Message(file.AsSpan(at + 12, length).ToArray()));
            at += length + 16;
        }
        return events;
    }

    /// <summary>Bit by bit, without a table: the masked CRC-32C.</summary>
    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        uint crc = 0xFFFFFFFF;
        foreach (byte b in bytes)
            for (int bit = 0; bit < 8; bit++)
            {
                bool one = ((crc ^ (uint)(b >> bit)) & 1) != 0;
                crc = one ? (crc >> 1) ^ 0x82F63B78 : crc >> 1;
            }
        crc = ~crc;
        return ((crc >> 15) | (crc << 17)) + 0xA282EAD8;
    }

    /// <summary>The fields of a message by number.</summary>
    public sealed class Message
    {
        private readonly List<(int Field, ulong Number, byte[] Bytes)> fields = [];

        public Message(byte[] bytes)
        {
            for (int at = 0; at < bytes.Length;)
            {
                ulong tag = Varint(bytes, ref at);
                (ulong number, int length) = (0, 0);
                switch (tag & 7)
                {
                    case 0: number = Varint(bytes, ref at); break;
                    case 1: number = BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(at)); at += 8; break;
                    case 5: number = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at)); at += 4; break;
                    case 2: length = (int)Varint(bytes, ref at); break;
                    default: throw new InvalidDataException($"wire type {tag & 7}");
                }
                fields.Add(((int)(tag >> 3), number, bytes[at..(at + length)]));
                at += length;
            }
        }

        public bool Has(int field) => fields.Any(f => f.Field == field);

        public long Whole(int field) => (long)fields.Single(f => f.Field == field).Number;

        public double Real(int field) => BitConverter.UInt64BitsToDouble(fields.Single(f => f.Field == field).Number);

        public float Single(int field) =>
            BitConverter.UInt32BitsToSingle((uint)fields.Single(f => f.Field == field).Number);

        public byte[] Bytes(int field) => fields.Single(f => f.Field == field).Bytes;

        public string Text(int field) => Encoding.UTF8.GetString(Bytes(field));

        public Message Part(params int[] path) => path.Aggregate(this, (message, field) => new(message.Bytes(field)));

        public double[] Packed(int field) =>
            [.. Bytes(field).Chunk(8).Select(x => BinaryPrimitives.ReadDoubleLittleEndian(x))];

        private static ulong Varint(byte[] bytes, ref int at)
        {
            ulong value = 0;
            for (int shift = 0; ; shift += 7)
            {
                byte b = bytes[at++];
                value |= (ulong)(b & 127) << shift;
                if (b < 128)
                    return value;
            }
        }
    }
}
