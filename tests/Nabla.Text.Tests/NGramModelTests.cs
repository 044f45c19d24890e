using Nabla.Numerics;
using Nabla.Text.Corpora;
using Nabla.Text.Tokenizers;

namespace Nabla.Text.Tests;

public sealed class NGramModelTests(Xunit.Abstractions.ITestOutputHelper output)
{
    private const string Shakespeare = "/work/shared/data/tinyshakespeare.txt";

    [Theory]
    [InlineData(1, NGramSmoothing.ModifiedKneserNey)]
    [InlineData(2, NGramSmoothing.ModifiedKneserNey)]
    [InlineData(5, NGramSmoothing.ModifiedKneserNey)]
    [InlineData(1, NGramSmoothing.WittenBell)]
    [InlineData(3, NGramSmoothing.WittenBell)]
    public void Probabilities_are_positive_and_add_up_to_one_in_any_context(int order, NGramSmoothing smoothing)
    {
        var rng = new Rng(1);
        int[] text = [.. rng.Integers(3000, 6).Select(id => id * id % 7)];
        NGramModel model = NGramModel.Train(text, order, 9, smoothing); // tokens 3, 5, 6, 7 and 8 never occur
        var p = new double[9];
        for (int length = 0; length < 8; length++)
        {
            for (int trial = 0; trial < 20; trial++)
            {
                int[] context = trial < 10 ? rng.Integers(length, 9) : text[trial..(trial + length)];
                model.Probabilities(context, p);
                p.Sum().ShouldBe(1, 1e-12);
                p.ShouldAllBe(x => x > 0);
            }
        }
    }

    [Fact]
    public void The_loss_is_the_mean_of_minus_log_probability()
    {
        int[] text = new Rng(2).Integers(500, 5);
        NGramModel model = NGramModel.Train(text, 3, 5);
        int[] other = new Rng(3).Integers(50, 5);
        var p = new double[5];
        double nats = 0;
        for (int i = 0; i < other.Length; i++)
        {
            model.Probabilities(other.AsSpan(0, i), p);
            nats -= Math.Log(p[other[i]]);
        }
        model.NatsPerToken(other).ShouldBe(nats / other.Length, 1e-12);
    }

    /// <summary>
    /// Against the definition, with dictionaries of strings and one loop an order: Chen and Goodman, eq. 24–27.
    /// </summary>
    [Fact]
    public void Probabilities_are_those_of_the_definition()
    {
        string train = Samples.Prose;
        CharTokenizer chars = CharTokenizer.Train(train);
        NGramModel model = NGramModel.Train(chars.Encode(train), 3, chars.VocabularySize);
        var p = new double[chars.VocabularySize];
        foreach (string context in new[] { "", "t", "th", "the", "Ann", "zz", "!" })
        {
            if (context.Any(c => !train.Contains(c)))
                continue;
            model.Probabilities(chars.Encode(context), p);
            for (int id = 0; id < p.Length; id++)
                p[id].ShouldBe(Definition(train, context + chars.Decode([id]), 3, p.Length), 1e-12);
        }
    }

    [Fact]
    public void Wrong_arguments_are_named()
    {
        Should.Throw<ArgumentException>(() => NGramModel.Train([], 3, 5)).Message.ShouldContain("no text");
        Should.Throw<ArgumentOutOfRangeException>(() => NGramModel.Train([0, 5], 3, 5))
            .Message.ShouldContain("token 5");
        Should.Throw<ArgumentOutOfRangeException>(() => NGramModel.Train([0], 0, 5));
    }

    [Theory]
    [InlineData(NGramSmoothing.WittenBell, 1.6688)] // a 20-line Python dictionary model gives 1.66883
    [InlineData(NGramSmoothing.ModifiedKneserNey, 1.5612)] // one with a single discount an order gives 1.5789
    public void Five_characters_predict_shakespeare_as_well_as_measured(NGramSmoothing smoothing, double nats)
    {
        if (!File.Exists(Shakespeare))
        {
            output.WriteLine($"Skipped: {Shakespeare} is absent.");
            return;
        }
        string text = TextFile.Read(Shakespeare);
        CharTokenizer chars = CharTokenizer.Train(text);
        int[] ids = chars.Encode(text);
        int cut = ids.Length * 9 / 10;
        NGramModel model = NGramModel.Train(ids.AsSpan(0, cut), 5, chars.VocabularySize, smoothing);
        model.NatsPerToken(ids.AsSpan(cut)).ShouldBe(nats, 0.0005);
    }

    private static double Definition(string text, string gram, int order, int vocabulary)
    {
        double p = 1.0 / vocabulary;
        for (int n = 1; n <= Math.Min(order, gram.Length); n++)
        {
            Dictionary<string, int> counts = Counts(text, n, n == order);
            string context = gram[^n..^1];
            int[] d = [.. counts.Where(g => g.Key.StartsWith(context, StringComparison.Ordinal)).Select(g => g.Value)];
            if (d.Length == 0)
                return p;
            double[] discount = [0, .. Enumerable.Range(1, 3).Select(k => Discount(counts, k))];
            int count = counts.GetValueOrDefault(gram[^n..]);
            double freed = d.Sum(c => discount[Math.Min(c, 3)]);
            p = (count - discount[Math.Min(count, 3)] + freed * p) / d.Sum();
        }
        return p;
    }

    private static Dictionary<string, int> Counts(string text, int n, bool isHighest)
    {
        IEnumerable<string> Grams(int length) =>
            Enumerable.Range(0, text.Length - length + 1).Select(i => text.Substring(i, length));
        IEnumerable<string> occurrences = isHighest
            ? Grams(n)
            // the beginning stands before
            : Grams(n + 1).Distinct(StringComparer.Ordinal).Select(g => g[1..]).Append(text[..n]);
        return occurrences.GroupBy(g => g, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
    }

    private static double Discount(Dictionary<string, int> counts, int k)
    {
        double N(int count) => counts.Values.Count(c => c == count);
        double y = N(1) / (N(1) + 2 * N(2));
        double discount = k - (k + 1) * y * N(k + 1) / N(k);
        return discount > 0 ? discount : 0.5 * k;
    }
}
