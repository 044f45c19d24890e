namespace Nabla.Language.Sampling;

/// <summary>
/// Tokens that already occurred: positive scores are divided by the penalty, negative ones multiplied. Keskar et al.
/// 2019, arXiv:1909.05858, section 4.1.
/// </summary>
public sealed class RepetitionPenalty(float penalty) : ISamplingStep
{
    /// <inheritdoc/>
    public void Apply(Span<float> scores, ReadOnlySpan<int> context)
    {
        var seen = new HashSet<int>(context.Length);
        foreach (int id in context)
            if (seen.Add(id))
                scores[id] = scores[id] > 0 ? scores[id] / penalty : scores[id] * penalty;
    }
}
