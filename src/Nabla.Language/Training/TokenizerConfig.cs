using Nabla.Text.Tokenizers;

namespace Nabla.Language.Training;

/// <summary>The kinds of tokenizer that training can make.</summary>
public enum TokenizerKind
{
    /// <summary>One token for each character that occurs.</summary>
    Characters,

    /// <summary>Byte-level byte-pair encoding, trained on the training part.</summary>
    Bpe,
}

/// <summary>The tokenizer part of a recipe.</summary>
public sealed record TokenizerConfig
{
    /// <summary>The kind.</summary>
    public TokenizerKind Kind { get; init; } = TokenizerKind.Characters;

    /// <summary>Number of tokens of a byte-pair encoding, 257 or more.</summary>
    public int Vocabulary { get; init; } = 1024;

    /// <summary>
    /// A tokenizer for this text. Its characters are those of both parts, so that both can be read; byte pairs are
    /// learned from the training part only.
    /// </summary>
    public Tokenizer Create(TrainingText text, CancellationToken cancellation) => Kind switch
    {
        TokenizerKind.Characters => CharTokenizer.Train(text.Training + text.Validation),
        _ => BpeTrainer.Train(text.Training, new BpeTrainerOptions { VocabularySize = Vocabulary }, cancellation),
    };

    internal void Validate() =>
        TrainingConfig.Require(Vocabulary >= 257, "tokenizer.vocabulary", Vocabulary,
            "257 or more: 256 bytes and the end of text");
}
