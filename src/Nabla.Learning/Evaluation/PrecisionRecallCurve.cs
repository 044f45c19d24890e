namespace Nabla.Learning.Evaluation;

/// <summary>
/// Precision and recall of scores for two classes as the threshold falls, beginning with recall 0 and precision 1.
/// </summary>
/// <example><code>
/// PrecisionRecallCurve curve = PrecisionRecallCurve.Of([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]);
/// curve.AveragePrecision;                  // = 0.8333
/// (1 - 0.5) * 2 / 3 + (0.5 - 0) * 1;       // = 0.8333
/// </code></example>
/// <param name="Recall">From 0 to 1.</param>
/// <param name="Precision">At each of them.</param>
/// <param name="Thresholds">The threshold of each point but the first, falling.</param>
public sealed record PrecisionRecallCurve(
    IReadOnlyList<double> Recall, IReadOnlyList<double> Precision, IReadOnlyList<double> Thresholds)
{
    /// <summary>Σ (Rᵢ − Rᵢ₋₁)·Pᵢ: the area as steps, without interpolation.</summary>
    public double AveragePrecision =>
        Enumerable.Range(1, Recall.Count - 1).Sum(i => (Recall[i] - Recall[i - 1]) * Precision[i]);

    /// <summary>The curve of these examples.</summary>
    /// <param name="truth">1 for positive examples, of which there must be some, 0 for negative ones.</param>
    /// <param name="scores">How positive each seems.</param>
    /// <exception cref="ArgumentException">
    /// The lengths differ, a truth is neither 0 nor 1, a score is no number, or none is positive.
    /// </exception>
    public static PrecisionRecallCurve Of(ReadOnlySpan<int> truth, ReadOnlySpan<double> scores)
    {
        RankedScores ranked = RankedScores.Of(truth, scores, nameof(PrecisionRecallCurve));
        if (ranked.Positives == 0)
            throw new ArgumentException("PrecisionRecallCurve: no example is positive; expected one or more.");
        return new PrecisionRecallCurve(
            [0, .. ranked.Steps.Select(step => (double)step.TruePositives / ranked.Positives)],
            [1, .. ranked.Steps.Select(
                step => (double)step.TruePositives / (step.TruePositives + step.FalsePositives))],
            [.. ranked.Steps.Select(step => step.Threshold)]);
    }
}
