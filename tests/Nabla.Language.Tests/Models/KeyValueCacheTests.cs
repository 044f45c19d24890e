using Nabla.Language.Models;
using Nabla.Numerics;
using Nabla.Tensors;

namespace Nabla.Language.Tests.Models;

public sealed class KeyValueCacheTests
{
    private const int Batch = 3, Length = 24;

    public static TheoryData<string> Families => [.. Golden.Families];

    [Theory]
    [MemberData(nameof(Families))]
    public void Cached_logits_equal_uncached_ones_at_every_position_however_the_text_is_cut(string family)
    {
        LanguageModel model = SmallModels.Create(family);
        var rng = new Rng(2);
        int[] ids = rng.Integers(Batch * Length, below: model.Dimensions.Vocabulary);
        using var scope = TensorScope.Inference();
        float[] uncached = model.Forward(new TokenBatch(ids, Batch)).ToArray();
        foreach (int longest in (int[])[1, 2, 5, 11, Length])
        {
            KeyValueCache cache = model.NewCache(Batch);
            while (cache.Length < Length)
            {
                int start = cache.Length, length = Math.Min(1 + rng.NextInt(longest), Length - start);
                Tensor logits = model.Forward(Part(ids, start, length), cache);
                for (int row = 0; row < Batch; row++)
                    Rows(logits.ToArray(), row * length, length).ShouldBeCloseTo(
                        Rows(uncached, row * Length + start, length), 1e-4f, $"positions {start} to {start + length}");
            }
        }

        ReadOnlySpan<float> Rows(float[] logits, int first, int count) =>
            logits.AsSpan(first * model.Dimensions.Vocabulary, count * model.Dimensions.Vocabulary);
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Positions_that_were_cut_off_are_forgotten(string family)
    {
        LanguageModel model = SmallModels.Create(family);
        using var scope = TensorScope.Inference();
        KeyValueCache cache = model.NewCache();
        model.Forward(TokenBatch.Of(new[] { 5, 6, 7 }), cache);
        model.Forward(TokenBatch.Of(new[] { 8, 9 }), cache);
        cache.Truncate(3);
        model.NextLogits(TokenBatch.Of(new[] { 1, 2 }), cache).AsSpan().ShouldBeCloseTo(
            model.NextLogits(TokenBatch.Of(new[] { 5, 6, 7, 1, 2 })).AsSpan(), 1e-4f, "logits");
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void More_tokens_than_the_context_are_refused_in_one_line(string family)
    {
        LanguageModel model = SmallModels.Create(family);
        using var scope = TensorScope.Inference();
        Should.Throw<ArgumentException>(() => model.Forward(TokenBatch.Of(new int[Length + 1])))
            .Message.ShouldContain("context of 24");
        KeyValueCache cache = model.NewCache();
        model.Forward(TokenBatch.Of(new int[Length]), cache);
        Should.Throw<ArgumentException>(() => model.Forward(TokenBatch.Of(new int[1]), cache))
            .Message.ShouldContain("context of 24");
        Should.Throw<ArgumentException>(() => model.Forward(TokenBatch.Of(Array.Empty<int>())))
            .Message.ShouldContain("no tokens");
    }

    private static TokenBatch Part(int[] ids, int start, int length) => new(
        Enumerable.Range(0, Batch).SelectMany(row => ids.Skip(row * Length + start).Take(length)).ToArray(), Batch);
}
