using System.Text.Json;
using Nabla.Learning.Data.Formats;
using Nabla.Numerics;

namespace Nabla.Cli.Tests;

public sealed class PcaCommandTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("nabla-pca-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_table_is_shown_with_its_shares_and_its_points()
    {
        InProcess result = InProcess.Run("pca", Flowers());
        result.ExitCode.ShouldBe(0, result.Errors);
        result.Output.ShouldContain("flowers.csv: 60 rows, 3 columns, classes from kind");
        result.Output.ShouldContain("together");
        result.Output.ShouldContain("100.0 %");
        result.Output.ShouldContain("height");
        result.Output.ShouldContain("o lily   + rose");
        result.Output.ShouldContain("axis 1 (");
    }

    [Fact]
    public void The_document_has_the_shares_and_the_axes()
    {
        JsonElement json = InProcess.Run("pca", Flowers(), "--components", "2", "--json").Json;
        json.GetProperty("rows").GetInt32().ShouldBe(60);
        json.GetProperty("components").GetInt32().ShouldBe(2);
        double[] shares = Numbers(json.GetProperty("explained_variance_ratio"));
        shares.Length.ShouldBe(2);
        shares[0].ShouldBeGreaterThan(shares[1]);
        foreach (JsonElement axis in json.GetProperty("axes").EnumerateArray())
            Numbers(axis).Sum(value => value * value).ShouldBe(1, 1e-5);
    }

    [Theory]
    [InlineData("exact")]
    [InlineData("randomised")]
    [InlineData("incremental")]
    public void Every_solver_finds_the_same_first_share(string solver)
    {
        JsonElement json = InProcess.Run("pca", Flowers(), "--components", "2", "--solver", solver, "--json").Json;
        Numbers(json.GetProperty("explained_variance_ratio"))[0].ShouldBe(Shares(Flowers())[0], 1e-3);
    }

    [Fact]
    public void Units_do_not_matter_to_scaled_columns()
    {
        string metres = Write("m.csv", "a,b\n" + Lines(i => $"{i % 7},{i % 5}"));
        string millimetres = Write("mm.csv", "a,b\n" + Lines(i => $"{i % 7},{1000 * (i % 5)}"));
        Shares(metres, "--scale").ShouldBe(Shares(millimetres, "--scale"), 1e-5);
        Shares(millimetres)[0].ShouldBeGreaterThan(0.99);
    }

    [Fact]
    public void A_column_that_does_not_vary_stays_out_of_scaled_ones()
    {
        string with = Write("with.csv", "a,b,c\n" + Lines(i => $"{i % 7},{i % 5},0.1"));
        string without = Write("without.csv", "a,b\n" + Lines(i => $"{i % 7},{i % 5}"));
        Shares(with, "--scale", "--components", "2").ShouldBe(Shares(without, "--scale"), 1e-5);
    }

    [Fact]
    public void Coordinates_and_plots_are_written()
    {
        string csv = Path.Combine(folder, "out.csv"), npy = Path.Combine(folder, "out.npy");
        string svg = Path.Combine(folder, "out.svg");
        InProcess.Run("pca", Flowers(), "--out", csv, "--plot", svg, "--whiten").ExitCode.ShouldBe(0);
        Table table = CsvFile.Read(csv);
        table.Columns.Select(column => column.Name).ShouldBe(["pc1", "pc2", "pc3", "kind"]);
        ((NumericColumn)table["pc1"]).Values.Sum(value => value * value).ShouldBe(59, 0.01);
        string picture = File.ReadAllText(svg);
        picture.ShouldContain("lily");
        picture.ShouldContain("Explained variance");
        InProcess.Run("pca", Flowers(), "--components", "1", "--out", npy).ExitCode.ShouldBe(0);
        NpyFile.Read(npy).Shape.ToString().ShouldBe("[60, 1]");
    }

    [Fact]
    public void Arrays_are_read_with_labels_beside_them()
    {
        var rng = new Rng(4);
        byte[] images = [.. Enumerable.Range(0, 20 * 6).Select(_ => (byte)rng.NextInt(256))];
        byte[] labels = [.. Enumerable.Range(0, 20).Select(i => (byte)(i % 2))];
        string idx = Path.Combine(folder, "images-idx3-ubyte"), classes = Path.Combine(folder, "labels-idx1-ubyte");
        string npy = Path.Combine(folder, "x.npy"), npz = Path.Combine(folder, "x.npz");
        IdxFile.Write(idx, NumericArray.Of(images, 20, 2, 3));
        IdxFile.Write(classes, NumericArray.Of(labels, 20));
        NpyFile.Write(npy, NumericArray.Of(images, 20, 6));
        NpzFile.Write(npz, new Dictionary<string, NumericArray>(StringComparer.Ordinal)
        {
            ["x"] = NumericArray.Of(images, 20, 6),
            ["y"] = NumericArray.Of(labels, 20),
        });
        double[] shares = Shares(idx, "--label", classes);
        Shares(npy).ShouldBe(shares, 1e-9);
        Shares(npz, "--label", "y").ShouldBe(shares, 1e-9);
        InProcess.Run("pca", npz, "--label", "y").Output.ShouldContain("classes from y");
        Fails("has 20 labels; ", "pca", Write("two.npy", NumericArray.Of(new float[4], 2, 2)), "--label", classes);
        Fails("no array 'z'; it has x, y", "pca", npz, "--label", "z");
    }

    [Fact]
    public void A_data_set_is_taken_by_its_name()
    {
        Numbers(InProcess.Run("pca", "iris", "--json").Json.GetProperty("explained_variance_ratio"))[0]
            .ShouldBe(.92462, 1e-5); // scikit-learn
        Fails("--label is for files", "pca", "iris", "--label", "species");
        Fails("--label is for files; diabetes has no classes", "pca", "diabetes", "--label", "bmi");
        Fails("tinyshakespeare has no classes: it is text", "pca", "tinyshakespeare");
        InProcess patients = InProcess.Run("pca", "diabetes", "--scale", "--json");
        if (patients.ExitCode == 0)
            patients.Json.GetProperty("columns").GetInt32().ShouldBe(10);
        else
            patients.Errors.ShouldContain("diabetes"); // it is not on this machine
    }

    [Fact]
    public void Wrong_input_is_one_line_that_says_what_was_expected()
    {
        string flowers = Flowers();
        Fails("no such file", "pca", Path.Combine(folder, "missing.csv"));
        Fails("no kind of file that is known", "pca", Write("a.parquet", "x"));
        Fails("columns a, b have words and not numbers", "pca", Write("w.csv", "x,a,b\n1,u,v\n2,u,w\n"));
        Fails("no column 'colour'", "pca", flowers, "--label", "colour");
        Fails("has no columns of numbers", "pca", Write("only.csv", "kind\na\nb\n"));
        Fails("missing", "pca", Write("hole.csv", "a,b\n1,2\n,4\n"));
        Fails("row 2, column 1 is NaN", "pca", Write("nan.npy", NumericArray.Of(new[] { 1f, 2, 3, float.NaN }, 2, 2)));
        Fails("at least 2 are needed", "pca", Write("one.csv", "a,b\n1,2\n"));
        Fails("--components is 4; ", "pca", flowers, "--components", "4");
        Fails("allow 1 to 3", "pca", flowers, "--components", "4");
        Fails("shape [3]", "pca", Write("flat.npy", NumericArray.Of(new float[3], 3)));
        Fails("--out takes a file name that ends in .csv or .npy", "pca", flowers, "--out", "x.txt");
        Fails("--plot takes a file name that ends in .svg or .html", "pca", flowers, "--plot", "x.png");
        Fails("--solver takes exact, randomised or incremental, not 'fast'", "pca", flowers, "--solver", "fast");
        Fails("it ends after", "pca", Write("cut.npy", NumericArray.Of(new float[400], 20, 20), cut: 20));
    }

    private static void Fails(string message, params string[] arguments)
    {
        InProcess result = InProcess.Run(arguments);
        result.ExitCode.ShouldBe(2, result.Errors);
        result.Errors.ShouldContain(message);
        result.Errors.Count(c => c == '\n').ShouldBe(1, result.Errors);
    }

    private static double[] Shares(params string[] arguments) =>
        Numbers(InProcess.Run(["pca", .. arguments, "--json"]).Json.GetProperty("explained_variance_ratio"));

    private static double[] Numbers(JsonElement array) =>
        [.. array.EnumerateArray().Select(value => value.GetDouble())];

    private static string Lines(Func<int, string> line) =>
        string.Concat(Enumerable.Range(0, 35).Select(i => line(i) + "\n"));

    private string Flowers()
    {
        var rng = new Rng(3);
        string Next(double mean) => FormattableString.Invariant($"{mean + rng.NextNormal():0.###}");
        return Write("flowers.csv", "height,width,leaves,kind\n" + string.Concat(Enumerable.Range(0, 60).Select(i =>
            $"{Next(i % 2 * 6)},{Next(i % 2 * 2)},{Next(0)},{(i % 2 == 0 ? "rose" : "lily")}\n")));
    }

    private string Write(string name, string text)
    {
        string path = Path.Combine(folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private string Write(string name, NumericArray array, int cut = 0)
    {
        string path = Path.Combine(folder, name);
        NpyFile.Write(path, array);
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^cut]);
        return path;
    }
}
