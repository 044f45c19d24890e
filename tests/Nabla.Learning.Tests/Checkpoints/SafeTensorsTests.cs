using System.Text;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Nabla.Learning.Checkpoints;
using static Nabla.Learning.Tests.Checkpoints.SafeTensorsBytes;

namespace Nabla.Learning.Tests.Checkpoints;

public sealed class SafeTensorsTests
{
    [Fact]
    public void What_is_written_is_read_back_bit_for_bit() =>
        Prop.ForAll<NonNull<string>[], float[], byte>((names, numbers, sizes) =>
        {
            SafeTensorEntry[] entries = names.Select(x => x.Get).Where(IsText).Distinct(StringComparer.Ordinal)
                .Where(name => name != "__metadata__")
                .Select((name, i) => Entry(name, numbers, (sizes >> i) % 3)).ToArray();
            byte[] file = Written(entries, new Dictionary<string, string>(StringComparer.Ordinal) { ["step"] = "7" });
            using SafeTensorsFile read = Open(file);
            read.Metadata["step"].ShouldBe("7");
            read.Names.ShouldBe(entries.Select(x => x.Name));
            foreach (SafeTensorEntry entry in entries)
            {
                read.Shape(entry.Name).ToArray().ShouldBe(entry.Shape);
                read.ReadFloats(entry.Name).Select(BitConverter.SingleToUInt32Bits)
                    .ShouldBe(entry.Data.ToArray().Select(BitConverter.SingleToUInt32Bits));
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Tensors_larger_than_a_chunk_are_read_whole()
    {
        float[] numbers = Enumerable.Range(0, 100_003).Select(i => i * 0.5f).ToArray();
        using SafeTensorsFile file = Open(Written([new("a", [1], new float[1]), new("b", [100_003], numbers)]));
        file.ReadFloats("b").ShouldBe(numbers);
    }

    [Fact]
    public void The_file_has_the_layout_that_other_tools_read()
    {
        byte[] file = Written([new("w", [2, 1], new float[] { 1, 2 }), new("b", [], new float[] { 3 })]);
        int length = (int)BitConverter.ToInt64(file, 0);
        (length % 8).ShouldBe(0);
        string json = Encoding.UTF8.GetString(file, 8, length).TrimEnd(' ');
        Regex.Replace(json, "[0-9a-f]{64}", "(digits)").ShouldBe(
            """{"__metadata__":{"nabla.sha256":"(digits)","format":"pt"},"""
            + """ "w":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]},""".TrimStart()
            + """ "b":{"dtype":"F32","shape":[],"data_offsets":[8,12]}}""".TrimStart());
        file[(8 + length)..].ShouldBe([0, 0, 128, 63, 0, 0, 0, 64, 0, 0, 64, 64]);
    }

    [Fact]
    public void Other_number_formats_become_floats_or_whole_numbers()
    {
        Floats("F16", 0x00, 0x3C, 0x01, 0x00).ShouldBe([1f, 5.9604645e-08f]);
        Floats("BF16", 0x80, 0x3F, 0x80, 0xFF).ShouldBe([1f, float.NegativeInfinity]);
        Floats("F64", 0, 0, 0, 0, 0, 0, 0xF8, 0x3F).ShouldBe([1.5f]);
        Integers("I64", 0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF).ShouldBe([-2L]);
        Integers("I32", 0xFE, 0xFF, 0xFF, 0xFF, 7, 0, 0, 0).ShouldBe([-2L, 7L]);
        Integers("U32", 0xFF, 0xFF, 0xFF, 0xFF).ShouldBe([4294967295L]);
        Integers("I16", 0xFF, 0xFF).ShouldBe([-1L]);
        Integers("U16", 0xFF, 0xFF).ShouldBe([65535L]);
        Integers("I8", 0xFF).ShouldBe([-1L]);
        Integers("U8", 0xFF).ShouldBe([255L]);
        Integers("BOOL", 1, 0).ShouldBe([1L, 0L]);
    }

    [Fact]
    public void Asking_for_what_is_not_there_is_a_clear_error()
    {
        using SafeTensorsFile file = Open(Written([new("weight", [2, 3], new float[6])]));
        Should.Throw<CheckpointException>(() => file.ReadFloats("wieght"))
            .Message.ShouldContain("has no tensor 'wieght'");
        Should.Throw<CheckpointException>(() => file.ReadFloats("weight", new float[5])).Message
            .ShouldContain("has 6 numbers, shape [2, 3], and 5 are needed");
        Should.Throw<CheckpointException>(() => file.ReadIntegers("weight", new long[6]))
            .Message.ShouldContain("is of type F32");
    }

    [Fact]
    public void Wrong_entries_are_refused_before_anything_is_written()
    {
        using var folder = new TemporaryFolder();
        SafeTensorEntry good = new("a", [1], new float[1]);
        foreach (SafeTensorEntry bad in new SafeTensorEntry[]
        {
            good, new("__metadata__", [1], new float[1]), new("b", [2], new float[1]), new("b", [-1, -1], new float[1]),
            new("b", [65536, 65536, 65536, 65536, 65536, 65536, 65536, 65536, 65536], default),
        })
        {
            Should.Throw<ArgumentException>(() => SafeTensorsFile.Write(folder["x"], [good, bad]));
        }
        folder.Names.ShouldBeEmpty();
    }

    [Fact]
    public void A_missing_file_and_a_folder_are_clear_errors()
    {
        using var folder = new TemporaryFolder();
        Should.Throw<CheckpointException>(() => SafeTensorsFile.Open(folder["none"]))
            .Message.ShouldContain("there is no such file");
        Should.Throw<CheckpointException>(() => SafeTensorsFile.Open(folder.Path))
            .Message.ShouldContain("it is a folder");
    }

    [Fact]
    public void An_open_file_can_be_replaced_and_still_reads_its_own_numbers()
    {
        using var folder = new TemporaryFolder();
        SafeTensorsFile.Write(folder["x"], [new("a", [1], new float[] { 1 })]);
        using SafeTensorsFile old = SafeTensorsFile.Open(folder["x"]);
        SafeTensorsFile.Write(folder["x"], [new("a", [1], new float[] { 2 })]);
        old.ReadFloats("a").ShouldBe([1f]);
    }

    private static SafeTensorEntry Entry(string name, float[] numbers, int kind) => kind switch
    {
        0 => new(name, [numbers.Length], numbers),
        1 => new(name, [2, numbers.Length / 2, 1], numbers.AsMemory(0, numbers.Length / 2 * 2)),
        _ => new(name, [3, 0], default),
    };

    /// <summary>Half a surrogate pair is no text, and cannot be written as UTF-8.</summary>
    private static bool IsText(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) == text;

    private static float[] Floats(string type, params byte[] data)
    {
        using SafeTensorsFile file = Open(One(type, $"[{data.Length / (type == "F64" ? 8 : 2)}]", data));
        return file.ReadFloats("x");
    }

    private static long[] Integers(string type, params byte[] data)
    {
        int count = data.Length / (type switch { "I64" => 8, "I32" or "U32" => 4, "I16" or "U16" => 2, _ => 1 });
        using SafeTensorsFile file = Open(One(type, $"[{count}]", data));
        var result = new long[count];
        file.ReadIntegers("x", result);
        return result;
    }
}
