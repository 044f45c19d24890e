using Nabla.Language.Generation;
using Nabla.Language.Models;
using Nabla.Language.Sampling;
using Nabla.Numerics;
using Nabla.Text;
using Nabla.Text.Tokenizers;

namespace Nabla.Language.Tests.Generation;

public sealed class TextGeneratorTests
{
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz";
    private static readonly CharTokenizer Letters = CharTokenizer.Train(Alphabet + "\n", AddedToken.EndOfText);
    private static readonly GenerationOptions Greedy = new() { Sampling = SamplingOptions.Greedy, MaxTokens = 10 };

    [Fact]
    public void A_text_is_continued_token_by_token_up_to_the_most_tokens()
    {
        Generate("abc", Greedy).ShouldBe("defghijklm");
        Generate("abc", Greedy with { MaxTokens = 0 }).ShouldBe("");
        Recite().Stream("abc", Greedy, new Rng(1)).ShouldBe(["d", "e", "f", "g", "h", "i", "j", "k", "l", "m"]);
    }

    [Fact]
    public void Each_token_is_read_once()
    {
        var model = new FunctionModel(Letters.VocabularySize, 64, NextLetter);
        new TextGenerator(model, Letters).Generate("abc", Greedy, new Rng(1));
        model.Passes.ShouldBe([3, 1, 1, 1, 1, 1, 1, 1, 1, 1]);
    }

    [Fact]
    public void Stop_strings_end_the_text_and_are_never_given_although_they_span_tokens()
    {
        Generate("abc", Greedy with { Stop = ["ghi"] }).ShouldBe("def");
        Generate("abc", Greedy with { Stop = ["xyz", "jkl", "ij"] }).ShouldBe("defgh");
        Generate("abc", Greedy with { Stop = ["lmn"] }).ShouldBe("defghijklm");
        Recite().Stream("abc", Greedy with { Stop = ["ghx"] }, new Rng(1))
            .ShouldBe(["d", "e", "f", "ghi", "j", "k", "l", "m"]);
    }

    [Fact]
    public void The_end_of_text_token_ends_the_text() => Generate("x", Greedy).ShouldBe("yz");

    [Fact]
    public void An_empty_prompt_begins_a_document()
    {
        Generate("", Greedy).ShouldBe("abcdefghij");
        CharTokenizer plain = CharTokenizer.Train("ab\n");
        var model =
            new FunctionModel(3, 8, tokens => FunctionModel.Certain(tokens.Length == 1 && tokens[0] == 0 ? 1 : 2, 3));
        new TextGenerator(model, plain).Generate("", Greedy with { MaxTokens = 2 }, new Rng(1)).ShouldBe("ab");
        var follower = new FunctionModel(2, 8, tokens => FunctionModel.Certain(tokens[^1] == 0 ? 1 : 0, 2));
        new TextGenerator(follower, CharTokenizer.Train("ab")).Generate("", Greedy with { MaxTokens = 3 }, new Rng(1))
            .ShouldBe("bab", "without a line feed it begins with the first token");
    }

    [Fact]
    public void Characters_of_several_tokens_come_whole()
    {
        BpeTokenizer bytes = BpeTrainer.Train("", new() { VocabularySize = 257 });
        int[] text = bytes.Encode("aé€😀.");
        var model = new FunctionModel(257, 64, tokens =>
            FunctionModel.Certain(tokens.Length < text.Length ? text[tokens.Length] : bytes.EndOfText!.Value, 257));
        var generator = new TextGenerator(model, bytes);
        generator.Stream("a", Greedy, new Rng(1)).ShouldBe(["é", "€", "😀", "."]);
        generator.Generate("a", Greedy with { MaxTokens = 4 }, new Rng(1)).ShouldBe("é\uFFFD");
    }

