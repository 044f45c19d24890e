using Nabla.Language.Models;
using Nabla.Learning.Optimizers;
using Nabla.Numerics;
using Nabla.Tensors;

namespace Nabla.Language.Tests.Training;

/// <summary>Alone, because collections that other tests cause would be counted here.</summary>
[CollectionDefinition(nameof(AllocationTests), DisableParallelization = true)]
[Collection(nameof(AllocationTests))]
public sealed class AllocationTests
{
    public static TheoryData<string> Families => [.. ModelFamilies.All.Select(family => family.Name)];

    [Theory]
    [MemberData(nameof(Families))]
    public void A_step_of_a_deep_model_allocates_small_objects_only_and_few(string family)
    {
        // 12 layers, as GPT-2 124M has: what nodes cost depends on their number, not on their size.
        Action step = Trainer(family, layers: 12, context: 32, batch: 8);
        for (int i = 0; i < 5; i++)
            step();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10; i++)
            step();
        long bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / 10;
        bytes.ShouldBeLessThan(100_000);
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void A_thousand_steps_cause_no_collection_of_older_generations(string family)
    {
        Action step = Trainer(family, layers: 2, context: 8, batch: 2);
        for (int i = 0; i < 20; i++)
            step();
        GC.Collect();
        GC.Collect(); // what the start left behind is in generation 2 now, and not counted when it grows old later
        (int first, int second) = (GC.CollectionCount(1), GC.CollectionCount(2));
        for (int i = 0; i < 1000; i++)
            step();
        (GC.CollectionCount(1) - first, GC.CollectionCount(2) - second).ShouldBe((0, 0));
    }

    private static Action Trainer(string family, int layers, int context, int batch)
    {
        const int vocabulary = 20;
        var rng = new Rng(1);
        var sizes = new ModelDimensions(vocabulary, context, layers, Dim: 16, Heads: 2, KeyValueHeads: 2);
        LanguageModel model = ModelFamilies.Named(family).Create(new NewModel(sizes) { Dropout = 0.1f }, rng);
        var optimizer = new AdamW(model);
        int[] ids = rng.Integers(batch * context, vocabulary), targets = rng.Integers(batch * context, vocabulary);
        return () =>
        {
            using var scope = TensorScope.Begin();
            optimizer.Minimize(model.Loss(new TokenBatch(ids, batch), targets, rng));
        };
    }
}
