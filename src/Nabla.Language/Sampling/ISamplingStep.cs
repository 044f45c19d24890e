namespace Nabla.Language.Sampling;

/// <summary>
/// A step between the model's scores and the draw: it changes scores, or sets them to −∞ so that a token cannot be
/// chosen. One step, one file.
/// </summary>
public interface ISamplingStep
{
    /// <summary>Changes the scores in place.</summary>
    /// <param name="scores">Unnormalised log-probabilities, [V].</param>
    /// <param name="context">The tokens so far, for steps that look back.</param>
    void Apply(Span<float> scores, ReadOnlySpan<int> context);
}
