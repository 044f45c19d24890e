namespace Nabla.Language.Sampling;

/// <summary>Orders and normalises scores.</summary>
public static class Ranking
{
    /// <summary>
    /// Ids from the highest score to the lowest, equal scores in the order of their ids; only those whose score is at
    /// least
    /// <paramref name="least"/>.
    /// </summary>
    public static int[] Descending(ReadOnlySpan<float> scores, float least = float.NegativeInfinity)
    {
        // A key is the score in a form that orders as a whole number does, and the id: one fast sort of plain numbers.
        var keys = new List<ulong>();
        for (int id = 0; id < scores.Length; id++)
            if (scores[id] >= least)
                keys.Add((ulong)~Ascending(scores[id]) << 32 | (uint)id);
        keys.Sort();
        var ids = new int[keys.Count];
        for (int i = 0; i < ids.Length; i++)
            ids[i] = (int)(uint)keys[i];
        return ids;
    }

    /// <summary>The score that k scores reach, among them itself.</summary>
    /// <param name="scores">Scores, k or more.</param>
    /// <param name="k">1 or more.</param>
    public static float Highest(ReadOnlySpan<float> scores, int k)
    {
        var highest = new PriorityQueue<float, float>(k);
        foreach (float score in scores)
            if (highest.Count < k)
                highest.Enqueue(score, score);
            else if (score > highest.Peek())
                highest.EnqueueDequeue(score, score);
        return highest.Peek();
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
            : throw new ArithmeticException(
                $"Sampling: the highest score is {max}; the model's weights are not usable numbers. " +
                "Train again with a lower rate.");
    }

    /// <summary>IEEE 754 numbers order as whole numbers do once the bits of negative ones are turned around.</summary>
    private static uint Ascending(float score)
    {
        int bits = BitConverter.SingleToInt32Bits(score + 0f); // −0 becomes 0
        return (uint)(bits < 0 ? ~bits : bits ^ int.MinValue);
    }
}
