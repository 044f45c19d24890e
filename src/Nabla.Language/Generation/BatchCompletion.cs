using System.Text;
using Nabla.Language.Models;
using Nabla.Language.Sampling;
using Nabla.Text.Tokenizers;

namespace Nabla.Language.Generation;

/// <summary>
/// Completes many prompts greedily, many at a time: what a score needs. Prompts with equally many tokens share a pass,
/// so that no padding is needed and each gets what it would get alone.
/// </summary>
/// <param name="model">The model.</param>
/// <param name="tokenizer">The tokenizer it was trained with.</param>
public sealed class BatchCompletion(LanguageModel model, Tokenizer tokenizer)
{
    /// <summary>Prompts in a pass, 1 or more.</summary>
    public int Batch { get; init; } = 64;

    /// <summary>The likeliest continuation of every prompt, in the order of the prompts.</summary>
    /// <param name="prompts">What comes before each.</param>
    /// <param name="maxTokens">The most tokens to write for each.</param>
    /// <param name="stop">A text that ends a continuation and is not part of it.</param>
    /// <param name="cancellation">Looked at before every token.</param>
    /// <exception cref="Nabla.Text.TextException">A prompt has a character that the vocabulary lacks.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public IReadOnlyList<string> Complete(
        IReadOnlyList<string> prompts, int maxTokens, string stop, CancellationToken cancellation = default)
    {
        var completions = new string[prompts.Count];
        int[][] ids = [.. prompts.Select(prompt => TextGenerator.Prompt(tokenizer, prompt))];
        foreach (int[] rows in Enumerable.Range(0, ids.Length).GroupBy(i => ids[i].Length)
            .SelectMany(group => group.Chunk(Batch)))
        {
            Continuation[] texts = [.. rows.Select(_ => new Continuation(tokenizer, stop))];
            Complete(texts, [.. rows.SelectMany(row => ids[row])], maxTokens, cancellation);
            foreach ((int i, Continuation text) in texts.Index())
                completions[rows[i]] = text.Finish();
        }
        return completions;
    }

    private void Complete(Continuation[] texts, int[] prompts, int maxTokens, CancellationToken cancellation)
    {
        var reader = new TokenReader(model, texts.Length, prompts.Length / texts.Length + maxTokens);
        int[] unread = prompts, next = new int[texts.Length];
        for (int written = 0; written < maxTokens && !Array.TrueForAll(texts, text => text.Ended); written++)
        {
            cancellation.ThrowIfCancellationRequested();
            reader.Read(unread);
            unread = next;
            for (int row = 0; row < texts.Length; row++)
            {
                ReadOnlySpan<float> scores = reader.Scores(row)[..tokenizer.VocabularySize];
                unread[row] = scores.IndexOf(Ranking.Max(scores));
                texts[row].Add(unread[row]);
            }
        }
    }

    private sealed class Continuation(Tokenizer tokenizer, string stop)
    {
        private readonly StreamingDecoder decoder = tokenizer.Stream();
        private readonly StopStrings stops = new([stop]);
        private readonly StringBuilder text = new();

        public bool Ended { get; private set; }

        public void Add(int id)
        {
            if (!Ended && id != tokenizer.EndOfText)
                text.Append(stops.Add(decoder.Add(id)));
            Ended |= stops.Stopped || id == tokenizer.EndOfText;
        }

        public string Finish() => text.Append(stops.Add(decoder.Flush())).Append(stops.Flush()).ToString();
    }
}
