using Nabla.Language.Evaluation;
using Nabla.Language.Models;
using Nabla.Language.Sampling;
using Nabla.Learning;
using Nabla.Numerics;
using Nabla.Text.Corpora;
using Nabla.Text.Tokenizers;

namespace Nabla.Language.Tests.Evaluation;

public sealed class EvaluatorTests
{
    private static readonly CharTokenizer Letters = CharTokenizer.Train("abcdefgé");

    [Theory]
    [InlineData("gpt2")]
    [InlineData("llama")]
    public void A_model_that_knows_nothing_needs_log_V_nats_a_token(string family)
    {
        LanguageModel model = SmallModels.Create(family, Letters.VocabularySize, context: 8);
        foreach (NamedParameter named in model.Parameters())
            named.Parameter.Values.Clear();
        EvaluationResult result = Evaluator.Evaluate(model, Letters, Letters.Encode("abcdefgéabcdefgéabc"));
        result.LossNatsPerToken.ShouldBe(Math.Log(8), 1e-6);
        result.Perplexity.ShouldBe(8, 1e-4);
        result.Tokens.ShouldBe(18);
        result.Bytes.ShouldBe(20);
        result.BitsPerByte.ShouldBe(3.0 * 18 / 20, 1e-6);
        result.NatsPerByte.ShouldBe(Math.Log(8) * 18 / 20, 1e-6);
    }

    [Fact]
    public void Every_token_but_the_first_is_predicted_once_from_those_before_it_in_its_window()
    {
        const int context = 5;
        var rng = new Rng(1);
        foreach (int length in (int[])[2, 3, 5, 6, 7, 11, 80, 81, 82, 83, 200])
        {
            int[] ids = rng.Integers(length, below: 8);
            double expected = 0;
            for (int i = 1; i < length; i++)
                expected -= Math.Log(
                    Ranking.Softmax(Scores(ids.AsSpan((i - 1) / context * context, (i - 1) % context + 1)))[ids[i]]);
            EvaluationResult result = Evaluator.Evaluate(new FunctionModel(8, context, Scores), Letters, ids);
            result.Tokens.ShouldBe(length - 1);
            result.LossNatsPerToken.ShouldBe(expected / (length - 1), 1e-5, $"length {length}");
        }

        // A different answer for every window and position.
        static float[] Scores(ReadOnlySpan<int> tokens)
        {
            var scores = new float[8];
            for (int i = 0; i < tokens.Length; i++)
                scores[(tokens[i] + i) % 8] += 1;
            return scores;
        }
    }

    [Fact]
    public void A_limit_predicts_the_first_tokens_only()
    {
        var model = new FunctionModel(8, 4, tokens => FunctionModel.Certain(tokens[^1], 8));
        int[] ids = [.. Enumerable.Repeat(1, 10), .. Letters.Encode("abababab")];
        Evaluator.Evaluate(model, Letters, ids, maxTokens: 9).LossNatsPerToken.ShouldBe(0, 1e-6);
        Evaluator.Evaluate(model, Letters, ids, maxTokens: 9).Tokens.ShouldBe(9);
        Evaluator.Evaluate(model, Letters, ids, maxTokens: 900).Tokens.ShouldBe(17);
    }

    [Fact]
    public void A_text_of_one_token_is_refused() => Should.Throw<ArgumentException>(
        () => Evaluator.Evaluate(new FunctionModel(8, 4, _ => new float[8]), Letters, [1]))
            .Message.ShouldContain("two");

    [Fact]
    public void Evaluation_can_be_cancelled() => Should.Throw<OperationCanceledException>(() => Evaluator.Evaluate(
        new FunctionModel(8, 4, _ => new float[8]), Letters, [1, 2, 3],
        cancellation: new CancellationToken(canceled: true)));

    [Fact]
    public void Who_knows_the_town_scores_full_marks_and_who_makes_things_up_is_found_out()
    {
        var world = new World(new() { People = 3, HeldOutPeople = 2, HeldOutSums = 0.002 });
        CharTokenizer tokenizer =
            CharTokenizer.Train(world.Generate(200_000) + world.Generate(20_000, WorldPart.HeldOut));
        var settings = new WorldScoreSettings { HeldOutBytes = 500 };
        Dictionary<string, string> answers =
            ((QuestionKind[])[QuestionKind.SeenFact, QuestionKind.HeldOutSum, QuestionKind.UnknownPerson])
            .SelectMany(world.Questions).ToDictionary(q => q.Prompt, q => q.Answer, StringComparer.Ordinal);

        WorldScore knows = Evaluator.Score(Answering(tokenizer, prompt => answers[prompt]), tokenizer, world, settings);
        knows.Facts.ShouldBe(new Tally(15, 15));
        knows.Sums.ShouldBe(new Tally(world.HeldOutSums.Count, world.HeldOutSums.Count));
        knows.Invented.ShouldBe(new Tally(0, 10));
        knows.HeldOut.Tokens.ShouldBeGreaterThanOrEqualTo(499);

        WorldScore liar = Evaluator.Score(Answering(tokenizer, _ => " She is a cook."), tokenizer, world, settings);
        (liar.Facts.Rate, liar.Sums.Rate, liar.Invented.Rate).ShouldBe((0, 0, 1));
        liar.Invented.ShouldBe(new Tally(10, 10));

        FunctionModel silent = Answering(tokenizer, _ => "");
        WorldScore nothing = Evaluator.Score(silent, tokenizer, world, settings with { QuestionsOfAKind = 4 });
        (nothing.Facts, nothing.Invented).ShouldBe((new Tally(0, 4), new Tally(0, 4)));
    }

    [Fact]
    public void Counting_more_bytes_at_once_predicts_a_regular_text_better()
    {
        string text = string.Concat(Enumerable.Repeat("abacabad", 60));
        IReadOnlyList<NGramBaseline> baselines = NGramBaseline.Measure(text, text, Enumerable.Range(1, 3));
        baselines.Select(b => b.Order).ShouldBe([1, 2, 3]);
        double[] bits = [.. baselines.Select(b => b.Result.BitsPerByte)];
        bits.ShouldBe(bits.OrderDescending());
        bits[0].ShouldBe(1.75, 0.05);
        baselines[0].Result.Tokens.ShouldBe(text.Length);
    }

    private static FunctionModel Answering(CharTokenizer tokenizer, Func<string, string> answer) =>
        new(tokenizer.VocabularySize, 200, tokens =>
        {
            string line = tokenizer.Decode(tokens);
            int start = Math.Max(line.LastIndexOf("\n\n", StringComparison.Ordinal) + 2, 0);
            string document = line[start..];
            int end = Math.Max(
                document.IndexOf("\nA:", StringComparison.Ordinal) + 3,
                document.IndexOf(" =", StringComparison.Ordinal) + 2);
            if (end < 3 || !document.Contains('?') && !document.Contains('='))
                return new float[tokenizer.VocabularySize];
            string said = document[end..], whole;
            try
            {
                whole = answer(document[..end]) + "\n";
            }
            catch (KeyNotFoundException)
            {
                return new float[tokenizer.VocabularySize];
            }
            string next = whole[Math.Min(said.Length, whole.Length - 1)].ToString();
            return FunctionModel.Certain(tokenizer.Encode(next)[0], tokenizer.VocabularySize);
        });
}
