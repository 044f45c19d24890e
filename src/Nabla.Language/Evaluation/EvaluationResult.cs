namespace Nabla.Language.Evaluation;

/// <summary>How well a text was predicted.</summary>
/// <param name="LossNatsPerToken">H = −1/N·Σ ln p(x_i | x_1 … x_(i−1)), the mean cross-entropy.</param>
/// <param name="Tokens">N, the tokens that were predicted.</param>
/// <param name="Bytes">The UTF-8 bytes of text they stand for; special tokens have none.</param>
public sealed record EvaluationResult(double LossNatsPerToken, long Tokens, long Bytes)
{
    /// <summary>e^H: as unsure as a fair choice among this many tokens.</summary>
    public double Perplexity => Math.Exp(LossNatsPerToken);

    /// <summary>H·N/bytes: comparable between tokenizers.</summary>
    public double NatsPerByte => Bytes == 0 ? 0 : LossNatsPerToken * Tokens / Bytes;

    /// <summary>H·N/(bytes·ln 2): what a perfect compressor that uses this model would need for each byte.</summary>
    public double BitsPerByte => NatsPerByte / Math.Log(2);
}
