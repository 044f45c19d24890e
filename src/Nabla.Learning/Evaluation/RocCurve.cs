namespace Nabla.Learning.Evaluation;

/// <summary>
/// The receiver operating characteristic of scores for two classes: as the threshold falls, the share of the negatives
/// (x) and of the positives (y) that are at or above it.
/// </summary>
/// <example><code>
/// RocCurve curve = RocCurve.Of([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]);
/// curve.Area;              // = 0.75
/// (1 + 1 + 1 + 0) / 4.0;   // = 0.75
/// </code></example>
/// <param name="FalsePositives">x, from 0 to 1.</param>
/// <param name="TruePositives">y, from 0 to 1.</param>
/// <param name="Thresholds">The threshold of each point but the first, falling.</param>
public sealed record RocCurve(
    IReadOnlyList<double> FalsePositives, IReadOnlyList<double> TruePositives, IReadOnlyList<double> Thresholds)
{
    /// <summary>
    /// The area under the curve: the probability that a positive example has a higher score than a negative one, ties
    /// counting half (Hanley and McNeil 1982).
    /// </summary>
    public double Area
    {
        get
        {
            double area = 0;
            for (int i = 1; i < FalsePositives.Count; i++)
                area += (FalsePositives[i] - FalsePositives[i - 1]) * (TruePositives[i] + TruePositives[i - 1]) / 2;
            return area;
        }
    }

    /// <summary>The curve of these examples.</summary>
    /// <param name="truth">1 for positive examples, 0 for negative ones; there must be some of both.</param>
    /// <param name="scores">How positive each seems.</param>
    /// <exception cref="ArgumentException">
    /// The lengths differ, a truth is neither 0 nor 1, a score is no number, or one kind is missing.
    /// </exception>
    public static RocCurve Of(ReadOnlySpan<int> truth, ReadOnlySpan<double> scores)
    {
        RankedScores ranked = RankedScores.Of(truth, scores, nameof(RocCurve));
        if (ranked.Positives == 0 || ranked.Negatives == 0)
            throw new ArgumentException(
                $"RocCurve: {ranked.Positives} positive and {ranked.Negatives} negative examples; "
                + "expected some of both.");
        return new RocCurve(
            [0, .. ranked.Steps.Select(step => (double)step.FalsePositives / ranked.Negatives)],
            [0, .. ranked.Steps.Select(step => (double)step.TruePositives / ranked.Positives)],
            [.. ranked.Steps.Select(step => step.Threshold)]);
    }
}