    [Fact]
    public void Generation_goes_on_beyond_the_context_with_its_last_half()
    {
        var model = new FunctionModel(Letters.VocabularySize, 8, NextLetter);
        string text = new TextGenerator(model, Letters).Generate("abcdef", Greedy with { MaxTokens = 15 }, new Rng(1));
        text.ShouldBe("ghijklmnopqrstu");
        model.Passes.ShouldBe([6, 1, 1, 4, 1, 1, 1, 1, 4, 1, 1, 1, 1, 4, 1]);
    }

    [Fact]
    public void The_last_part_of_a_prompt_longer_than_the_context_counts()
    {
        var model = new FunctionModel(Letters.VocabularySize, 8, NextLetter);
        new TextGenerator(model, Letters)
            .Generate(Alphabet[..20], Greedy with { MaxTokens = 3 }, new Rng(1)).ShouldBe("uvw");
        model.Passes.ShouldBe([8, 4, 1]);
        var tiny = new FunctionModel(Letters.VocabularySize, 1, NextLetter);
        new TextGenerator(tiny, Letters).Generate("abc", Greedy with { MaxTokens = 3 }, new Rng(1)).ShouldBe("def");
    }

    [Theory]
    [InlineData("gpt2")]
    [InlineData("llama")]
    public void Real_models_write_beyond_their_context_what_they_would_write_without_a_cache(string family)
    {
        LanguageModel model = SmallModels.Create(family, Letters.VocabularySize, context: 8);
        int[] ids = Letters.Encode("hello");
        string expected = "";
        for (int i = 0, begin = 0; i < 30; i++)
        {
            if (ids.Length - begin > 8)
                begin = ids.Length - 4;
            using var scope = Nabla.Tensors.TensorScope.Inference();
            float[] scores = model.NextLogits(TokenBatch.Of(ids.AsMemory(begin))).ToArray();
            int next = Array.IndexOf(scores, scores.Max());
            if (next == Letters.EndOfText)
                break;
            ids = [.. ids, next];
            expected += Letters.Decode([next]);
        }
        new TextGenerator(model, Letters)
            .Generate("hello", Greedy with { MaxTokens = 30 }, new Rng(1)).ShouldBe(expected);
        expected.Length.ShouldBeGreaterThan(10);
    }

    [Fact]
    public void The_same_seed_writes_the_same_text()
    {
        var generator = new TextGenerator(SmallModels.Create("gpt2", Letters.VocabularySize), Letters);
        var options =
            new GenerationOptions { MaxTokens = 40, Sampling = new() { TopP = 0.95f, RepetitionPenalty = 1.1f } };
        string text = generator.Generate("abc", options, new Rng(5));
        generator.Generate("abc", options, new Rng(5)).ShouldBe(text);
        generator.Generate("abc", options, new Rng(6)).ShouldNotBe(text, StringComparer.Ordinal);
    }

    [Fact]
    public void Several_threads_may_use_one_generator()
    {
        var generator = new TextGenerator(SmallModels.Create("llama", Letters.VocabularySize), Letters);
        var options = new GenerationOptions { MaxTokens = 40 };
        string[] expected =
            [.. Enumerable.Range(0, 8).Select(seed => generator.Generate("abc", options, new Rng(seed)))];
        var texts = new string[expected.Length];
        Parallel.For(0, texts.Length, seed => texts[seed] = generator.Generate("abc", options, new Rng(seed)));
        texts.ShouldBe(expected);
    }

    [Fact]
    public void Cancellation_ends_a_text_between_tokens()
    {
        using var source = new CancellationTokenSource();
        var given = new List<string>();
        Should.Throw<OperationCanceledException>(() =>
        {
            foreach (string piece in Recite().Stream("abc", Greedy, new Rng(1), cancellation: source.Token))
            {
                given.Add(piece);
                if (given.Count == 3)
                    source.Cancel();
            }
        });
        given.ShouldBe(["d", "e", "f"]);
    }

