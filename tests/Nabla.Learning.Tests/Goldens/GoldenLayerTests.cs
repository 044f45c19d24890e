using Nabla.Tensors;
using Nabla.Tensors.Ops;

namespace Nabla.Learning.Tests.Goldens;

/// <summary>
/// Every module of torch.nn that the file has, with the same weights under the same names: outputs and the gradients of
/// inputs and weights.
/// </summary>
public sealed class GoldenLayerTests
{
    private const string File = "layers.safetensors";
    private const double Tolerance = 2e-5;

    public static TheoryData<string> Cases
    {
        get
        {
            using GoldenFile file = GoldenFile.Open(File);
            return [.. file.Note("cases").EnumerateArray().Select(name => name.GetString()!)];
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Outputs_and_gradients_are_those_of_PyTorch(string name)
    {
        using GoldenFile file = GoldenFile.Open(File);
        var golden = new PackedCase(file, name);
        GoldenLayers.ByName.TryGetValue(golden.Text("layer"), out Func<PackedCase, GoldenLayer>? create)
            .ShouldBeTrue($"GoldenLayers does not say how Nabla writes {golden.Text("layer")}");
        GoldenLayer layer = create!(golden);
        Load(layer.Module, golden);

        Tensor[] y = layer.Forward();
        y.Length.ShouldBe(golden.Int("outputs"));
        Tensor total = 0;
        for (int i = 0; i < y.Length; i++)
        {
            ShouldBeNear(y[i], golden.Part($"y{i}"), $"y{i}");
            total += (y[i] * golden.Part($"dy{i}")).Sum();
        }
        if (golden.X.Length + layer.Module.Parameters().Count > 0)
            total.Backward();
        for (int i = 0; i < golden.X.Length; i++)
            ShouldBeNear(GradientOf(golden.X[i]), golden.Part($"dx{i}"), $"dx{i}");
        foreach (NamedParameter p in layer.Module.Parameters().Where(p => p.Parameter.RequiresGradient))
            ShouldBeNear(GradientOf(p.Parameter), golden.Part($"dw/{p.StoredName}"), p.StoredName);
    }

    [Fact]
    public void Every_layer_in_the_table_has_five_cases()
    {
        using GoldenFile file = GoldenFile.Open(File);
        ILookup<string?, string> cases = file.Note("cases").EnumerateArray().Select(name => name.GetString()!)
            .ToLookup(name => file.Note(name).GetProperty("layer").GetString(), StringComparer.Ordinal);
        foreach (string layer in GoldenLayers.ByName.Keys)
            cases[layer].Count().ShouldBeGreaterThanOrEqualTo(5, layer);
    }

    private static void Load(Module module, PackedCase golden)
    {
        module.Parameters().Select(p => p.StoredName).Order(StringComparer.Ordinal)
            .ShouldBe(golden.Names("w/").Order(StringComparer.Ordinal), "names of the state");
        foreach (NamedParameter p in module.Parameters())
        {
            Tensor value = golden.Part($"w/{p.StoredName}");
            p.Parameter.Shape.ShouldBe(value.Shape, p.StoredName);
            value.CopyTo(p.Parameter.Values);
        }
    }

    private static Tensor GradientOf(Parameter parameter) => parameter.Gradient ?? Tensor.Zeros(parameter.Shape);

    private static void ShouldBeNear(Tensor actual, Tensor expected, string what)
    {
        actual.Shape.ShouldBe(expected.Shape, what);
        float[] a = actual.ToArray(), e = expected.ToArray();
        for (int i = 0; i < e.Length; i++)
            Math.Abs((double)a[i] - e[i])
                .ShouldBeLessThanOrEqualTo(Tolerance * (1 + Math.Abs(e[i])), $"{what}[{i}]: {a[i]} against {e[i]}");
    }
}
