using Google.Protobuf;
using Nabla.Tensors;

namespace Nabla.Learning.Training.TensorBoard;

/// <summary>
/// The messages of TensorFlow's <c>event.proto</c>, <c>summary.proto</c> and <c>tensor.proto</c> that an event file
/// holds, written field by field; the numbers are the fields' in those files.
/// </summary>
internal static class EventMessages
{
    private const string Version = "brain.Event:2";
    private const int Text = 7; // DataType.DT_STRING

    /// <summary>Event { wall_time = 1, file_version = 3 }: the first of a file.</summary>
    public static byte[] FileVersion(double seconds) => Event(seconds, 0, (3, Utf8(Version)));

    /// <summary>
    /// Event { …, session_log = 7 { status = 1: START } }: what another file says of this step and later ones is void.
    /// </summary>
    public static byte[] Restart(double seconds, long step) => Event(seconds, step, (7, Message(o => Number(o, 1, 1))));

    /// <summary>Summary.Value { tag = 1, simple_value = 2 }.</summary>
    public static byte[] Scalar(double seconds, long step, string tag, double value) =>
        Summary(seconds, step, tag, o =>
        {
            o.WriteTag(2, WireFormat.WireType.Fixed32);
            o.WriteFloat((float)value);
        });

    /// <summary>
    /// Summary.Value { tag = 1, histo = 5 { min, max, num, sum, sum_squares, bucket_limit, bucket } }.
    /// </summary>
    public static byte[] Histogram(double seconds, long step, string tag, Buckets buckets) =>
        Summary(seconds, step, tag, o => Part(o, 5, Message(histogram =>
        {
            double[] facts = [buckets.Least, buckets.Most, buckets.Counts.Sum(), buckets.Sum, buckets.Squares];
            for (int field = 1; field <= facts.Length; field++)
                Real(histogram, field, facts[field - 1]);
            Packed(histogram, 6, buckets.Limits);
            Packed(histogram, 7, buckets.Counts);
        })));

    /// <summary>Summary.Value { tag = 1, image = 4 { height, width, colorspace, encoded_image_string } }.</summary>
    public static byte[] Image(double seconds, long step, string tag, Tensor image)
    {
        (int channels, int height, int width) = Png.SizesOf(image);
        byte[] png = Png.Encode(image);
        return Summary(seconds, step, tag, o => Part(o, 4, Message(picture =>
        {
            Number(picture, 1, height);
            Number(picture, 2, width);
            Number(picture, 3, channels); // 1 is grey, 3 is red, green and blue
            Part(picture, 4, png);
        })));
    }

    /// <summary>
    /// Summary.Value { tag = 1, tensor = 8 { dtype = 1: DT_STRING, tensor_shape = 2, string_val = 8 }, metadata = 9 }
    /// for the plugin <c>text</c>.
    /// </summary>
    public static byte[] Words(double seconds, long step, string tag, string text) =>
        Summary(seconds, step, tag, o =>
        {
            Part(o, 8, Message(tensor =>
            {
                Number(tensor, 1, Text);
                Part(tensor, 2, Message(shape => Part(shape, 2, Message(dim => Number(dim, 1, 1)))));
                Part(tensor, 8, Utf8(text));
            }));
            Part(o, 9, Message(metadata => Part(metadata, 1, Message(plugin => Part(plugin, 1, Utf8("text"))))));
        });

    /// <summary>Event { wall_time = 1, step = 2, summary = 5 { value = 1 } }.</summary>
    private static byte[] Summary(double seconds, long step, string tag, Action<CodedOutputStream> value) =>
        Event(seconds, step, (5, Message(summary => Part(summary, 1, Message(o =>
        {
            Part(o, 1, Utf8(tag));
            value(o);
        })))));

    private static byte[] Event(double seconds, long step, (int Field, byte[] Bytes) what) => Message(o =>
    {
        Real(o, 1, seconds);
        Number(o, 2, step);
        Part(o, what.Field, what.Bytes);
    });

    private static byte[] Message(Action<CodedOutputStream> write)
    {
        using var bytes = new MemoryStream();
        using (var output = new CodedOutputStream(bytes, leaveOpen: true))
            write(output);
        return bytes.ToArray();
    }

    private static void Real(CodedOutputStream output, int field, double value)
    {
        output.WriteTag(field, WireFormat.WireType.Fixed64);
        output.WriteDouble(value);
    }

    private static void Number(CodedOutputStream output, int field, long value)
    {
        output.WriteTag(field, WireFormat.WireType.Varint);
        output.WriteInt64(value);
    }

    private static void Part(CodedOutputStream output, int field, byte[] bytes)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(UnsafeByteOperations.UnsafeWrap(bytes));
    }

    private static void Packed(CodedOutputStream output, int field, double[] values) =>
        Part(output, field, Message(o =>
        {
            foreach (double value in values)
                o.WriteDouble(value);
        }));

    private static byte[] Utf8(string text) => System.Text.Encoding.UTF8.GetBytes(text);
}
