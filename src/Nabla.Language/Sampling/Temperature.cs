namespace Nabla.Language.Sampling;

/// <summary>Divides the scores by τ: softmax(z/τ) is sharper for τ below 1, flatter above.</summary>
public sealed class Temperature(float temperature) : ISamplingStep
{
    /// <inheritdoc/>
    public void Apply(Span<float> scores, ReadOnlySpan<int> context)
    {
        // Measured from the highest score, which stays finite however small τ is; the softmax is the same.
        float max = Ranking.Max(scores);
        foreach (ref float score in scores)
            score = (score - max) / temperature;
    }
}
