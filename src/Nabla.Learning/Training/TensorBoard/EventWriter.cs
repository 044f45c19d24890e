using System.Buffers.Binary;
using System.Globalization;
using Nabla.Learning.Checkpoints;
using Nabla.Tensors;

namespace Nabla.Learning.Training.TensorBoard;

/// <summary>
/// Writes an event file of TensorBoard: scalars, histograms, images and texts, each with its step. A record is its
/// length (8 bytes), the length's masked CRC-32C, the event, and the event's masked CRC-32C, little-endian.
/// </summary>
/// <remarks>
/// TensorFlow's <c>record_writer.cc</c> and <c>event.proto</c>. A tag with slashes is shown in a group.
/// </remarks>
public sealed class EventWriter : IDisposable
{
    private readonly Stream stream;
    private readonly TimeProvider clock;

    /// <summary>Writes events to a stream, which is disposed of with the writer.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="afterStep">Steps done: what other files say of later ones is void. 0 for none.</param>
    /// <param name="clock">The time; null for the system's.</param>
    public EventWriter(Stream stream, int afterStep = 0, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        (this.stream, this.clock) = (stream, clock ?? TimeProvider.System);
        Write(EventMessages.FileVersion(Now));
        if (afterStep > 0)
            Write(EventMessages.Restart(Now, afterStep + 1));
    }

    private double Now => (clock.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds;

    /// <summary>Begins a new event file in a folder, which is made if needed.</summary>
    /// <exception cref="CheckpointException">The folder cannot be written.</exception>
    public static EventWriter Create(string folder, int afterStep = 0, TimeProvider? clock = null)
    {
        // Event files have a time and a process in their names: each run of a program begins a new one.
        string name = string.Create(
            CultureInfo.InvariantCulture,
            $"events.out.tfevents.{(clock ?? TimeProvider.System).GetUtcNow().ToUnixTimeMilliseconds()}."
            + $"{Environment.ProcessId}.nabla");
        string path = Path.Combine(folder, name);
        try
        {
            Directory.CreateDirectory(folder);
            return new EventWriter(
                new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read), afterStep, clock);
        }
        catch (Exception error) when (FileErrors.Explains(error))
        {
            throw FileErrors.Writing(path, error);
        }
    }

    /// <summary>A number at a step, kept as float32.</summary>
    public void Scalar(string tag, int step, double value) =>
        Write(EventMessages.Scalar(Now, step, Checked(tag), value));

    /// <summary>How numbers are spread at a step; those that are not finite are left out.</summary>
    public void Histogram(string tag, int step, ReadOnlySpan<float> numbers) =>
        Write(EventMessages.Histogram(Now, step, Checked(tag), Buckets.Of(numbers)));

    /// <summary>A picture at a step: brightnesses 0 to 1, [H, W], [1, H, W] or [3, H, W].</summary>
    /// <exception cref="ArgumentException">The shape is another, or there is no pixel.</exception>
    public void Image(string tag, int step, Tensor image) =>
        Write(EventMessages.Image(Now, step, Checked(tag), image));

    /// <summary>A text at a step, in Markdown.</summary>
    public void Text(string tag, int step, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Write(EventMessages.Words(Now, step, Checked(tag), text));
    }

    /// <summary>Hands what was written to the operating system.</summary>
    public void Flush() => stream.Flush();

    /// <summary>Writes what is left and closes the file.</summary>
    public void Dispose() => stream.Dispose();

    private static string Checked(string tag) => !string.IsNullOrWhiteSpace(tag)
        ? tag
        : throw new ArgumentException($"EventWriter: tag = '{tag}' must be a name, such as loss/train.", nameof(tag));

    private void Write(byte[] data)
    {
        Span<byte> head = stackalloc byte[12], tail = stackalloc byte[4];
        BinaryPrimitives.WriteInt64LittleEndian(head, data.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(head[8..], Crc32C.Masked(head[..8]));
        BinaryPrimitives.WriteUInt32LittleEndian(tail, Crc32C.Masked(data));
        stream.Write(head);
        stream.Write(data);
        stream.Write(tail);
    }
}