    [Fact]
    public void The_next_tokens_come_with_their_probabilities_likeliest_first()
    {
        CharTokenizer tokenizer = CharTokenizer.Train("a\nb");
        var model = new FunctionModel(3, 8, _ => [MathF.Log(0.5f), MathF.Log(0.2f), MathF.Log(0.3f)]);
        IReadOnlyList<NextToken> next = new TextGenerator(model, tokenizer).Next("a", 2);
        next.Select(token => (token.Id, token.Text)).ShouldBe([(0, "\\n"), (2, "b")]);
        next[0].Probability.ShouldBe(0.5, 1e-6);
        new TextGenerator(model, tokenizer).Next("a", 99).Sum(token => token.Probability).ShouldBe(1, 1e-9);
    }

    [Fact]
    public void Tokens_that_only_the_model_has_are_never_chosen()
    {
        var model = new FunctionModel(64, 8, _ => FunctionModel.Certain(63, 64));
        CharTokenizer tokenizer = CharTokenizer.Train("ab\n");
        new TextGenerator(model, tokenizer).Generate("a", Greedy, new Rng(1)).Length.ShouldBe(10);
        new TextGenerator(model, tokenizer).Next("a", 64).Count.ShouldBe(3);
        new BatchCompletion(model, tokenizer).Complete(["a"], 5, "x")[0].Length.ShouldBe(5);
    }

    [Fact]
    public void Wrong_settings_are_refused_before_anything_is_computed()
    {
        TextGenerator generator = Recite();
        Should.Throw<ArgumentException>(() => generator.Stream("a", Greedy with { MaxTokens = -1 }, new Rng(1)));
        Should.Throw<ArgumentException>(() => generator.Stream("a", Greedy with { Stop = [""] }, new Rng(1)));
        Should.Throw<ArgumentException>(
            () => generator.Stream("a", new() { Sampling = new() { TopP = 2 } }, new Rng(1)));
        Should.Throw<TextException>(() => generator.Stream("é", Greedy, new Rng(1)));
        Should.Throw<ArgumentOutOfRangeException>(() => generator.Next("a", 0));
        Should.Throw<ModelException>(() => new TextGenerator(new FunctionModel(5, 8, _ => new float[5]), Letters))
            .Message.ShouldContain("28 tokens and the model knows 5");
    }

    [Theory]
    [InlineData("gpt2")]
    [InlineData("llama")]
    public void Many_completions_at_once_equal_one_by_one(string family)
    {
        LanguageModel model = SmallModels.Create(family, Letters.VocabularySize, context: 16);
        var rng = new Rng(3);
        string[] prompts = [.. Enumerable.Range(0, 40).Select(_ =>
            string.Concat(rng.Integers(rng.NextInt(6), below: 26).Select(i => Alphabet[i])))];
        var generator = new TextGenerator(model, Letters);
        string[] expected = [.. prompts.Select(
            prompt => generator.Generate(prompt, Greedy with { MaxTokens = 20, Stop = ["e"] }, rng))];
        new BatchCompletion(model, Letters) { Batch = 3 }.Complete(prompts, 20, "e").ShouldBe(expected);
        new BatchCompletion(model, Letters).Complete(prompts, 20, "e").ShouldBe(expected);
        expected.Distinct(StringComparer.Ordinal).Count().ShouldBeGreaterThan(10);
    }

    /// <summary>
    /// The alphabet from the last letter on; after its end the end of the text, and after that its beginning.
    /// </summary>
    private static float[] NextLetter(ReadOnlySpan<int> tokens)
    {
        string last = Letters.Decode([tokens[^1]]);
        int at = last.Length == 1 ? Alphabet.IndexOf(last, StringComparison.Ordinal) : -1;
        int next = at + 1 < Alphabet.Length ? Letters.Encode(Alphabet[at + 1].ToString())[0] : Letters.EndOfText!.Value;
        return FunctionModel.Certain(next, Letters.VocabularySize);
    }

    private static TextGenerator Recite() => new(new FunctionModel(Letters.VocabularySize, 64, NextLetter), Letters);

    private static string Generate(string prompt, GenerationOptions options) =>
        Recite().Generate(prompt, options, new Rng(1));
}
