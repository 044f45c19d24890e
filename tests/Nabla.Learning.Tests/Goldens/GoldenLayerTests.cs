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

    public static TheoryData<string> Cases => [.. GoldenFile.CasesOf(File)];

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
            y[i].ShouldBeNear(golden.Part($"y{i}"), Tolerance, $"y{i}");
            total += (y[i] * golden.Part($"dy{i}")).Sum();
        }
        if (golden.X.Length + layer.Module.Parameters().Count > 0)
            total.Backward();
        for (int i = 0; i < golden.X.Length; i++)
            GradientOf(golden.X[i]).ShouldBeNear(golden.Part($"dx{i}"), Tolerance, $"dx{i}");
        foreach (NamedParameter p in layer.Module.Parameters().Where(p => p.Parameter.RequiresGradient))
            GradientOf(p.Parameter).ShouldBeNear(golden.Part($"dw/{p.StoredName}"), Tolerance, p.StoredName);
    }

    [Fact]
    public void Every_layer_in_the_table_has_five_cases() =>
        PackedCase.ShouldBeFiveOfEach(File, "layer", GoldenLayers.ByName.Keys);

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
}
