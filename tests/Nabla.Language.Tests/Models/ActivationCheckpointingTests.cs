using Nabla.Language.Models;
using Nabla.Language.Training;
using Nabla.Numerics;
using Nabla.Tensors;
using Nabla.Tensors.Ops;

namespace Nabla.Language.Tests.Models;

public sealed class ActivationCheckpointingTests
{
    private const int Layers = 3;

    public static TheoryData<string> Families => [.. ModelFamilies.All.Select(family => family.Name)];

    [Theory]
    [MemberData(nameof(Families))]
    public void Loss_and_gradients_have_the_same_bits_with_dropout_too(string family)
    {
        float[][] plain = Run(checkpointing: false), checkpointed = Run(checkpointing: true);
        for (int i = 0; i < plain.Length; i++)
            checkpointed[i].AsSpan().SequenceEqual(plain[i]).ShouldBeTrue($"{family}, array {i}");

        float[][] Run(bool checkpointing)
        {
            var rng = new Rng(1);
            LanguageModel model = Create(family, checkpointing, rng);
            int[] ids = rng.Integers(16, 11), targets = rng.Integers(16, 11);
            using var scope = TensorScope.Begin();
            Tensor loss = model.Loss(new TokenBatch(ids, 2), targets, rng);
            loss.Backward();
            float[] next = [rng.NextSingle()]; // the generator goes on from the same place
            return [loss.ToArray(), next, .. model.Parameters().Select(named => named.Parameter.Gradient!.ToArray())];
        }
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void The_graph_has_one_operation_for_a_block_and_nothing_of_its_inside(string family)
    {
        Of<CheckpointOp>(checkpointing: true).ShouldBe(Layers);
        Of<AttentionOp>(checkpointing: true).ShouldBe(0, "a block's inside is computed again, not kept");
        Of<CheckpointOp>(checkpointing: false).ShouldBe(0);
        Of<AttentionOp>(checkpointing: false).ShouldBe(Layers);

        int Of<T>(bool checkpointing)
        {
            LanguageModel model = Create(family, checkpointing, new Rng(1));
            return Graph(model.Loss(new TokenBatch(new int[8], 1), new int[8])).OfType<T>().Count();
        }
    }

    [Fact]
    public void A_recipe_turns_it_on_and_says_nothing_when_it_is_off()
    {
        TrainingConfig config = TrainingConfig.Parse("""{ "activation_checkpointing": true }""");
        config.ActivationCheckpointing.ShouldBeTrue();
        config.ToJson().ShouldContain("activation_checkpointing");
        // Runs that began before it existed go on.
        new TrainingConfig().ToJson().ShouldNotContain("activation_checkpointing");
    }

    private static LanguageModel Create(string family, bool checkpointing, Rng rng)
    {
        LanguageModel model = ModelFamilies.Named(family)
            .Create(new NewModel(new ModelDimensions(11, 8, Layers, 12, 2, 2)) { Dropout = 0.3f }, rng);
        model.ActivationCheckpointing = checkpointing;
        return model;
    }

    private static HashSet<Op> Graph(Tensor result)
    {
        var seen = new HashSet<Op>(ReferenceEqualityComparer.Instance);
        var pending = new Stack<Tensor>([result]);
        while (pending.TryPop(out Tensor? tensor))
            if (tensor.Creator is { } op && seen.Add(op))
                foreach (Tensor input in op.Inputs)
                    pending.Push(input);
        return seen;
    }
}
