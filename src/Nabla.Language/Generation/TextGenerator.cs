using System.Text;
using Nabla.Language.Models;
using Nabla.Language.Sampling;
using Nabla.Numerics;
using Nabla.Text.Tokenizers;

namespace Nabla.Language.Generation;

/// <summary>
/// Continues a text token by token: x_(t+1) ~ softmax(scores(x_1 … x_t)), until the end-of-text token, a stop string or
/// the most tokens. May be used by several threads at once.
/// </summary>
/// <example><code>
/// var generator = new TextGenerator(model, tokenizer);
/// foreach (string piece in generator.Stream("Once", new() { MaxTokens = 100 }, new Rng(1)))
///     Console.Write(piece);
/// </code></example>
public sealed class TextGenerator
{
    private readonly LanguageModel model;
    private readonly Tokenizer tokenizer;

    /// <summary>Generates with this model and the tokenizer it was trained with.</summary>
    /// <exception cref="ModelException">The tokenizer has tokens that the model does not know.</exception>
    public TextGenerator(LanguageModel model, Tokenizer tokenizer)
    {
        if (tokenizer.VocabularySize > model.Dimensions.Vocabulary)
            throw new ModelException(
                $"The tokenizer has {tokenizer.VocabularySize} tokens and the model knows " +
                $"{model.Dimensions.Vocabulary}; use the tokenizer it was trained with.");
        (this.model, this.tokenizer) = (model, tokenizer);
    }

    /// <summary>
    /// The continuation as it comes, in pieces of complete characters. A stop string, or text that may still become
    /// one, is never given. Special tokens but the end of text are given as they are written.
    /// </summary>
    /// <param name="prompt">
    /// What comes before; of a text longer than the context the last part is read. An empty one stands for the
    /// beginning of a document: the end-of-text token, or a line feed where the vocabulary has none.
    /// </param>
    /// <param name="options">When to end, and how to choose tokens.</param>
    /// <param name="rng">Chance; the same seed gives the same text.</param>
    /// <param name="tokens">Is told the id of every token that is chosen, before its text is given.</param>
    /// <param name="cancellation">Looked at before every token; the enumeration then throws.</param>
    /// <exception cref="ArgumentException">A setting is out of its range.</exception>
    /// <exception cref="Nabla.Text.TextException">The prompt has a character that the vocabulary lacks.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public IEnumerable<string> Stream(
        string prompt, GenerationOptions options, Rng rng, IProgress<int>? tokens = null,
        CancellationToken cancellation = default)
    {
        var sampler = new Sampler(options.Validated().Sampling, rng);
        return Stream(Prompt(tokenizer, prompt), options, sampler, tokens, cancellation);
    }

    /// <summary>The whole continuation, without the prompt.</summary>
    /// <exception cref="ArgumentException">A setting is out of its range.</exception>
    /// <exception cref="Nabla.Text.TextException">The prompt has a character that the vocabulary lacks.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public string Generate(string prompt, GenerationOptions options, Rng rng, CancellationToken cancellation = default)
    {
        var text = new StringBuilder();
        foreach (string piece in Stream(prompt, options, rng, tokens: null, cancellation))
            text.Append(piece);
        return text.ToString();
    }

    /// <summary>The likeliest tokens after a prompt, likeliest first, at temperature 1.</summary>
    /// <param name="prompt">What comes before, as in <see cref="Stream(string, GenerationOptions, Rng,
    /// IProgress{int}, CancellationToken)"/>.</param>
    /// <param name="top">How many, 1 or more; at most all are given.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="top"/> is below 1.</exception>
    /// <exception cref="Nabla.Text.TextException">The prompt has a character that the vocabulary lacks.</exception>
    public IReadOnlyList<NextToken> Next(string prompt, int top)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(top);
        int[] ids = Prompt(tokenizer, prompt);
        var reader = new TokenReader(model, length: ids.Length);
        reader.Read(ids);
        Span<float> scores = reader.Scores(0)[..tokenizer.VocabularySize];
        double[] probabilities = Ranking.Softmax(scores);
        return
        [
            .. Ranking.Descending(scores).Take(top)
                .Select(id => new NextToken(id, tokenizer.TokenText(id), probabilities[id])),
        ];
    }

    /// <summary>
    /// The ids a model begins with: for an empty prompt the end of a text before, else a line feed, else the first
    /// token.
    /// </summary>
    internal static int[] Prompt(Tokenizer tokenizer, string prompt)
    {
        if (prompt.Length > 0)
            return tokenizer.Encode(prompt);
        if (tokenizer.EndOfText is { } end)
            return [end];
        int lineFeed = Enumerable.Range(0, tokenizer.VocabularySize)
            .FirstOrDefault(id => tokenizer.TokenBytes(id) is [(byte)'\n']);
        return [lineFeed];
    }

    private IEnumerable<string> Stream(
        int[] prompt, GenerationOptions options, Sampler sampler, IProgress<int>? tokens,
        CancellationToken cancellation)
    {
        var reader = new TokenReader(model,
            length: (int)Math.Min(int.MaxValue, (long)prompt.Length + options.MaxTokens));
        var stops = new StopStrings(options.Stop);
        StreamingDecoder decoder = tokenizer.Stream();
        int[] unread = prompt, one = [0];
        for (int written = 0; written < options.MaxTokens && !stops.Stopped; written++)
        {
            cancellation.ThrowIfCancellationRequested();
            reader.Read(unread);
            int next = sampler.Next(reader.Scores(0)[..tokenizer.VocabularySize], reader.Tokens(0));
            tokens?.Report(next);
            if (next == tokenizer.EndOfText)
                break;
            if (stops.Add(decoder.Add(next)) is { Length: > 0 } piece)
                yield return piece;
            one[0] = next;
            unread = one;
        }
        if (stops.Add(decoder.Flush()) + stops.Flush() is { Length: > 0 } rest)
            yield return rest;
    }
}
