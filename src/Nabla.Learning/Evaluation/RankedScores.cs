namespace Nabla.Learning.Evaluation;

/// <summary>Examples by falling score: how many of each kind are at or above each threshold.</summary>
internal sealed record RankedScores(IReadOnlyList<RankedScores.Step> Steps, int Positives, int Negatives)
{
    public static RankedScores Of(ReadOnlySpan<int> truth, ReadOnlySpan<double> scores, string owner)
    {
        if (truth.Length != scores.Length)
            throw new ArgumentException(
                $"{owner}: {truth.Length} truths and {scores.Length} scores; expected as many.");
        for (int i = 0; i < truth.Length; i++)
            if (truth[i] is not (0 or 1) || double.IsNaN(scores[i]))
                throw new ArgumentException(
                    $"{owner}: example {i} has the truth {truth[i]} and the score {scores[i]}; expected 0 or "
                    + "1, and a number.");
        double[] falling = Array.ConvertAll(scores.ToArray(), score => -score);
        int[] order = truth.ToArray();
        Array.Sort(falling, order);
        var steps = new List<Step>();
        int right = 0, wrong = 0;
        for (int i = 0; i < order.Length; i++)
        {
            right += order[i];
            wrong += 1 - order[i];
            if (i + 1 == order.Length || falling[i + 1] != falling[i])
                steps.Add(new Step(-falling[i], right, wrong));
        }
        return new RankedScores(steps, right, wrong);
    }

    public readonly record struct Step(double Threshold, int TruePositives, int FalsePositives);
}
