using System.Buffers.Binary;
using Google.Protobuf;

namespace Nabla.Learning.Training.TensorBoard;

/// <summary>
/// Takes the scalars out of an event, field by field; the numbers are the fields' in <c>event.proto</c>,
/// <c>summary.proto</c> and <c>tensor.proto</c>.
/// </summary>
internal static class ScalarMessages
{
    private const long Start = 1; // SessionLog.SessionStatus
    private const int Float = 1, Double = 2; // DataType

    /// <summary>Event { step = 2, summary = 5 { value = 1 }, session_log = 7 { status = 1 } }.</summary>
    /// <exception cref="InvalidProtocolBufferException">The bytes are no message.</exception>
    public static List<ScalarEvent> Of(byte[] data)
    {
        var found = new List<(string Tag, double Value)>();
        long step = 0;
        bool isRestart = false;
        Fields(data, (field, input) =>
        {
            if (Is(field, 2, WireFormat.WireType.Varint))
                step = input.ReadInt64();
            else if (Is(field, 5, WireFormat.WireType.LengthDelimited))
                Summary(Part(input), found);
            else if (Is(field, 7, WireFormat.WireType.LengthDelimited))
                isRestart = SaysStart(Part(input));
            else
                return false;
            return true;
        });
        var events = new List<ScalarEvent>();
        if (isRestart)
            events.Add(new ScalarEvent("", step, 0));
        events.AddRange(found.Select(scalar => new ScalarEvent(scalar.Tag, step, scalar.Value)));
        return events;
    }

    private static bool SaysStart(byte[] data)
    {
        long status = 0;
        Fields(data, (field, input) =>
        {
            if (!Is(field, 1, WireFormat.WireType.Varint))
                return false;
            status = input.ReadInt64();
            return true;
        });
        return status == Start;
    }

    private static void Summary(byte[] data, List<(string Tag, double Value)> found) => Fields(data, (field, input) =>
    {
        if (!Is(field, 1, WireFormat.WireType.LengthDelimited))
            return false;
        if (Value(Part(input)) is { Tag.Length: > 0, Value: { } value } scalar)
            found.Add((scalar.Tag, value));
        return true;
    });

    // Summary.Value { tag = 1, simple_value = 2, tensor = 8 }.
    private static (string Tag, double? Value) Value(byte[] data)
    {
        string tag = "";
        double? value = null;
        Fields(data, (field, input) =>
        {
            if (Is(field, 1, WireFormat.WireType.LengthDelimited))
                tag = input.ReadString();
            else if (Is(field, 2, WireFormat.WireType.Fixed32))
                value = input.ReadFloat();
            else if (Is(field, 8, WireFormat.WireType.LengthDelimited))
                value = Tensor(Part(input));
            else
                return false;
            return true;
        });
        return (tag, value);
    }

    // TensorProto { dtype = 1, tensor_content = 4, float_val = 5, double_val = 6 } of one number.
    private static double? Tensor(byte[] data)
    {
        long type = 0;
        byte[] content = [];
        Fields(data, (field, input) =>
        {
            if (Is(field, 1, WireFormat.WireType.Varint))
                type = input.ReadInt64();
            else if (WireFormat.GetTagWireType(field) == WireFormat.WireType.LengthDelimited
                && WireFormat.GetTagFieldNumber(field) is 4 or 5 or 6)
                content = Part(input);
            else
                return false;
            return true;
        });
        return (type, content.Length) switch
        {
            (Float, 4) => BinaryPrimitives.ReadSingleLittleEndian(content),
            (Double, 8) => BinaryPrimitives.ReadDoubleLittleEndian(content),
            _ => null,
        };
    }

    // Reads every field of a message; those that nobody takes are passed over.
    private static void Fields(byte[] data, Func<uint, CodedInputStream, bool> take)
    {
        using var input = new CodedInputStream(data);
        while (input.ReadTag() is > 0 and var field)
            if (!take(field, input))
                input.SkipLastField();
    }

    private static bool Is(uint field, int number, WireFormat.WireType type) =>
        WireFormat.GetTagFieldNumber(field) == number && WireFormat.GetTagWireType(field) == type;

    private static byte[] Part(CodedInputStream input) => input.ReadBytes().ToByteArray();
}
