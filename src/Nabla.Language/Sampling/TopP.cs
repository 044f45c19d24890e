namespace Nabla.Language.Sampling;

/// <summary>
/// Keeps the smallest set of likeliest tokens whose probabilities reach p, at least one: nucleus sampling. Holtzman et al.
/// 2020, arXiv:1904.09751.
/// </summary>
public sealed class TopP(float p) : ISamplingStep
{
    /// <inheritdoc/>
    public void Apply(Span<float> scores, ReadOnlySpan<int> context)
    {
        double[] probabilities = Ranking.Softmax(scores);
        int[] order = Ranking.Descending(scores);
        double sum = 0;
        int kept = 0;
        while (kept < order.Length && sum < p)
            sum += probabilities[order[kept++]];
        foreach (int id in order.AsSpan(Math.Max(1, kept)))
            scores[id] = float.NegativeInfinity;
    }
}
