using System.Buffers.Binary;
using Google.Protobuf;
using Nabla.Learning.Checkpoints;
using Nabla.Numerics;

namespace Nabla.Learning.Training.TensorBoard;

/// <summary>A number of an event file.</summary>
/// <param name="Tag">Its name: <c>loss/train</c>; empty for a restart.</param>
/// <param name="Step">The step.</param>
/// <param name="Value">The number.</param>
public readonly record struct ScalarEvent(string Tag, long Step, double Value)
{
    /// <summary>Whether it is no number but says that the run began anew: from this step on the file is void.</summary>
    public bool IsRestart => Tag.Length == 0;
}

/// <summary>
/// Reads the scalars of an event file of TensorBoard, whoever wrote it: PyTorch and Nabla write a simple value, Keras a
/// tensor of one number. Pictures, histograms and texts are passed over.
/// </summary>
/// <remarks>
/// TensorFlow's <c>record_reader.cc</c> and <c>event.proto</c>; both checksums of each record are checked.
/// </remarks>
public static class EventReader
{
    private const int LongestRecord = 1 << 26, HeadLength = 12;

    /// <summary>The scalars and restarts of a file, in their order.</summary>
    /// <exception cref="TrainingException">It cannot be read, or it is damaged or cut short.</exception>
    public static IReadOnlyList<ScalarEvent> Read(string path)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            return [.. Read(stream, path)];
        }
        catch (Exception error) when (FileErrors.Explains(error))
        {
            throw new TrainingException(FileErrors.Reading(path, error).Message, error);
        }
    }

    /// <summary>The scalars and restarts of a stream; <paramref name="name"/> is what errors call it.</summary>
    /// <exception cref="TrainingException">It is damaged or cut short.</exception>
    public static IEnumerable<ScalarEvent> Read(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        byte[] head = new byte[HeadLength];
        for (long place = 0; Fill(stream, head) is > 0 and var read; place = stream.Position)
        {
            if (read < HeadLength)
                throw Short(name, place);
            byte[] data = Record(stream, head, name, place);
            foreach (ScalarEvent scalar in Parse(data, name, place))
                yield return scalar;
        }
    }

    private static byte[] Record(Stream stream, byte[] head, string name, long place)
    {
        long length = BinaryPrimitives.ReadInt64LittleEndian(head);
        if (Crc32C.Masked(head.AsSpan(0, 8)) != BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(8)))
            throw Damaged(name, place, "the checksum of its length is wrong. Is it an event file of TensorBoard?");
        if (length is < 0 or > LongestRecord)
            throw Damaged(name, place, $"it claims {length:N0} bytes; expected at most {LongestRecord:N0}.");
        if (stream.CanSeek && stream.Length - stream.Position < length + 4)
            throw Short(name, place);
        byte[] data = new byte[length], tail = new byte[4];
        if (Fill(stream, data) < data.Length || Fill(stream, tail) < tail.Length)
            throw Short(name, place);
        return Crc32C.Masked(data) == BinaryPrimitives.ReadUInt32LittleEndian(tail)
            ? data
            : throw Damaged(name, place, "its checksum is wrong. Get the file again.");
    }

    private static int Fill(Stream stream, byte[] bytes) =>
        stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);

    private static List<ScalarEvent> Parse(byte[] data, string name, long place)
    {
        try
        {
            return ScalarMessages.Of(data);
        }
        catch (InvalidProtocolBufferException error)
        {
            throw Damaged(name, place, $"it is no event ({Foreign.OneLine(error.Message)}).");
        }
    }

    private static TrainingException Damaged(string name, long place, string why) =>
        new(FormattableString.Invariant($"Cannot use '{name}': the record at byte {place} is damaged: {why}"));

    private static TrainingException Short(string name, long place) =>
        new(FormattableString.Invariant($"Cannot use '{name}': it is cut short in the record at byte {place}. ")
            + "Get the file again, or wait until the run has written on.");
}
