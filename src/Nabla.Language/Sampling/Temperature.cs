namespace Nabla.Language.Sampling;

/// <summary>Divides the scores by τ: softmax(z/τ) is sharper for τ below 1, flatter above.</summary>
public sealed class Temperature(float temperature) : ISamplingStep
{
    /// <inheritdoc/>
    public void Apply(Span<float> scores, ReadOnlySpan<int> context)
    {
        foreach (ref float score in scores)
            score /= temperature;
    }
}
