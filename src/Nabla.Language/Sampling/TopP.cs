namespace Nabla.Language.Sampling;

/// <summary>
/// Keeps the smallest set of likeliest tokens whose probabilities reach p, at least one: nucleus sampling. Holtzman et
/// al. 2020, arXiv:1904.09751.
/// </summary>
public sealed class TopP(float p) : ISamplingStep
{
    /// <inheritdoc/>
    public void Apply(Span<float> scores, ReadOnlySpan<int> context)
    {
        double[] probabilities = Ranking.Softmax(scores);
        // V tokens below (1 − p)/V together do not reach 1 − p, so the others reach p: only they need be sorted. Half
        // of it leaves room for rounding.
        double least = (1 - (double)p) / scores.Length / 2;
        float max = Ranking.Max(scores), leastScore = (float)(max + Math.Log(least / probabilities.Max()));
        int[] order = Ranking.Descending(scores, leastScore);
        double sum = 0;
        int kept = 0;
        while (kept < order.Length && sum < p)
            sum += probabilities[order[kept++]];
        foreach (ref float score in scores)
            if (score < leastScore)
                score = float.NegativeInfinity;
        foreach (int id in order.AsSpan(Math.Max(1, kept)))
            scores[id] = float.NegativeInfinity;
    }
}
