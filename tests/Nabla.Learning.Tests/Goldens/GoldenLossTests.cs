using Nabla.Tensors;
using Nabla.Tensors.Ops;

namespace Nabla.Learning.Tests.Goldens;

/// <summary>Every loss that the file has: values and the gradients of all that has one.</summary>
public sealed class GoldenLossTests
{
    private const string File = "losses.safetensors";
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
    public void Values_and_gradients_are_those_of_PyTorch(string name)
    {
        using GoldenFile file = GoldenFile.Open(File);
        var golden = new PackedCase(file, name);
        GoldenLosses.ByName.TryGetValue(golden.Text("loss"), out Func<PackedCase, Tensor>? loss)
            .ShouldBeTrue($"GoldenLosses does not say how Nabla writes {golden.Text("loss")}");
        Tensor y = loss!(golden);
        ShouldBeNear(y, golden.Part("y0"), "y");
        y.Backward(golden.Part("dy0"));
        for (int i = 0; i < golden.X.Length; i++)
            ShouldBeNear(
                golden.X[i].Gradient ?? Tensor.Zeros(golden.X[i].Shape), golden.Part($"dx{i}"), $"dx{i}");
    }

    [Fact]
    public void Every_loss_in_the_table_has_five_cases()
    {
        using GoldenFile file = GoldenFile.Open(File);
        ILookup<string?, string> cases = file.Note("cases").EnumerateArray().Select(name => name.GetString()!)
            .ToLookup(name => file.Note(name).GetProperty("loss").GetString(), StringComparer.Ordinal);
        foreach (string loss in GoldenLosses.ByName.Keys)
            cases[loss].Count().ShouldBeGreaterThanOrEqualTo(5, loss);
    }

    private static void ShouldBeNear(Tensor actual, Tensor expected, string what)
    {
        actual.Shape.ShouldBe(expected.Shape, what);
        float[] a = actual.ToArray(), e = expected.ToArray();
        for (int i = 0; i < e.Length; i++)
            Math.Abs((double)a[i] - e[i])
                .ShouldBeLessThanOrEqualTo(Tolerance * (1 + Math.Abs(e[i])), $"{what}[{i}]: {a[i]} against {e[i]}");
    }
}
