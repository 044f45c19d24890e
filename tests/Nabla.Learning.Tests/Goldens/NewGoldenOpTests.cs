using System.Text.Json;
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

    private static readonly string[] Cases = CasesOf(File);

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
                Check(Read(file, name, upstream), apply!, strided, strided ? $"{name}, strided" : name);
    }

    [Fact]
    public void Every_operation_has_five_shapes_here_or_there()
    {
        foreach (IGrouping<string, string> op in
            Cases.Concat(CasesOf("ops.safetensors")).GroupBy(OpOf, StringComparer.Ordinal))
            if (op.Key is not ("gather" or "mean_squared_error" or "gather_last"))
                op.Count().ShouldBeGreaterThanOrEqualTo(5, op.Key);
    }

    [Fact]
    public void Every_operation_in_the_table_has_a_case() => NewGoldenOps.ByName.Keys
        .Except(GoldenOps.ByName.Keys, StringComparer.Ordinal).Except(Cases.Select(OpOf), StringComparer.Ordinal)
        .ShouldBeEmpty();

    private static string[] CasesOf(string name)
    {
        using GoldenFile file = GoldenFile.Open(name);
        return [.. file.Note("cases").EnumerateArray().Select(name => name.GetString()!)];
    }

    private static string OpOf(string name) => name[..name.LastIndexOf('_')];

    private static GoldenCase Read(GoldenFile file, string name, Tensor upstream)
    {
        JsonElement note = file.Note(name);
        int inputs = note.GetProperty("inputs").GetInt32(), constants = note.GetProperty("constants").GetInt32();
        Tensor[] x = [.. Enumerable.Range(0, inputs + constants).Select(i => file.Read($"{name}/x{i}"))];
        Tensor y = file.Read($"{name}/y"), dy = upstream.Slice(0, 0, y.Count).Reshape(y.Shape.AsSpan());
        Tensor[] gradients = [.. Enumerable.Range(0, inputs).Select(i => file.Read($"{name}/dx{i}"))];
        return new GoldenCase(note.GetProperty("op").GetString()!, note, x, y, dy, gradients);
    }

    private static void Check(GoldenCase golden, Func<GoldenCase, Tensor> apply, bool strided, string what)
    {
        // A parameter with the first and the last dimension exchanged, and a view that exchanges them back.
        Parameter[] sources = [.. golden.X.Select(x => new Parameter(strided ? Exchanged(x) : x))];
        Tensor[] inputs = [.. sources.Select(x => strided ? Exchanged(x) : x)];
        int count = golden.Gradients.Length;
        inputs = [.. inputs.Select((x, i) => i < count ? x : x.Detach())];
        Tensor y = apply(golden with { X = inputs });
        y.Shape.ShouldBe(golden.Y.Shape, what);
        ShouldBeNear(y, golden.Y, $"{what}: y");
        if (count == 0)
            return;
        y.Backward(golden.Dy);
        for (int i = 0; i < count; i++)
        {
            Tensor gradient = sources[i].Gradient ?? Tensor.Zeros(sources[i].Shape);
            ShouldBeNear(strided ? Exchanged(gradient) : gradient, golden.Gradients[i], $"{what}: dx{i}");
        }
    }

    private static Tensor Exchanged(Tensor x) => x.Rank < 2 ? x : x.Transpose(0, -1);

    private static void ShouldBeNear(Tensor actual, Tensor expected, string what)
    {
        float[] a = actual.ToArray(), e = expected.ToArray();
        for (int i = 0; i < e.Length; i++)
            if (!float.Equals(a[i], e[i])) // infinities
                Math.Abs((double)a[i] - e[i])
                    .ShouldBeLessThanOrEqualTo(Tolerance * (1 + Math.Abs(e[i])), $"{what}[{i}]: {a[i]} against {e[i]}");
    }
}
