using FsCheck;
using FsCheck.Fluent;
using Nabla.Learning.Data;
using Nabla.Learning.Data.Formats;
using Nabla.Tensors;

namespace Nabla.Learning.Tests.Data;

/// <summary>What is written is read again.</summary>
public class FormatLawTests
{
    [Fact]
    public void Arrays_of_every_type_come_back_from_npy_npz_and_idx()
    {
        Prop.ForAll<byte[], int[], double[]>((bytes, integers, doubles) =>
        {
            RoundTrip(bytes);
            RoundTrip(integers);
            RoundTrip(doubles);
            RoundTrip(Array.ConvertAll(doubles, x => (float)x));
            RoundTrip(Array.ConvertAll(integers, x => (short)x));
            RoundTrip(Array.ConvertAll(bytes, x => (sbyte)x));
            NpyTrip(Array.ConvertAll(integers, x => (long)x * x));
            NpyTrip(Array.ConvertAll(integers, x => (ulong)(uint)x << 20));
            NpyTrip(Array.ConvertAll(integers, x => (uint)x));
            NpyTrip(Array.ConvertAll(integers, x => (ushort)x));
            NpyTrip(Array.ConvertAll(doubles, x => (Half)x));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Truth_values_come_back_as_bytes()
    {
        using var stream = new MemoryStream();
        NpyFile.Write(stream, NumericArray.Of([true, false, true], 3));
        stream.Position = 0;
        NumericArray back = NpyFile.Read(stream, "x");
        back.Type.ShouldBe(ElementType.Bool);
        back.AsSpan<byte>().ToArray().ShouldBe([1, 0, 1]);
    }

    [Fact]
    public void Tables_come_back_from_csv()
    {
        Gen<string> words = Gen.Elements("a", "b c", "d,e", "\"f\"", "g\nh", "é", "=1+1", "-", "x y ", "0x1");
        Gen<(double?, string?)> rows =
            from number in Gen.Elements<double?>(null, 0, -1.5, 1e300, 0.1, double.MaxValue, 5e-324, 123456789)
            from word in Gen.OneOf(words.Select(word => (string?)word), Gen.Constant((string?)null))
            select (number, word?.Trim());
        Prop.ForAll(Gen.ListOf(rows).ToArbitrary(), list =>
        {
            var table = new Table(
            [
                new NumericColumn("the number", [.. list.Select(row => row.Item1 ?? double.NaN)]),
                new CategoricalColumn("a \"word\", or two", list.Select(row => row.Item2)),
            ]);
            Table back = CsvFile.Parse(
                CsvFile.Format(table), new() { HasHeader = true, Categorical = [table.Columns[1].Name] });
            back.Rows.ShouldBe(table.Rows);
            for (int i = 0; i < 2; i++)
            {
                back.Columns[i].Name.ShouldBe(table.Columns[i].Name);
                for (int row = 0; row < table.Rows; row++)
                    back.Columns[i].Text(row).ShouldBe(table.Columns[i].Text(row));
            }
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Json_lines_come_back_and_make_a_table()
    {
        using var folder = new Checkpoints.TemporaryFolder();
        JsonLinesFile.Write(folder["x.jsonl"], [new { x = 1.5, kind = "b" }, new { x = -2.0, kind = "a\nb" }]);
        JsonLinesFile.Read(folder["x.jsonl"]).Select(line => line.GetProperty("x").GetDouble()).ShouldBe([1.5, -2]);
        Table table = JsonLinesFile.ReadTable(folder["x.jsonl"]);
        ((NumericColumn)table["x"]).Values.ShouldBe([1.5, -2]);
        ((CategoricalColumn)table["kind"]).Categories.ShouldBe(["a\nb", "b"]);
    }

    [Fact]
    public void A_json_table_may_have_gaps()
    {
        using var folder = new Checkpoints.TemporaryFolder();
        File.WriteAllText(folder["x.jsonl"], "{\"a\": 1}\n\n{\"b\": \"w\", \"a\": null}\n{\"a\": true}\n");
        Table table = JsonLinesFile.ReadTable(folder["x.jsonl"]);
        table.Rows.ShouldBe(3);
        ((NumericColumn)table["a"]).Values.ShouldBe([1, double.NaN, 1]);
        ((CategoricalColumn)table["b"]).Codes.ShouldBe([-1, 0, -1]);
    }

    [Theory]
    [InlineData("one\ntwo\n", new[] { "one", "two" })]
    [InlineData("one\r\n\r\ntwo", new[] { "one", "", "two" })]
    [InlineData("\r\r\n\n", new[] { "", "", "" })]
    [InlineData("", new string[0])]
    public void Lines_end_as_on_every_system(string text, string[] lines) =>
        TextLines.Read(new StringReader(text), "x").ShouldBe(lines);

    [Fact]
    public void Lines_are_those_of_a_string_reader()
    {
        Gen<string> text = Gen.ListOf(Gen.Elements('a', 'b', '\n', '\r')).Select(list => string.Concat(list));
        Prop.ForAll(text.ToArbitrary(), written =>
        {
            var reader = new StringReader(written);
            var expected = new List<string>();
            while (reader.ReadLine() is { } line)
                expected.Add(line);
            TextLines.Read(new StringReader(written), "x").ShouldBe(expected);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_column_of_words_after_many_numbers_keeps_what_was_written()
    {
        string text = "x\n" + string.Concat(Enumerable.Repeat("007\n", 5000)) + "seven\n";
        var column = (CategoricalColumn)CsvFile.Parse(text)["x"];
        column.Categories.ShouldBe(["007", "seven"]);
        column.Count.ShouldBe(5001);
    }

    [Fact]
    public void A_table_becomes_numbers_with_words_one_hot_and_gaps_filled_or_dropped()
    {
        Table table = CsvFile.Parse("x,kind,y\n1,b,1\n,a,2\n3,b,\n");
        Should.Throw<DataException>(() => table.ToTensor()).Message
            .ShouldContain("'x' has 1 missing value, the first in row 2");
        table.FeatureNames.ShouldBe(["x", "kind=a", "kind=b", "y"]);
        table.ToTensor(MissingValues.Impute).ToArray().ShouldBe([1, 0, 1, 1, 2, 1, 0, 2, 3, 0, 1, 1.5f]);
        Tensor complete = table.ToTensor(MissingValues.DropRows);
        complete.ToArray().ShouldBe([1, 0, 1, 1]);
        table.Without("kind").Select("y", "x").ToTensor(MissingValues.Impute).Shape.ToArray().ShouldBe([3, 2]);
    }

    private static void RoundTrip<T>(T[] values) where T : unmanaged
    {
        NpyTrip(values);
        using var stream = new MemoryStream();
        IdxFile.Write(stream, NumericArray.Of(values, values.Length, 1));
        stream.Position = 0;
        NumericArray back = IdxFile.Read(stream, "x");
        back.AsSpan<T>().ToArray().ShouldBe(values);
        back.Shape.ToArray().ShouldBe([values.Length, 1]);
    }

    private static void NpyTrip<T>(T[] values) where T : unmanaged
    {
        NumericArray array = NumericArray.Of(values, 1, values.Length);
        using var one = new MemoryStream();
        NpyFile.Write(one, array);
        one.Position = 0;
        NpyFile.Read(one, "x").AsSpan<T>().ToArray().ShouldBe(values);
        using var several = new MemoryStream();
        NpzFile.Write(several, [new("a", array), new("b", array)], values.Length > 9);
        IReadOnlyDictionary<string, NumericArray> back = NpzFile.Read(several, "x");
        back.Keys.ShouldBe(["a", "b"]);
        back["b"].AsSpan<T>().ToArray().ShouldBe(values);
    }
}
