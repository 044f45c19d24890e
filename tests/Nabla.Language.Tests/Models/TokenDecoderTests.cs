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
        ITokenDecoder decoder = model.NewDecoder(cache, batch).ShouldNotBeNull();
        int[] ids = rng.Integers(batch * prompt, vocabulary);
        model.NextLogits(new TokenBatch(ids, batch), cache);
        model.NextLogits(new TokenBatch(ids, batch), other);
        var scores = new float[batch * vocabulary];
        for (int position = prompt; position < model.Dimensions.Context; position++)
        {
            int[] next = rng.Integers(batch, vocabulary);
            decoder.Read(next, scores);
            scores.AsSpan().ShouldBeCloseTo(model.NextLogits(new TokenBatch(next, batch), other).AsSpan(), 1e-5f, $"position {position}");
            cache.Length.ShouldBe(position + 1);
        }
        Should.Throw<ArgumentException>(() => decoder.Read(new int[batch], scores));
        cache.Truncate(0);
        Should.Throw<ArgumentException>(() => decoder.Read([0, vocabulary, 0], scores)).Message.ShouldContain($"{vocabulary}");
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void A_generated_token_allocates_nothing(string family)
    {
        LanguageModel model = SmallModels.Create(family, context: 300);
        var settings = new SamplingOptions { Temperature = 0.9f, TopK = 20, TopP = 0.9f, MinP = 0.01f, RepetitionPenalty = 1.1f };
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
