namespace Nabla.Language.Sampling;

/// <summary>Orders and normalises scores.</summary>
public static class Ranking
{
    /// <summary>Ids from the highest score to the lowest; equal scores in the order of their ids.</summary>
    public static int[] Descending(ReadOnlySpan<float> scores)
    {
        var ids = new int[scores.Length];
        var keys = new (float Negative, int Id)[scores.Length];
        for (int i = 0; i < ids.Length; i++)
            (ids[i], keys[i]) = (i, (-scores[i], i));
        Array.Sort(keys, ids);
        return ids;
    }

    /// <summary>softmax(scores) in double, with the largest subtracted first.</summary>
    public static double[] Softmax(ReadOnlySpan<float> scores)
    {
        float max = Max(scores);
        var probabilities = new double[scores.Length];
        double sum = 0;
        for (int i = 0; i < scores.Length; i++)
            sum += probabilities[i] = Math.Exp(scores[i] - (double)max);
        for (int i = 0; i < scores.Length; i++)
            probabilities[i] /= sum;
        return probabilities;
    }

    /// <summary>The highest score.</summary>
    /// <exception cref="ArithmeticException">All scores are −∞ or one is NaN: the model has diverged.</exception>
    public static float Max(ReadOnlySpan<float> scores)
    {
        float max = float.NegativeInfinity;
        foreach (float score in scores)
            max = MathF.Max(max, score);
        return float.IsFinite(max)
            ? max
            : throw new ArithmeticException($"Sampling: the highest score is {max}; the model's weights are not usable numbers. Train again with a lower rate.");
    }
}
