namespace Nabla.Language.Models;

/// <summary>
/// Reads one more token of each sequence, as <see cref="LanguageModel.NextLogits"/> with a cache does, but on plain
/// numbers in memory that is allocated once: nothing is recorded, and a token allocates nothing.
/// </summary>
public interface ITokenDecoder
{
    /// <summary>Appends the tokens to the cache and writes the scores of the ones after them.</summary>
    /// <param name="ids">One id for each sequence, [B].</param>
    /// <param name="scores">Scores for the next token, [B, V].</param>
    /// <exception cref="ArgumentException">The cache is full, or an id is not in the vocabulary.</exception>
    void Read(ReadOnlySpan<int> ids, Span<float> scores);
}
