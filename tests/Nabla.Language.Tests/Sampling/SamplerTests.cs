using FsCheck;
using FsCheck.Fluent;
using Nabla.Language.Sampling;
using Nabla.Numerics;

namespace Nabla.Language.Tests.Sampling;

public sealed class SamplerTests
{
    private static readonly Arbitrary<float[]> Scores = Gen.Choose(-400, 400).Select(n => n / 40f)
        .ListOf().Where(list => list.Count > 0).Select(list => list.ToArray()).ToArbitrary();

    [Fact]
    public void Top_k_keeps_the_k_highest() => Prop.ForAll(Scores, scores =>
    {
        for (int k = 1; k <= scores.Length + 1; k++)
        {
            int[] kept = Kept(new TopK(k), scores);
            kept.Length.ShouldBe(Math.Min(k, scores.Length));
            float lowest = kept.Min(id => scores[id]);
            Enumerable.Range(0, scores.Length).Except(kept).All(id => scores[id] <= lowest).ShouldBeTrue();
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Ranking_orders_by_score_and_then_by_id() => Prop.ForAll(Scores, scores =>
    {
        float[] special = [.. scores, 0f, -0f, float.NegativeInfinity, float.Epsilon, -float.Epsilon, float.MaxValue];
        int[] expected = [.. Enumerable.Range(0, special.Length).OrderByDescending(id => special[id]).ThenBy(id => id)];
        Ranking.Descending(special).ShouldBe(expected);
        Ranking.Descending(special, 1).ShouldBe(expected.Where(id => special[id] >= 1));
        for (int k = 1; k <= special.Length; k += 3)
            Ranking.Highest(special, k).ShouldBe(special[expected[k - 1]]);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Top_p_keeps_the_smallest_set_that_reaches_p() => Prop.ForAll(Scores, scores =>
    {
        double[] probabilities = Ranking.Softmax(scores);
        foreach (float p in (float[])[1e-6f, 0.3f, 0.9f, 0.999f])
        {
            int[] kept = Kept(new TopP(p), scores);
            double sum = kept.Sum(id => probabilities[id]);
            sum.ShouldBeGreaterThanOrEqualTo(p - 1e-9);
            (sum - kept.Min(id => probabilities[id])).ShouldBeLessThan(p);
            double lowest = kept.Min(id => probabilities[id]);
            Enumerable.Range(0, scores.Length).Except(kept).All(id => probabilities[id] <= lowest).ShouldBeTrue();
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Min_p_keeps_those_at_least_p_times_as_likely_as_the_likeliest() => Prop.ForAll(Scores, scores =>
    {
        double[] probabilities = Ranking.Softmax(scores);
        foreach (float p in (float[])[0.01f, 0.5f, 1])
        {
            int[] kept = Kept(new MinP(p), scores);
            kept.ShouldContain(Array.IndexOf(scores, scores.Max()));
            kept.All(id => probabilities[id] >= p * probabilities.Max() * 0.9999).ShouldBeTrue();
            Enumerable.Range(0, scores.Length)
                .Except(kept).All(id => probabilities[id] <= p * probabilities.Max() * 1.0001).ShouldBeTrue();
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_repetition_penalty_lowers_tokens_that_occurred_and_no_others()
    {
        float[] scores = [2, -1, 0, 4, 1];
        new RepetitionPenalty(2).Apply(scores, [0, 1, 0, 2]);
        scores.ShouldBe([1, -2, 0, 4, 1]);
    }

    [Fact]
    public void Temperature_0_and_a_very_low_one_take_the_highest_score() => Prop.ForAll(Scores, scores =>
    {
        int best = Array.IndexOf(scores, scores.Max());
        new Sampler(SamplingOptions.Greedy, new Rng(1)).Next([.. scores], []).ShouldBe(best);
        int cold = new Sampler(new() { Temperature = 1e-38f }, new Rng(1)).Next([.. scores], []);
        scores[cold].ShouldBe(scores[best]);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Temperature_sharpens_the_softmax()
    {
        float[] scores = [1, 2, 4];
        new Temperature(0.5f).Apply(scores, []);
        double[] expected = Ranking.Softmax([2, 4, 8]);
        Ranking.Softmax(scores).Zip(expected).ShouldAllBe(pair => Math.Abs(pair.First - pair.Second) < 1e-9);
    }

    [Fact]
    public void The_same_seed_draws_the_same_tokens_and_another_seed_others()
    {
        Draws(new(), 7).ShouldBe(Draws(new(), 7));
        Draws(new(), 8).ShouldNotBe(Draws(new(), 7));
    }

    [Fact]
    public void Draws_follow_the_softmax()
    {
        // Pearson's χ² with 5 degrees of freedom is above 20.5 in one case of a thousand; the seed is fixed.
        int[] draws = Draws(new(), 1, 60_000);
        double[] probabilities = Ranking.Softmax(Six);
        double chiSquare = probabilities.Select((p, id) =>
        {
            double expected = p * draws.Length, difference = draws.Count(draw => draw == id) - expected;
            return difference * difference / expected;
        }).Sum();
        chiSquare.ShouldBeLessThan(20.5);
    }

    [Fact]
    public void Steps_narrow_one_another_down()
    {
        Draws(new() { TopK = 2 }, 1).Distinct().Order().ShouldBe([3, 5]);
        Draws(new() { TopK = 3, TopP = 0.5f }, 1).Distinct().ShouldBe([5]);
        Draws(new() { MinP = 0.3f }, 1).Distinct().Order().ShouldBe([3, 5]);
    }

    [Fact]
    public void Settings_out_of_range_are_named_with_their_range()
    {
        foreach (SamplingOptions options in (SamplingOptions[])
            [new() { Temperature = -1 }, new() { Temperature = float.NaN }, new() { TopK = -1 }, new() { TopP = 0 },
                new() { TopP = 1.1f }, new() { MinP = -0.1f }, new() { MinP = 2 }, new() { RepetitionPenalty = 0 }])
            Should.Throw<ArgumentException>(() => new Sampler(options, new Rng(1))).Message.ShouldContain("it must be");
    }

    [Fact]
    public void Scores_that_are_no_numbers_are_an_error()
    {
        var sampler = new Sampler(new(), new Rng(1));
        Should.Throw<ArithmeticException>(() => sampler.Next([1, float.NaN], [])).Message.ShouldContain("not usable");
    }

    private static float[] Six => [0, 0.5f, -1, 1.5f, 0, 2.5f];

    private static int[] Draws(SamplingOptions options, long seed, int count = 200)
    {
        var sampler = new Sampler(options, new Rng(seed));
        return [.. Enumerable.Range(0, count).Select(_ => sampler.Next(Six, []))];
    }

    private static int[] Kept(ISamplingStep step, float[] scores)
    {
        float[] changed = [.. scores];
        step.Apply(changed, []);
        int[] kept = [.. Enumerable.Range(0, scores.Length).Where(id => changed[id] > float.NegativeInfinity)];
        kept.All(id => changed[id] == scores[id]).ShouldBeTrue();
        return kept;
    }
}
