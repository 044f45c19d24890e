using Nabla.Language.Models;
using Nabla.Numerics;
using Nabla.Tensors;

namespace Nabla.Language.Tests.Models;

public sealed class ActivationCheckpointingTests
{
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
            LanguageModel model = ModelFamilies.Named(family)
                .Create(new NewModel(new ModelDimensions(11, 8, 3, 12, 2, 2)) { Dropout = 0.3f }, rng);
            model.ActivationCheckpointing = checkpointing;
            int[] ids = rng.Integers(16, 11), targets = rng.Integers(16, 11);
            using var scope = TensorScope.Begin();
            Tensor loss = model.Loss(new TokenBatch(ids, 2), targets, rng);
            loss.Backward();
            float[] next = [rng.NextSingle()]; // the generator goes on from the same place
            return [loss.ToArray(), next, .. model.Parameters().Select(named => named.Parameter.Gradient!.ToArray())];
        }
    }

    [Fact]
    public void A_recipe_turns_it_on_and_says_nothing_when_it_is_off()
    {
        Language.Training.TrainingConfig config = Language.Training.TrainingConfig.Parse("""{ "activation_checkpointing": true }""");
        config.ActivationCheckpointing.ShouldBeTrue();
        config.ToJson().ShouldContain("activation_checkpointing");
        new Language.Training.TrainingConfig().ToJson().ShouldNotContain("activation_checkpointing"); // runs begun before it existed go on
    }
}
