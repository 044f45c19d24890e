using System.Text.Json;
using Nabla.Learning.Optimizers;
using Nabla.Learning.Tests.Optimizers;
using Nabla.Tensors;
using Nabla.Tensors.Ops;

namespace Nabla.Learning.Tests.Goldens;

/// <summary>A hundred steps of every optimizer against PyTorch, or against its paper written in NumPy.</summary>
public sealed class GoldenTrajectoryTests
{
    private const double Tolerance = 1e-6;

    private static readonly string[] Names = ["W", "b", "s", "K"];

    public static TheoryData<string> Cases
    {
        get
        {
            using GoldenFile file = GoldenFile.Open("trajectories.safetensors");
            return [.. file.Note("cases").EnumerateObject().Select(golden => golden.Name)];
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_hundred_steps_end_where_those_of_the_reference_do(string name)
    {
        using GoldenFile file = GoldenFile.Open("trajectories.safetensors");
        JsonElement golden = file.Note("cases").GetProperty(name);
        var module = new ParameterList([.. Names.Select(p => new Parameter(file.Read($"initial/{p}")))]);
        Dictionary<string, Tensor> data = ((string[])["x", "y", "a", "k"])
            .ToDictionary(d => d, d => file.Read($"data/{d}"), StringComparer.Ordinal);
        Optimizer optimizer = Catalog.Create(
            golden.GetProperty("optimizer").GetString()!, module, golden.GetProperty("settings").GetRawText());
        int[] snapshots = [.. file.Note("snapshots").EnumerateArray().Select(step => step.GetInt32())];
        float[] expected = file.Read(name).ToArray();
        int row = 0, size = expected.Length / snapshots.Length;
        for (int step = 1; step <= file.Note("steps").GetInt32(); step++)
        {
            optimizer.Minimize(() => Loss(module, data, optimizer));
            if (step != snapshots[row])
                continue;
            float[] actual = [.. module.Items.SelectMany(p => p.ToArray())];
            actual.ShouldBeNear(expected.AsSpan(row * size, size), Tolerance, $"{name}, step {step}");
            row++;
        }
        row.ShouldBe(snapshots.Length);
    }

    [Fact]
    public void Every_optimizer_has_a_trajectory()
    {
        using GoldenFile file = GoldenFile.Open("trajectories.safetensors");
        IEnumerable<string> recorded =
            file.Note("cases").EnumerateObject().Select(golden => golden.Value.GetProperty("optimizer").GetString()!);
        Catalog.Types.Select(type => type.Name).Except(recorded, StringComparer.Ordinal)
            .ShouldBe([], ignoreOrder: true);
    }

    /// <summary>The problem of tests/goldens/trajectories_golden.py.</summary>
    private static Tensor Loss(ParameterList p, Dictionary<string, Tensor> d, Optimizer optimizer)
    {
        bool convex = optimizer is Lbfgs or Newton;
        Tensor line = d["x"].MatMul(p[0]) + p[1];
        Tensor far = d["a"] * (p[3] - d["k"]).Square(), quartic = p[3].Square().Square();
        return convex
            ? (line - d["y"]).Square().Sum() / 16 + far.Sum() + quartic.Sum() / 10 + (p[2] - 1).Square() / 2
            : Fit((p[2] * line.Tanh() - d["y"]).Square()) + far.Mean() + quartic.Mean() / 10;

        // Of each example for the natural gradient, of all together for the others.
        Tensor Fit(Tensor squares) => optimizer is NaturalGradient ? squares.Mean(1) : squares.Mean();
    }
}
