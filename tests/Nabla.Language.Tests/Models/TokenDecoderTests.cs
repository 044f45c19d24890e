using Nabla.Language.Generation;
using Nabla.Language.Models;
using Nabla.Language.Sampling;
using Nabla.Numerics;
using Nabla.Tensors;

namespace Nabla.Language.Tests.Models;

public sealed class TokenDecoderTests
{
    public static TheoryData<string> Families => [.. ModelFamilies.All.Select(family => family.Name)];

    [Theory]
    [MemberData(nameof(Families))]
    public void A_decoder_gives_the_scores_of_Forward(string family)
    {
        const int batch = 3, prompt = 4;
        LanguageModel model = SmallModels.Create(family);
        int vocabulary = model.Dimensions.Vocabulary;
        var rng = new Rng(2);
        using var scope = TensorScope.Inference();
        KeyValueCache cache = model.NewCache(batch), other = model.NewCache(batch);
        TokenDecoder decoder = model.NewDecoder(cache).ShouldNotBeNull();
        int[] ids = rng.Integers(batch * prompt, vocabulary);
        model.NextLogits(new TokenBatch(ids, batch), cache);
        model.NextLogits(new TokenBatch(ids, batch), other);
        var scores = new float[batch * vocabulary];
        for (int position = prompt; position < model.Dimensions.Context; position++)
        {
            int[] next = rng.Integers(batch, vocabulary);
            decoder.Read(next, scores);
            Tensor expected = model.NextLogits(new TokenBatch(next, batch), other);
            scores.AsSpan().ShouldBeCloseTo(expected.AsSpan(), 1e-5f, $"position {position}");
            cache.Length.ShouldBe(position + 1);
        }
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void A_decoder_refuses_what_does_not_fit_and_leaves_the_cache_as_it_was(string family)
    {
        LanguageModel model = SmallModels.Create(family);
        int vocabulary = model.Dimensions.Vocabulary;
        KeyValueCache cache = model.NewCache(batch: 2, capacity: 3);
        TokenDecoder decoder = model.NewDecoder(cache).ShouldNotBeNull();
        var scores = new float[2 * vocabulary];
        decoder.Read([1, 2], scores);

        Refused([1], scores, "1 ids for the 2 sequences");
        Refused([1, 2, 3], scores, "3 ids for the 2 sequences");
        Refused([1, 2], scores[1..], $"need {2 * vocabulary}");
        Refused([1, 2], new float[2 * vocabulary + 1], $"need {2 * vocabulary}");
        Refused([1, vocabulary], scores, $"id {vocabulary} is not in");
        Refused([-1, 1], scores, "id -1 is not in");
        cache.Length.ShouldBe(1);
        decoder.Read([1, 2], scores);
        decoder.Read([1, 2], scores);
        Refused([1, 2], scores, "all 3 positions");

        void Refused(int[] ids, float[] room, string says) =>
            Should.Throw<ArgumentException>(() => decoder.Read(ids, room)).Message.ShouldContain(says);
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void A_cache_of_another_model_is_refused(string family)
    {
        ModelDimensions sizes = SmallModels.Create(family).Dimensions;
        var wrong = new KeyValueCache(sizes.Layers + 1, 1, sizes.KeyValueHeads, sizes.Context, sizes.HeadDim);
        Should.Throw<ArgumentException>(() => SmallModels.Create(family).NewDecoder(wrong))
            .Message.ShouldContain("NewCache");
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void A_generated_token_allocates_nothing(string family)
    {
        LanguageModel model = SmallModels.Create(family, context: 300);
        var settings =
            new SamplingOptions { Temperature = 0.9f, TopK = 20, TopP = 0.9f, MinP = 0.01f, RepetitionPenalty = 1.1f };
        foreach (SamplingOptions sampling in (SamplingOptions[])[settings, SamplingOptions.Greedy])
        {
            var sampler = new Sampler(sampling, new Rng(3));
            var reader = new TokenReader(model, length: 300);
            var one = new int[1];
            reader.Read([1, 2, 3]);
            Next(50);
            long before = GC.GetAllocatedBytesForCurrentThread();
            Next(100);
            (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);

            void Next(int tokens)
            {
                for (int i = 0; i < tokens; i++)
                {
                    one[0] = sampler.Next(reader.Scores(0), reader.Tokens(0));
                    reader.Read(one);
                }
            }
        }
    }
}
