namespace Nabla.Language.Sampling;

/// <summary>Keeps tokens at least p times as likely as the likeliest. Nguyen et al. 2024, arXiv:2407.01082.</summary>
public sealed class MinP(float p) : ISamplingStep
{
    /// <inheritdoc/>
    public void Apply(Span<float> scores, ReadOnlySpan<int> context)
    {
        // p(i) ≥ p·p(max) in log space: z_i ≥ z_max + log p.
        float threshold = Ranking.Max(scores) + MathF.Log(p);
        foreach (ref float score in scores)
            if (score < threshold)
                score = float.NegativeInfinity;
    }
}
