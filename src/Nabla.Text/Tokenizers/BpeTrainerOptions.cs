namespace Nabla.Text.Tokenizers;

/// <summary>What <see cref="BpeTrainer"/> learns.</summary>
public sealed record BpeTrainerOptions
{
    /// <summary>Tokens to have at the end, the 256 bytes and the special tokens included.</summary>
    public int VocabularySize { get; init; } = 4096;

    /// <summary>A pair that occurs less often than this is not merged; at least 1.</summary>
    public int MinimumCount { get; init; } = 2;

    /// <summary>Marks that get the first ids and are found in text as they are written.</summary>
    public IReadOnlyList<string> SpecialTokens { get; init; } = [AddedToken.EndOfText];
}
