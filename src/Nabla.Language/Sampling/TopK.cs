namespace Nabla.Language.Sampling;

/// <summary>
/// Keeps the k highest scores; among equal scores at the border the lower ids stay. Fan et al. 2018, arXiv:1805.04833.
/// </summary>
public sealed class TopK(int k) : ISamplingStep
{
    /// <inheritdoc/>
    public void Apply(Span<float> scores, ReadOnlySpan<int> context)
    {
        if (k >= scores.Length)
            return;
        float least = Ranking.Highest(scores, k);
        int[] order = Ranking.Descending(scores, least);
        foreach (ref float score in scores)
            if (score < least)
                score = float.NegativeInfinity;
        foreach (int id in order.AsSpan(k))
            scores[id] = float.NegativeInfinity;
    }
}
