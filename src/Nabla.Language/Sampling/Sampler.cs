using Nabla.Numerics;

namespace Nabla.Language.Sampling;

/// <summary>
/// Draws the next token: repetition penalty, temperature, top-k, top-p and min-p in this order, then one draw from the
/// softmax of what is left. At temperature 0 the highest score wins, the lowest id among equals. It keeps its memory
/// from token to token, so that each text has one of its own.
/// </summary>
public sealed class Sampler
{
    private readonly List<ISamplingStep> steps = [];
    private readonly bool greedy;
    private readonly Rng rng;
    private double[] memory = [];

    /// <summary>A sampler with these settings that draws from <paramref name="rng"/>.</summary>
    public Sampler(SamplingOptions options, Rng rng)
    {
        options.Validated();
        this.rng = rng;
        greedy = options.Temperature == 0;
        if (options.RepetitionPenalty != 1)
            steps.Add(new RepetitionPenalty(options.RepetitionPenalty));
        if (greedy)
            return;
        if (options.Temperature != 1)
            steps.Add(new Temperature(options.Temperature));
        if (options.TopK > 0)
            steps.Add(new TopK(options.TopK));
        if (options.TopP < 1)
            steps.Add(new TopP(options.TopP));
        if (options.MinP > 0)
            steps.Add(new MinP(options.MinP));
    }

    /// <summary>A token id.</summary>
    /// <param name="scores">Unnormalised log-probabilities, [V]; changed.</param>
    /// <param name="context">The tokens so far.</param>
    public int Next(Span<float> scores, ReadOnlySpan<int> context)
    {
        foreach (ISamplingStep step in steps)
            step.Apply(scores, context);
        if (greedy)
            return scores.IndexOf(Ranking.Max(scores));
        if (memory.Length < scores.Length)
            memory = new double[scores.Length];
        Span<double> probabilities = memory.AsSpan(0, scores.Length);
        Ranking.Softmax(scores, probabilities);
        double left = rng.NextDouble();
        int last = 0;
        for (int id = 0; id < probabilities.Length; id++)
        {
            if (probabilities[id] == 0)
                continue;
            last = id;
            left -= probabilities[id];
            if (left < 0)
                break;
        }
        return last;
    }
}
