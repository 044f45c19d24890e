namespace Nabla.Language.Sampling;

/// <summary>
/// Keeps the smallest set of likeliest tokens whose probabilities reach p, at least one: nucleus sampling. Holtzman et
/// al. 2020, arXiv:1904.09751.
/// </summary>
public sealed class TopP(float p) : ISamplingStep
{
    private double[] memory = [];
    private ulong[] keys = [];

    /// <inheritdoc/>
    public void Apply(Span<float> scores, ReadOnlySpan<int> context)
    {
        if (keys.Length < scores.Length)
            (memory, keys) = (new double[scores.Length], new ulong[scores.Length]);
        Span<double> probabilities = memory.AsSpan(0, scores.Length);
        Ranking.Softmax(scores, probabilities);
        // V tokens below (1 − p)/V together do not reach 1 − p, so the others reach p: only they need be sorted. Half
        // of it leaves room for rounding.
        double least = (1 - (double)p) / scores.Length / 2;
        double likeliest = 0;
        foreach (double probability in probabilities)
            likeliest = Math.Max(likeliest, probability);
        float leastScore = (float)(Ranking.Max(scores) + Math.Log(least / likeliest));
        ReadOnlySpan<ulong> order = Ranking.Descending(scores, leastScore, keys);
        double sum = 0;
        int kept = 0;
        while (kept < order.Length && sum < p)
            sum += probabilities[Ranking.Id(order[kept++])];
        foreach (ref float score in scores)
            if (score < leastScore)
                score = float.NegativeInfinity;
        foreach (ulong key in order[Math.Max(1, kept)..])
            scores[Ranking.Id(key)] = float.NegativeInfinity;
    }
}
