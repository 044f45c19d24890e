using Nabla.Tensors;

namespace Nabla.Learning.Tests.Goldens;

/// <summary>Every operation that PyTorch recorded, with its gradients: the file says which cases there are.</summary>
public sealed class GoldenOpTests
{
    private const string File = "ops.safetensors";
    private const double Tolerance = 1e-5;

    public static TheoryData<string> Cases => [.. GoldenFile.CasesOf(File)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Output_and_gradients_are_those_of_PyTorch(string name)
    {
        using GoldenFile file = GoldenFile.Open(File);
        GoldenCase golden = GoldenCase.Read(file, name);
        GoldenOps.ByName.TryGetValue(golden.Op, out Func<GoldenCase, Tensor>? apply)
            .ShouldBeTrue($"GoldenOps does not say how Nabla writes {golden.Op}");

        Tensor y = apply!(golden);
        y.ShouldBeNear(golden.Y, Tolerance, "y");
        y.Backward(golden.Dy);
        for (int i = 0; i < golden.Gradients.Length; i++)
            ((Parameter)golden.X[i]).Gradient.ShouldNotBeNull()
                .ShouldBeNear(golden.Gradients[i], Tolerance, $"dx{i}");
    }

    [Fact]
    public void Every_operation_in_the_table_has_a_case()
    {
        using GoldenFile file = GoldenFile.Open(File);
        IEnumerable<string> recorded = file.Cases.Select(name => GoldenCase.Read(file, name).Op);
        GoldenOps.ByName.Keys.Except(recorded, StringComparer.Ordinal).ShouldBeEmpty();
    }
}
