using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using Nabla.Learning.Classical;
using Nabla.Learning.Tests.Goldens;
using Nabla.Tensors;
using Nabla.Tensors.Ops;

namespace Nabla.Learning.Tests.Classical;

/// <summary>What scikit-learn says; see tests/goldens/pca_golden.py.</summary>
public class GoldenPcaTests(Xunit.Abstractions.ITestOutputHelper output)
{
    private const string Sklearn = "/usr/lib/python3/dist-packages/sklearn/datasets/data/";

    private static readonly JsonElement Golden =
        JsonDocument.Parse(File.ReadAllText(GoldenFile.PathOf("pca.json"))).RootElement;

    public static TheoryData<string> Cases =>
        [.. Golden.GetProperty("cases").EnumerateArray().Select(golden => golden.GetProperty("name").GetString()!)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void An_analysis_is_that_of_scikit_learn_up_to_signs(string name)
    {
        JsonElement golden = Golden.GetProperty("cases").EnumerateArray()
            .Single(one => one.GetProperty("name").GetString() == name);
        int columns = golden.GetProperty("columns").GetInt32();
        var x = new Tensor(Floats(golden, "x"), [golden.GetProperty("rows").GetInt32(), columns]);
        Pca pca = Fit(golden, x);
        float[] axes = Floats(golden, "axes"), scores = Floats(golden, "scores");
        float[] signs = [.. Enumerable.Range(0, pca.Count).Select(k => (float)Math.Sign(
            Enumerable.Range(0, columns).Sum(j => pca.Components[k, j] * axes[k * columns + j])))];

        Close(pca.Components.ToArray(), [.. axes.Select((value, i) => value * signs[i / columns])], 2e-5);
        Close(pca.Transform(x).ToArray(), [.. scores.Select((value, i) => value * signs[i % pca.Count])], 5e-5);
        Close(pca.InverseTransform(pca.Transform(x)).ToArray(), Floats(golden, "back"), 5e-5);
        Close(pca.Mean.ToArray(), Floats(golden, "mean"), 1e-6);
        Close(pca.ExplainedVariance, golden, "variance");
        Close(pca.ExplainedVarianceRatio, golden, "ratio");
        Close(pca.SingularValues, golden, "singular");
        // After several batches scikit-learn's is of the last one's rows; here it is of all.
        JsonElement batches = golden.GetProperty("batches");
        if (batches.ValueKind == JsonValueKind.Null || batches.GetArrayLength() == 1)
            pca.NoiseVariance.ShouldBe(golden.GetProperty("noise").GetDouble(), 1e-7);
    }

    [Theory]
    [InlineData(PcaSolver.Exact)]
    [InlineData(PcaSolver.Randomized)]
    [InlineData(PcaSolver.Incremental)]
    public void Shares_of_the_digits_are_those_of_scikit_learn(PcaSolver solver)
    {
        if (Table("digits.csv.gz", columns: 64, skipped: 0) is not { } x)
            return;
        var pca = Pca.Fit(x, new PcaOptions { Components = 10, Solver = solver });
        double tolerance = solver switch { PcaSolver.Exact => 1e-6, PcaSolver.Randomized => 1e-3, _ => 1e-2 };
        pca.ExplainedVarianceRatio.ShouldBe(
            Golden.GetProperty("digits").EnumerateArray().Select(share => share.GetDouble()), tolerance);
    }

    [Fact]
    public void The_first_axis_of_the_irises_explains_92_46_percent()
    {
        if (Table("iris.csv", columns: 4, skipped: 1) is not { } x)
            return;
        Pca.Fit(x).ExplainedVarianceRatio.ShouldBe(
            Golden.GetProperty("iris").EnumerateArray().Select(share => share.GetDouble()), 1e-7);
        Pca.Fit(x, new PcaOptions { Share = 0.95 }).Count.ShouldBe(2);
    }

    private static Pca Fit(JsonElement golden, Tensor x)
    {
        int components = golden.GetProperty("components").GetInt32();
        bool whiten = golden.GetProperty("whiten").GetBoolean();
        if (golden.GetProperty("batches").ValueKind == JsonValueKind.Null)
            return Pca.Fit(x, new PcaOptions { Components = components, Whiten = whiten });
        var incremental = new IncrementalPca(components, whiten);
        int start = 0;
        foreach (JsonElement batch in golden.GetProperty("batches").EnumerateArray())
        {
            incremental.PartialFit(x.Slice(0, start, batch.GetInt32()));
            start += batch.GetInt32();
        }
        return incremental.Model;
    }

    private Tensor? Table(string name, int columns, int skipped)
    {
        if (!File.Exists(Sklearn + name))
        {
            output.WriteLine($"Skipped: {Sklearn + name} is absent (python3-sklearn).");
            return null;
        }
        using Stream file = File.OpenRead(Sklearn + name);
        using var reader = new StreamReader(
            name.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file);
        float[][] rows = [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(skipped)
            .Select(line => line.Split(',')[..columns]
                .Select(field => float.Parse(field, CultureInfo.InvariantCulture)).ToArray())];
        return new Tensor([.. rows.SelectMany(row => row)], [rows.Length, columns]);
    }

    private static float[] Floats(JsonElement golden, string name) =>
        [.. golden.GetProperty(name).EnumerateArray().Select(value => (float)value.GetDouble())];

    private static void Close(IReadOnlyList<double> actual, JsonElement golden, string name)
    {
        double[] expected = [.. golden.GetProperty(name).EnumerateArray().Select(value => value.GetDouble())];
        actual.ShouldBe(expected, 1e-6 * expected[0] + 1e-12, name);
    }

    private static void Close(float[] actual, float[] expected, double tolerance)
    {
        actual.Length.ShouldBe(expected.Length);
        double size = Math.Max(1, expected.Max(Math.Abs));
        actual.Zip(expected, (a, b) => Math.Abs(a - b)).Max().ShouldBeLessThan((float)(tolerance * size));
    }
}
