using Nabla.Language.Models;
using Nabla.Tensors;

namespace Nabla.Language.Generation;

/// <summary>
/// Feeds tokens to a model and gives its scores for the next ones: B sequences of equal length, each read once thanks
/// to the KV cache. A text longer than the context keeps its last part: of what is read at first as much as the context
/// holds; when the context is full later, its last half, which is read again, so that this happens only every half
/// context.
/// </summary>
public sealed class TokenReader
{
    private const int LongestReserved = 1 << 14;

    private readonly LanguageModel model;
    private readonly KeyValueCache cache;
    private readonly List<int>[] tokens;
    private readonly float[] scores;
    private readonly TokenDecoder? decoder;

    /// <summary>Has read nothing yet.</summary>
    /// <param name="model">The model.</param>
    /// <param name="batch">B, the number of sequences.</param>
    /// <param name="length">The most tokens that will be read, if that is known: a smaller cache suffices then.</param>
    public TokenReader(LanguageModel model, int batch = 1, int length = int.MaxValue)
    {
        this.model = model;
        cache = model.NewCache(batch, Math.Clamp(length, 1, model.Dimensions.Context));
        tokens = [.. Enumerable.Range(0, batch).Select(_ => new List<int>(Math.Clamp(length, 1, LongestReserved)))];
        scores = new float[batch * model.Dimensions.Vocabulary];
        decoder = model.NewDecoder(cache);
    }

    /// <summary>All tokens of a sequence so far, those that no longer fit the context among them.</summary>
    public ReadOnlySpan<int> Tokens(int row) => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(tokens[row]);

    /// <summary>
    /// Scores for the token after the last, [V], which the caller may change; valid until the next reading.
    /// </summary>
    public Span<float> Scores(int row) =>
        scores.AsSpan(row * model.Dimensions.Vocabulary, model.Dimensions.Vocabulary);

    /// <summary>Reads the next tokens of every sequence, [B, t].</summary>
    /// <exception cref="ArgumentException">
    /// There are none, not equally many for each, or an id is not in the vocabulary.
    /// </exception>
    public void Read(ReadOnlySpan<int> ids)
    {
        int added = ids.Length / tokens.Length;
        if (added == 0 || ids.Length % tokens.Length != 0)
            throw new ArgumentException(
                $"TokenReader: {ids.Length} tokens for {tokens.Length} sequences; give each one or more, " +
                "equally many.");
        for (int row = 0; row < tokens.Length; row++)
            tokens[row].AddRange(ids.Slice(row * added, added));

        int unread = added;
        if (cache.Length + added > cache.Capacity)
        {
            unread = Math.Min(tokens[0].Count, cache.Length == 0 ? cache.Capacity : Math.Max(1, cache.Capacity / 2));
            cache.Truncate(0);
        }
        if (added == 1 && unread == 1 && decoder is not null)
        {
            decoder.Read(ids, scores);
            return;
        }
        using var scope = TensorScope.Inference();
        model.NextLogits(LastTokens(unread), cache).CopyTo(scores);
    }

    private TokenBatch LastTokens(int count)
    {
        var last = new int[tokens.Length * count];
        for (int row = 0; row < tokens.Length; row++)
            Tokens(row)[^count..].CopyTo(last.AsSpan(row * count));
        return new TokenBatch(last, tokens.Length);
    }
}
