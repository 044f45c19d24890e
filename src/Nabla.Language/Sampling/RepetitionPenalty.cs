namespace Nabla.Language.Sampling;

/// <summary>
/// Tokens that already occurred: positive scores are divided by the penalty, negative ones multiplied. Keskar et al.
/// 2019, arXiv:1909.05858, section 4.1.
/// </summary>
public sealed class RepetitionPenalty(float penalty) : ISamplingStep
{
    private bool[] seen = [];

    /// <inheritdoc/>
    public void Apply(Span<float> scores, ReadOnlySpan<int> context)
    {
        if (seen.Length < scores.Length)
            seen = new bool[scores.Length];
        foreach (int id in context)
        {
            if (!seen[id])
                scores[id] = scores[id] > 0 ? scores[id] / penalty : scores[id] * penalty;
            seen[id] = true;
        }
        foreach (int id in context)
            seen[id] = false;
    }
}
