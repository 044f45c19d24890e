using System.Globalization;
using System.Text.Json;
using Nabla.Learning.Data.Formats;
using Nabla.Learning.Tests.Goldens;

namespace Nabla.Learning.Tests.Data;

/// <summary>Readers against files that NumPy wrote, and tables against what Python's csv module reads.</summary>
public class GoldenFormatTests
{
    private static readonly JsonElement Golden =
        JsonDocument.Parse(File.ReadAllText(GoldenFile.PathOf("data.json"))).RootElement;

    public static TheoryData<string> Npy => Names("npy");

    public static TheoryData<string> Idx => Names("idx");

    public static TheoryData<string> Npz => Names("npz");

    public static TheoryData<string> Csv => Names("csv");

    [Theory]
    [MemberData(nameof(Npy))]
    public void Npy_files_are_read_as_NumPy_wrote_them(string name)
    {
        JsonElement golden = Case("npy", name);
        ShouldBe(NpyFile.Read(Bytes(golden), name), golden);
    }

    [Theory]
    [MemberData(nameof(Idx))]
    public void Idx_files_are_read(string name)
    {
        using var folder = new Checkpoints.TemporaryFolder();
        JsonElement golden = Case("idx", name);
        File.WriteAllBytes(folder["file"], golden.GetProperty("base64").GetBytesFromBase64());
        ShouldBe(IdxFile.Read(folder["file"]), golden);
    }

    [Theory]
    [MemberData(nameof(Npz))]
    public void Npz_files_are_read_as_NumPy_wrote_them(string name)
    {
        JsonElement golden = Case("npz", name);
        IReadOnlyDictionary<string, NumericArray> arrays = NpzFile.Read(Bytes(golden), name);
        foreach (JsonProperty array in golden.GetProperty("arrays").EnumerateObject())
            arrays[array.Name].ToDoubles().ShouldBe(array.Value.Deserialize<double[]>()!);
        arrays.Count.ShouldBe(2);
    }

    [Theory]
    [MemberData(nameof(Npy))]
    public void What_is_written_of_an_array_is_what_NumPy_writes(string name)
    {
        if (name.StartsWith('>') || name.StartsWith("column", StringComparison.Ordinal)
            || name is "version 2" or "version 3")
            return; // only little-endian row-major files of version 1 are written
        byte[] expected = Case("npy", name).GetProperty("base64").GetBytesFromBase64();
        using var written = new MemoryStream();
        NpyFile.Write(written, NpyFile.Read(new MemoryStream(expected), name));
        written.ToArray().ShouldBe(expected);
    }

    [Theory]
    [MemberData(nameof(Csv))]
    public void Tables_have_the_fields_that_Pythons_csv_module_reads(string name)
    {
        JsonElement golden = Case("csv", name);
        string[][] rows = golden.GetProperty("rows").Deserialize<string[][]>()!;
        Table table = CsvFile.Parse(golden.GetProperty("text").GetString()!, name: name);
        int header = name == "no header" ? 0 : 1;
        table.Rows.ShouldBe(rows.Length - header);
        if (header == 1)
            table.Columns.Select(column => column.Name).ShouldBe(rows[0]);
        for (int row = 0; row < table.Rows; row++)
            for (int i = 0; i < table.Columns.Count; i++)
                Same(table.Columns[i], row, rows[row + header][i]);
    }

    private static void Same(Column column, int row, string field)
    {
        if (field is "" or "NA")
            column.IsMissing(row).ShouldBeTrue();
        else if (column is NumericColumn numbers)
            numbers.Values[row].ShouldBe(double.Parse(field, CultureInfo.InvariantCulture));
        else
            column.Text(row).ShouldBe(field);
    }

    private static void ShouldBe(NumericArray array, JsonElement golden)
    {
        array.Type.ToString().ShouldBe(golden.GetProperty("type").GetString());
        array.Shape.ToArray().ShouldBe(golden.GetProperty("shape").Deserialize<int[]>()!);
        array.ToDoubles().ShouldBe(golden.GetProperty("values").Deserialize<double[]>()!);
        if (array.Type != ElementType.F64)
            array.ToTensor().ToArray().ShouldBe([.. array.ToDoubles().Select(x => (float)x)]);
    }

    private static MemoryStream Bytes(JsonElement golden) => new(golden.GetProperty("base64").GetBytesFromBase64());

    private static JsonElement Case(string format, string name) =>
        Golden.GetProperty(format).EnumerateArray().Single(one => one.GetProperty("name").GetString() == name);

    private static TheoryData<string> Names(string format) =>
        [.. Golden.GetProperty(format).EnumerateArray().Select(one => one.GetProperty("name").GetString()!)];
}
