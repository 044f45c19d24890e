using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Nabla.Learning.Data;
using Nabla.Learning.Data.Formats;

namespace Nabla.Learning.Tests.Data;

/// <summary>
/// Files that are cut short, or are not what they say: an error that names the file, and no memory for them.
/// </summary>
public class HostileDataTests
{
    [Fact]
    public void Every_beginning_of_a_file_is_refused()
    {
        foreach ((byte[] whole, Func<Stream, string, object> read) in Files())
            for (int length = 0; length < whole.Length; length++)
                Should.Throw<DataException>(
                    () => read(new MemoryStream(whole, 0, length), "the file"), $"{length} bytes")
                    .Message.ShouldContain("the file");
    }

    [Fact]
    public void A_byte_too_many_is_refused()
    {
        foreach ((byte[] whole, Func<Stream, string, object> read) in Files().Take(2))
            Should.Throw<DataException>(() => read(new MemoryStream([.. whole, 0]), "x"))
                .Message.ShouldContain("bytes after its 6 numbers");
    }

    [Fact]
    public void No_altered_byte_does_more_than_change_numbers_or_be_refused()
    {
        foreach ((byte[] whole, Func<Stream, string, object> read) in Files())
            for (int at = 0; at < whole.Length; at++)
                foreach (byte other in new byte[] { 0, 1, 0x7f, 0x80, 0xff })
                {
                    byte[] altered = [.. whole];
                    altered[at] = other;
                    try
                    {
                        read(new MemoryStream(altered), "x");
                    }
                    catch (DataException)
                    {
                        // What it should throw.
                    }
                }
    }

    [Theory]
    [InlineData(0x08)]
    [InlineData(0x0E)]
    public void Sizes_that_a_file_cannot_have_cost_no_memory(byte type)
    {
        byte[] file = [0, 0, type, 2, 0x7f, 0xff, 0xff, 0xff, 0, 0, 0, 1, 1, 2, 3];
        using var zipped = new MemoryStream();
        using (var zip = new GZipStream(zipped, CompressionLevel.Fastest, leaveOpen: true))
            zip.Write(file);
        using var folder = new Checkpoints.TemporaryFolder();
        File.WriteAllBytes(folder["x.gz"], zipped.ToArray());
        long before = GC.GetAllocatedBytesForCurrentThread();
        Should.Throw<DataException>(() => IdxFile.Read(new MemoryStream(file), "x"));
        Should.Throw<DataException>(() => IdxFile.Read(folder["x.gz"])).Message.ShouldContain("x.gz");
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(50_000_000);
    }

    [Theory]
    [InlineData(new byte[] { 1, 2, 8, 1 }, "01 02 08 01")]
    [InlineData(new byte[] { 0, 0, 7, 1 }, "the type 08, 09, 0b, 0c, 0d or 0e")]
    [InlineData(new byte[] { 0, 0, 8, 0 }, "00 00 08 00")]
    [InlineData(new byte[] { 0, 0, 8, 1, 255, 255, 255, 255 }, "4,294,967,295")]
    [InlineData(new byte[] { 0, 0, 8, 255 }, "expected 1,024 bytes for the sizes")]
    public void An_idx_file_says_what_is_wrong_with_it(byte[] file, string what) =>
        Should.Throw<DataException>(() => IdxFile.Read(new MemoryStream(file), "digits")).Message
            .ShouldSatisfyAllConditions(
                message => message.ShouldStartWith("Cannot use 'digits': "), message => message.ShouldContain(what));

