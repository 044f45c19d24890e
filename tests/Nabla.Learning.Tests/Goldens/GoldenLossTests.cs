using Nabla.Tensors;

namespace Nabla.Learning.Tests.Goldens;

/// <summary>Every loss that the file has: values and the gradients of all that has one.</summary>
public sealed class GoldenLossTests
{
    private const string File = "losses.safetensors";
    private const double Tolerance = 2e-5;

    public static TheoryData<string> Cases => [.. GoldenFile.CasesOf(File)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Values_and_gradients_are_those_of_PyTorch(string name)
    {
        using GoldenFile file = GoldenFile.Open(File);
        var golden = new PackedCase(file, name);
        GoldenLosses.ByName.TryGetValue(golden.Text("loss"), out Func<PackedCase, Tensor>? loss)
            .ShouldBeTrue($"GoldenLosses does not say how Nabla writes {golden.Text("loss")}");
        Tensor y = loss!(golden);
        y.ShouldBeNear(golden.Part("y0"), Tolerance, "y");
        y.Backward(golden.Part("dy0"));
        for (int i = 0; i < golden.X.Length; i++)
            (golden.X[i].Gradient ?? Tensor.Zeros(golden.X[i].Shape))
                .ShouldBeNear(golden.Part($"dx{i}"), Tolerance, $"dx{i}");
    }

    [Fact]
    public void Every_loss_in_the_table_has_five_cases() =>
        PackedCase.ShouldBeFiveOfEach(File, "loss", GoldenLosses.ByName.Keys);
}
