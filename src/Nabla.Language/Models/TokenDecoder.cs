namespace Nabla.Language.Models;

/// <summary>
/// Reads one more token of each sequence, as <see cref="LanguageModel.NextLogits"/> with a cache does, but on plain
/// numbers in memory that is allocated once: nothing is recorded, and a token allocates nothing.
/// </summary>
public abstract class TokenDecoder
{
    private readonly KeyValueCache cache;
    private readonly ModelDimensions sizes;

    /// <summary>A decoder that appends to this cache.</summary>
    /// <exception cref="ArgumentException">The cache is of a model of other sizes.</exception>
    protected TokenDecoder(KeyValueCache cache, ModelDimensions sizes)
    {
        (int, int, int) has = (cache.Layers, cache.Heads, cache.HeadDim);
        (int, int, int) needed = (sizes.Layers, sizes.KeyValueHeads, sizes.HeadDim);
        if (has != needed)
            throw new ArgumentException(
                $"TokenDecoder: the cache has {has} layers, heads and numbers in a head, and the model {needed}. " +
                "Make it with the model's NewCache.", nameof(cache));
        (this.cache, this.sizes) = (cache, sizes);
    }

    /// <summary>B, the number of sequences.</summary>
    protected int Batch => cache.Batch;

    /// <summary>The position of the tokens at hand, from 0.</summary>
    protected int Position => cache.Length;

    /// <summary>Appends the tokens to the cache and writes the scores of the ones after them.</summary>
    /// <param name="ids">One id for each sequence, [B].</param>
    /// <param name="scores">Scores for the next token, [B, V].</param>
    /// <exception cref="ArgumentException">
    /// The lengths do not fit the cache's B, an id is not in the vocabulary, or the cache or the context is full. The
    /// cache is as before.
    /// </exception>
    public void Read(ReadOnlySpan<int> ids, Span<float> scores)
    {
        if (ids.Length != cache.Batch)
            throw new ArgumentException(
                $"TokenDecoder: {ids.Length} ids for the {cache.Batch} sequences of the cache; give one for each.",
                nameof(ids));
        if (scores.Length != (long)cache.Batch * sizes.Vocabulary)
            throw new ArgumentException(
                $"TokenDecoder: room for {scores.Length} scores; {cache.Batch} sequences with a vocabulary of " +
                $"{sizes.Vocabulary} need {(long)cache.Batch * sizes.Vocabulary}.", nameof(scores));
        foreach (int id in ids)
            if ((uint)id >= (uint)sizes.Vocabulary)
                throw new ArgumentException(
                    $"TokenDecoder: id {id} is not in 0 … {sizes.Vocabulary - 1}, the vocabulary.", nameof(ids));
        int most = Math.Min(cache.Capacity, sizes.Context);
        if (cache.Length >= most)
            throw new ArgumentException(
                $"TokenDecoder: all {most} positions are taken. Truncate the cache and read the last tokens again.");
        Append(ids, scores);
    }

    /// <summary>What <see cref="Read"/> does, with ids, lengths and room that are right.</summary>
    protected abstract void Append(ReadOnlySpan<int> ids, Span<float> scores);
}