    [Theory]
    [InlineData("{'descr': '|O', 'fortran_order': False, 'shape': (2,)}", "type '|O'")]
    [InlineData("{'descr': '<U3', 'fortran_order': False, 'shape': (2,)}", "type '<U3'")]
    [InlineData("{'descr': '<c8', 'fortran_order': False, 'shape': (2,)}", "type '<c8'")]
    [InlineData("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (2,)}", "its numbers are of type")]
    [InlineData("{'descr': '<f4', 'fortran_order': 1, 'shape': (2,)}", "its header says")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (-2,)}", "size 0 of its shape is '-2'")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2, x)}", "size 1 of its shape is 'x'")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999,)}", "'99999999999'")]
    [InlineData("{'descr': '<f4', 'fortran_order': False}", "its header says")]
    [InlineData("{'descr': '<f4', 'descr': '<f8', 'fortran_order': False, 'shape': (2,)}", "its header says")]
    [InlineData("__import__('os').system('true')", "its header says")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (2000000000, 2000000000)}", "at most")]
    public void A_npy_file_says_what_is_wrong_with_it(string header, string what) =>
        Should.Throw<DataException>(() => NpyFile.Read(new MemoryStream(Npy(header)), "x.npy")).Message
            .ShouldSatisfyAllConditions(
                message => message.ShouldStartWith("Cannot use 'x.npy': "), message => message.ShouldContain(what),
                message => message.ShouldContain("expected"));

    [Fact]
    public void A_huge_npy_header_is_not_read()
    {
        byte[] file = [0x93, .. "NUMPY"u8, 2, 0, 255, 255, 255, 127];
        Should.Throw<DataException>(() => NpyFile.Read(new MemoryStream(file), "x")).Message
            .ShouldContain("its header has 2,147,483,647 bytes; expected at most 65,536");
        file[6] = 4;
        Should.Throw<DataException>(() => NpyFile.Read(new MemoryStream(file), "x")).Message
            .ShouldContain("version 4.0; expected version 1, 2 or 3");
    }

    [Theory]
    [InlineData("", "it is empty")]
    [InlineData("x,y\n1\n", "line 2 has 1 fields; expected 2 (between ',')")]
    [InlineData("x,y\n1,2\n1,2,3\n", "line 3 has 3 fields; expected 2")]
    [InlineData("x,x\n1,2\n", "two columns are called 'x'")]
    [InlineData("x,y\n\"1,2\n3,4\n", "expected")]
    [InlineData("x,y\na\"b,2\n", "expected")]
    public void A_table_says_what_is_wrong_with_it(string text, string what) =>
        Should.Throw<DataException>(() => CsvFile.Parse(text, name: "t.csv")).Message
            .ShouldSatisfyAllConditions(
                message => message.ShouldStartWith("Cannot use 't.csv': "), message => message.ShouldContain(what));

    [Fact]
    public void Words_where_numbers_are_asked_for_are_refused_with_their_line()
    {
        Should.Throw<DataException>(() => CsvFile.Parse("x\n1\ntwo\n", new() { Numeric = ["x"] }))
            .Message.ShouldContain("column 'x' has 'two' in line 3; expected a number");
        Should.Throw<DataException>(() => CsvFile.Parse("x\n1\n", new() { Categorical = ["z"] }))
            .Message.ShouldContain("there is no column 'z'; expected one of 'x'");
        Should.Throw<DataException>(() => CsvFile.Parse("x\n1\n")["y"]).Message.ShouldContain("no column 'y'");
        Should.Throw<DataException>(() => CsvFile.Parse("x\n1e39\n").ToTensor()).Message
            .ShouldContain("1E+39 in row 1");
    }

    [Fact]
    public void Text_that_is_not_utf_8_and_files_that_are_not_there_are_refused()
    {
        using var folder = new Checkpoints.TemporaryFolder();
        File.WriteAllBytes(folder["latin.csv"], [.. "x\n"u8, 0xE9, (byte)'\n']);
        Should.Throw<DataException>(() => CsvFile.Read(folder["latin.csv"])).Message.ShouldContain("no UTF-8");
        Should.Throw<DataException>(() => TextLines.Read(folder["latin.csv"]).Count()).Message
            .ShouldContain("no UTF-8");
        File.WriteAllBytes(folder["x.gz"], [0x1f, 0x8b, 8, 0, 1, 2, 3]);
        foreach (Action read in new Action[]
        {
            () => CsvFile.Read(folder["x.gz"]), () => NpyFile.Read(folder["x.gz"]), () => IdxFile.Read(folder["x.gz"]),
            () => TextLines.Read(folder["x.gz"]).ToList().Clear(),
            () => JsonLinesFile.Read(folder["x.gz"]).ToList().Clear(),
            () => NpzFile.Read(folder["x.gz"]),
        })
            Should.Throw<DataException>(read).Message.ShouldContain("x.gz");
        foreach (Action<string> read in new Action<string>[]
        {
            path => CsvFile.Read(path), path => NpyFile.Read(path), path => IdxFile.Read(path),
            path => NpzFile.Read(path), path => TextLines.Read(path).ToList().Clear(),
            path => JsonLinesFile.ReadTable(path),
        })
        {
            Should.Throw<DataException>(() => read(folder["none"])).Message.ShouldContain("no such file");
            Should.Throw<DataException>(() => read(folder.Path)).Message.ShouldContain("folder");
        }
    }

    [Fact]
    public void A_compressed_text_that_is_cut_short_is_refused()
    {
        using var folder = new Checkpoints.TemporaryFolder();
        using var zipped = new MemoryStream();
        using (var zip = new GZipStream(zipped, CompressionLevel.Fastest, leaveOpen: true))
            zip.Write(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 5000).Select(i => $"{i},{i * i}\n"))));
        byte[] whole = zipped.ToArray();
        foreach (int length in new[] { whole.Length - 1, whole.Length - 9, whole.Length / 2, 20, 12, 3 })
        {
            File.WriteAllBytes(folder["x.gz"], whole[..length]);
            Should.Throw<DataException>(() => CsvFile.Read(folder["x.gz"]), $"{length} bytes");
            Should.Throw<DataException>(() => TextLines.Read(folder["x.gz"]).Count(), $"{length} bytes");
        }
        File.WriteAllBytes(folder["x.gz"], whole);
        CsvFile.Read(folder["x.gz"]).Rows.ShouldBe(5000);
    }

    [Theory]
    [InlineData("{\"a\": 1}\n{oops\n", "line 2 is no JSON")]
    [InlineData("[1]\n", "value 1 is an array; expected an object")]
    [InlineData("{\"a\": 1}\n{\"a\": \"x\"}\n", "'a' of value 1 is a number; expected a string")]
    [InlineData("{\"a\": {}}\n", "'a' of value 1 is an object")]
    [InlineData("{\"a\": 1, \"a\": 2}\n", "'a' twice")]
    [InlineData("{\"a\": \"\\ud800\"}\n", "value 1 is no text")]
    [InlineData("{\"\\udc00\": 1}\n", "value 1 is no text")]
    public void Json_lines_say_what_is_wrong_with_them(string text, string what)
    {
        using var folder = new Checkpoints.TemporaryFolder();
        File.WriteAllText(folder["x.jsonl"], text);
        Should.Throw<DataException>(() => JsonLinesFile.ReadTable(folder["x.jsonl"])).Message.ShouldContain(what);
    }

    [Fact]
    public void Ever_new_names_make_no_huge_table()
    {
        using var folder = new Checkpoints.TemporaryFolder();
        File.WriteAllLines(folder["x.jsonl"], Enumerable.Range(0, 40_000).Select(i => $"{{\"k{i}\":1}}"));
        Should.Throw<DataException>(() => JsonLinesFile.ReadTable(folder["x.jsonl"])).Message
            .ShouldContain("different names");
        File.WriteAllLines(folder["y.jsonl"], Enumerable.Range(0, 3000).Select(i => $"{{\"k{i % 500}\":1}}"));
        JsonLinesFile.ReadTable(folder["y.jsonl"]).Columns.Count.ShouldBe(500);
    }

    [Fact]
    public void A_first_line_without_end_is_not_kept()
    {
        CsvOptions small = new() { LongestRecord = 1000 };
        Should.Throw<DataException>(() => CsvFile.Parse(new string('1', 5000), small)).Message
            .ShouldContain("its first line is longer than 1,000 characters");
        CsvFile.Parse("a,b\r\n1,2\r3,4\n", small).Rows.ShouldBe(2);
    }

    [Fact]
    public void A_table_without_rows_is_an_empty_tensor() =>
        CsvFile.Parse("a,b,c\n").ToTensor().Shape.ToString().ShouldBe("[0, 3]");

    [Fact]
    public void An_archive_that_is_none_or_has_a_name_twice_is_refused()
    {
        Should.Throw<DataException>(() => NpzFile.Read(new MemoryStream(new byte[99]), "x")).Message
            .ShouldContain("no ZIP archive");
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
            for (int i = 0; i < 2; i++)
            {
                using Stream entry = archive.CreateEntry("a.npy").Open();
                NpyFile.Write(entry, NumericArray.Of([1], 1));
            }
        Should.Throw<DataException>(() => NpzFile.Read(stream, "x")).Message.ShouldContain("'a.npy' twice");
    }

    [Fact]
    public void Numbers_that_do_not_fit_are_named()
    {
        Should.Throw<OverflowException>(() => NumericArray.Of([1e300], 1).ToFloats()).Message.ShouldContain("number 0");
        Should.Throw<OverflowException>(() => NumericArray.Of([1, 1.5], 2).ToIntegers()).Message.ShouldContain("1.5");
        Should.Throw<OverflowException>(() => NumericArray.Of([long.MaxValue], 1).ToIntegers());
        Should.Throw<ArgumentException>(() => NumericArray.Of([1, 2], 3)).Message.ShouldContain("do not fill");
        Should.Throw<ArgumentException>(() => NumericArray.Of("ab".ToCharArray(), 2)).Message.ShouldContain("Char");
        Should.Throw<InvalidOperationException>(() => NumericArray.Of([1, 2], 2).AsSpan<uint>()).Message
            .ShouldContain("I32");
        Should.Throw<ArgumentException>(() => IdxFile.Write(new MemoryStream(), NumericArray.Of([1L], 1)))
            .Message.ShouldContain("no numbers of type I64");
        Should.Throw<ArgumentException>(() => IdxFile.Write(new MemoryStream(), NumericArray.Of([1])))
            .Message.ShouldContain("1 to 255");
    }

    private static IEnumerable<(byte[] Whole, Func<Stream, string, object> Read)> Files()
    {
        NumericArray array = NumericArray.Of([1f, 2, 3, 4, 5, 6], 2, 3);
        yield return (Written(stream => IdxFile.Write(stream, array)), IdxFile.Read);
        yield return (Written(stream => NpyFile.Write(stream, array)), NpyFile.Read);
        yield return (
            Written(stream => NpzFile.Write(stream, [new("x", array)], compressed: true)), NpzFile.Read);
    }

    private static byte[] Written(Action<Stream> write)
    {
        using var stream = new MemoryStream();
        write(stream);
        return stream.ToArray();
    }

    private static byte[] Npy(string header)
    {
        byte[] file = [0x93, .. "NUMPY"u8, 1, 0, 0, 0, .. Encoding.Latin1.GetBytes(header + "\n"), .. new byte[8]];
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(8), (ushort)(header.Length + 1));
        return file;
    }
}
