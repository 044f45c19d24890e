using System.Text.Json.Nodes;
using Nabla.Language.Models;
using Nabla.Learning;
using Nabla.Numerics.Threading;
using Nabla.Tensors;
using Nabla.Tensors.Ops;

namespace Nabla.Language.Tests.Models;

public sealed class GoldenModelTests
{
    private const float Tolerance = 1e-4f;

    public static TheoryData<string> Families => [.. Golden.Families];

    [Theory]
    [MemberData(nameof(Families))]
    public void Logits_are_those_of_PyTorch(string family)
    {
        using var golden = new Golden(family);
        using var scope = TensorScope.Inference();
        Tensor logits = golden.Model.Forward(golden.Inputs);
        logits.Contiguous().AsSpan().ShouldBeCloseTo(golden["logits"], Tolerance, "logits");
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Loss_and_gradients_of_all_weights_are_those_of_PyTorch(string family)
    {
        using var golden = new Golden(family);
        using var scope = TensorScope.Begin();
        Tensor loss = golden.Model.Loss(golden.Inputs, golden.Targets);
        loss.Item().ShouldBe(golden["loss"][0], Tolerance);
        loss.Backward();
        foreach (NamedParameter named in golden.Model.Parameters())
        {
            Tensor gradient = named.Parameter.Gradient.ShouldNotBeNull(named.Path);
            if (named.StoredTransposed)
                gradient = gradient.Transpose(0, 1);
            gradient.Contiguous()
                .AsSpan().ShouldBeCloseTo(golden[$"grad/{named.StoredName}"], Tolerance, named.StoredName);
        }
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Gradients_have_the_same_bits_for_any_number_of_threads(string family)
    {
        int before = WorkerPool.Threads;
        try
        {
            WorkerPool.Threads = 1;
            float[][] one = Gradients(family);
            WorkerPool.Threads = 3;
            Gradients(family).ShouldBe(one);
        }
        finally
        {
            WorkerPool.Threads = before;
        }
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void The_configuration_survives_being_read_and_written(string family)
    {
        using var golden = new Golden(family);
        foreach ((string key, JsonNode? value) in golden.Model.ToConfigJson())
            if (golden.Config[key] is { } expected)
                JsonNode.DeepEquals(value, expected).ShouldBeTrue($"{key}: {value} and {expected}");
    }

    // Wide enough for every kernel to have several pieces.
    private static float[][] Gradients(string family)
    {
        LanguageModel model = ModelFamilies.Named(family).Create(
            new NewModel(new ModelDimensions(
                Vocabulary: 300, Context: 48, Layers: 2, Dim: 96, Heads: 4, KeyValueHeads: 4)), new(3));
        int[] ids = new Nabla.Numerics.Rng(4).Integers(4 * 48, below: 300);
        using var scope = TensorScope.Begin();
        model.Loss(new TokenBatch(ids, 4), ids).Backward();
        return [.. model.Parameters().Select(named => named.Parameter.GradientValues.ToArray())];
    }
}
