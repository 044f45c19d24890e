using Nabla.Language.Generation;
using Nabla.Language.Models;
using Nabla.Numerics;
using Nabla.Tensors;
using Nabla.Text.Corpora;
using Nabla.Text.Tokenizers;

namespace Nabla.Language.Evaluation;

/// <summary>Measures how well a model predicts a text, and what it learned of a <see cref="World"/>.</summary>
public static class Evaluator
{
    private const int MostWindows = 16;

    // Scores of a pass: 128 MB of float32, whatever the vocabulary.
    private const long MostScores = 1 << 25;

    // No answer of World has more characters, and no token is shorter than one.
    private const int MostAnswerTokens = 64;

    // Documents of World are separated by an empty line.
    private const string BetweenDocuments = "\n\n";

    /// <summary>
    /// The mean cross-entropy over a text in disjoint windows of the context length, each of which predicts all its
    /// successors; the last window is as long as what is left. So every token but the first is predicted exactly once,
    /// from those before it in its window.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="tokenizer">The tokenizer it was trained with, for the number of bytes.</param>
    /// <param name="ids">The text, two tokens or more.</param>
    /// <param name="maxTokens">Only the first so many tokens are predicted; null for all.</param>
    /// <param name="cancellation">Looked at before every batch.</param>
    /// <exception cref="ArgumentException">The text is shorter than two tokens.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static EvaluationResult Evaluate(
        LanguageModel model, Tokenizer tokenizer, ReadOnlySpan<int> ids, int? maxTokens = null,
        CancellationToken cancellation = default)
    {
        if (ids.Length < 2)
            throw new ArgumentException(
                $"Evaluate: the text has {ids.Length} tokens; there must be two at least, one to predict the other.");
        if (maxTokens is { } most)
            ids = ids[..(int)Math.Min(ids.Length, Math.Max(1, most) + 1L)];

        int context = model.Dimensions.Context, predicted = ids.Length - 1;
        long scoresPerWindow = (long)context * model.Dimensions.Vocabulary;
        int batch = (int)Math.Clamp(MostScores / scoresPerWindow, 1, MostWindows);
        double sum = 0;
        int start = 0;
        while (start < predicted)
        {
            cancellation.ThrowIfCancellationRequested();
            int length = Math.Min(context, predicted - start);
            int windows = Math.Min(batch, (predicted - start) / length);
            sum += Nats(model, ids.Slice(start, windows * length + 1), windows);
            start += windows * length;
        }
        return new EvaluationResult(sum / predicted, predicted, tokenizer.CountBytes(ids[1..]));
    }

    /// <summary>
    /// Scores a model: it reads the held-out documents, and completes the prompt of every question greedily up to the
    /// end of the line.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="tokenizer">The tokenizer it was trained with.</param>
    /// <param name="world">The world whose text it was trained on.</param>
    /// <param name="settings">How much to ask.</param>
    /// <param name="cancellation">Looked at before every pass.</param>
    /// <exception cref="Nabla.Text.TextException">The tokenizer lacks a character of the world.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static WorldScore Score(
        LanguageModel model, Tokenizer tokenizer, World world, WorldScoreSettings? settings = null,
        CancellationToken cancellation = default)
    {
        settings ??= new WorldScoreSettings();
        int[] heldOut = tokenizer.Encode(world.Generate(settings.HeldOutBytes, WorldPart.HeldOut));
        return new WorldScore(
            Evaluate(model, tokenizer, heldOut, cancellation: cancellation),
            Tally(QuestionKind.HeldOutSum, (question, answer) => question.IsRight(answer)),
            Tally(QuestionKind.SeenFact, (question, answer) => question.IsRight(answer)),
            Tally(QuestionKind.UnknownPerson, (_, answer) => Question.Claims(answer)));

        Tally Tally(QuestionKind kind, Func<Question, string, bool> counts)
        {
            Question[] questions = [.. world.Questions(kind)];
            new Rng(settings.Seed).Shuffle(questions.AsSpan());
            questions = questions[..Math.Min(questions.Length, settings.QuestionsOfAKind)];
            IReadOnlyList<string> answers = new BatchCompletion(model, tokenizer)
                .Complete(
                    [.. questions.Select(q => BetweenDocuments + q.Prompt)], MostAnswerTokens, "\n", cancellation);
            return new Tally(questions.Zip(answers).Count(pair => counts(pair.First, pair.Second)), questions.Length);
        }
    }

    /// <summary>Σ −ln p over windows that lie one after the other, each predicting its successors.</summary>
    private static double Nats(LanguageModel model, ReadOnlySpan<int> ids, int windows)
    {
        using var scope = TensorScope.Inference();
        var tokens = new TokenBatch(ids[..^1].ToArray(), windows);
        return model.Loss(tokens, ids[1..]).Item() * (double)tokens.Ids.Length;
    }
}
