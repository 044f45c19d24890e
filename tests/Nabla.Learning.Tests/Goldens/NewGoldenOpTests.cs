using Nabla.Tensors;
using Nabla.Tensors.Ops;

namespace Nabla.Learning.Tests.Goldens;

/// <summary>
/// The operations that PyTorch recorded in newops.safetensors: values and every gradient, on dense tensors and on views
/// with other strides.
/// </summary>
public sealed class NewGoldenOpTests
{
    private const string File = "newops.safetensors";
    private const double Tolerance = 1e-5;

    private static readonly string[] Cases = GoldenFile.CasesOf(File);

    public static TheoryData<string> Operations => [.. Cases.Select(OpOf).Distinct(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Operations))]
    public void Output_and_gradients_are_those_of_PyTorch(string op)
    {
        using GoldenFile file = GoldenFile.Open(File);
        Tensor upstream = file.Read("upstream");
        NewGoldenOps.ByName.TryGetValue(op, out Func<GoldenCase, Tensor>? apply)
            .ShouldBeTrue($"NewGoldenOps does not say how Nabla writes {op}");
        foreach (string name in Cases.Where(name => OpOf(name) == op))
            foreach (bool strided in (bool[])[false, true])
                Check(GoldenCase.Read(file, name, upstream), apply!, strided, strided ? $"{name}, strided" : name);
    }

    [Fact]
    public void Every_operation_has_five_shapes_here_or_there()
    {
        foreach (IGrouping<string, string> op in
            Cases.Concat(GoldenFile.CasesOf("ops.safetensors")).GroupBy(OpOf, StringComparer.Ordinal))
            if (op.Key is not ("gather" or "mean_squared_error" or "gather_last"))
                op.Count().ShouldBeGreaterThanOrEqualTo(5, op.Key);
    }

    [Fact]
    public void Every_operation_in_the_table_has_a_case() => NewGoldenOps.ByName.Keys
        .Except(GoldenOps.ByName.Keys, StringComparer.Ordinal).Except(Cases.Select(OpOf), StringComparer.Ordinal)
        .ShouldBeEmpty();

    private static string OpOf(string name) => name[..name.LastIndexOf('_')];

    private static void Check(GoldenCase golden, Func<GoldenCase, Tensor> apply, bool strided, string what)
    {
        // A parameter with the first and the last dimension exchanged, and a view that exchanges them back.
        Parameter[] sources = [.. golden.X.Select(x => new Parameter(strided ? Exchanged(x) : x))];
        Tensor[] inputs = [.. sources.Select(x => strided ? Exchanged(x) : x)];
        int count = golden.Gradients.Length;
        inputs = [.. inputs.Select((x, i) => i < count ? x : x.Detach())];
        Tensor y = apply(golden with { X = inputs });
        y.ShouldBeNear(golden.Y, Tolerance, $"{what}: y");
        if (count == 0)
            return;
        y.Backward(golden.Dy);
        for (int i = 0; i < count; i++)
        {
            Tensor gradient = sources[i].Gradient ?? Tensor.Zeros(sources[i].Shape);
            (strided ? Exchanged(gradient) : gradient)
                .ShouldBeNear(golden.Gradients[i], Tolerance, $"{what}: dx{i}");
        }
    }

    private static Tensor Exchanged(Tensor x) => x.Rank < 2 ? x : x.Transpose(0, -1);
}
