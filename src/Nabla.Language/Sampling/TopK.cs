namespace Nabla.Language.Sampling;

/// <summary>
/// Keeps the k highest scores; among equal scores at the border the lower ids stay. Fan et al. 2018, arXiv:1805.04833.
/// </summary>
public sealed class TopK(int k) : ISamplingStep
{
    private readonly PriorityQueue<float, float> highest = new();
    private ulong[] keys = [];

    /// <inheritdoc/>
    public void Apply(Span<float> scores, ReadOnlySpan<int> context)
    {
        if (k >= scores.Length)
            return;
        if (keys.Length < scores.Length)
            keys = new ulong[scores.Length];
        float least = Ranking.Highest(scores, k, highest);
        ReadOnlySpan<ulong> order = Ranking.Descending(scores, least, keys);
        foreach (ref float score in scores)
            if (score < least)
                score = float.NegativeInfinity;
        foreach (ulong key in order[k..])
            scores[Ranking.Id(key)] = float.NegativeInfinity;
    }
}
