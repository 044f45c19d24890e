using Nabla.Tensors;

namespace Nabla.Learning.Tests.Goldens;

/// <summary>Every operation that PyTorch recorded, with its gradients: the file says which cases there are.</summary>
public sealed class GoldenOpTests
{
    private const double Tolerance = 1e-5;

    public static TheoryData<string> Cases
    {
        get
        {
            using GoldenFile file = GoldenFile.Open("ops.safetensors");
            return [.. file.Note("cases").EnumerateArray().Select(name => name.GetString()!)];
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Output_and_gradients_are_those_of_PyTorch(string name)
    {
        using GoldenFile file = GoldenFile.Open("ops.safetensors");
        GoldenCase golden = GoldenCase.Read(file, name);
        GoldenOps.ByName.TryGetValue(golden.Op, out Func<GoldenCase, Tensor>? apply)
            .ShouldBeTrue($"GoldenOps does not say how Nabla writes {golden.Op}");

        Tensor y = apply!(golden);
        y.Shape.ShouldBe(golden.Y.Shape);
        ShouldBeNear(y, golden.Y, "y");
        y.Backward(golden.Dy);
        for (int i = 0; i < golden.Gradients.Length; i++)
            ShouldBeNear(((Parameter)golden.X[i]).Gradient.ShouldNotBeNull(), golden.Gradients[i], $"dx{i}");
    }

    [Fact]
    public void Every_operation_in_the_table_has_a_case()
    {
        using GoldenFile file = GoldenFile.Open("ops.safetensors");
        IEnumerable<string> recorded =
            file.Note("cases").EnumerateArray().Select(name => GoldenCase.Read(file, name.GetString()!).Op);
        GoldenOps.ByName.Keys.Except(recorded, StringComparer.Ordinal).ShouldBeEmpty();
    }

    private static void ShouldBeNear(Tensor actual, Tensor expected, string what)
    {
        float[] a = actual.ToArray(), e = expected.ToArray();
        for (int i = 0; i < e.Length; i++)
            Math.Abs((double)a[i] - e[i])
                .ShouldBeLessThanOrEqualTo(Tolerance * (1 + Math.Abs(e[i])), $"{what}[{i}]: {a[i]} against {e[i]}");
    }
}
