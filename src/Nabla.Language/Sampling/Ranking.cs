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
        ReadOnlySpan<ulong> keys = Descending(scores, least, new ulong[scores.Length]);
        var ids = new int[keys.Length];
        for (int i = 0; i < ids.Length; i++)
            ids[i] = Id(keys[i]);
        return ids;
    }

    /// <summary>
    /// The same order as keys, whose <see cref="Id"/> is the token, in memory of V numbers that the caller has.
    /// </summary>
    internal static ReadOnlySpan<ulong> Descending(ReadOnlySpan<float> scores, float least, Span<ulong> memory)
    {
        // A key is the score in a form that orders as a whole number does, and the id: one fast sort of plain numbers.
        int count = 0;
        for (int id = 0; id < scores.Length; id++)
            if (scores[id] >= least)
                memory[count++] = (ulong)~Ascending(scores[id]) << 32 | (uint)id;
        Span<ulong> keys = memory[..count];
        keys.Sort();
        return keys;
    }

    /// <summary>The token of a key.</summary>
    internal static int Id(ulong key) => (int)(uint)key;

    /// <summary>The score that k scores reach, among them itself.</summary>
    /// <param name="scores">Scores, k or more.</param>
    /// <param name="k">1 or more.</param>
    public static float Highest(ReadOnlySpan<float> scores, int k) => Highest(scores, k, new(k));

    /// <summary>The same with a queue that the caller has.</summary>
    internal static float Highest(ReadOnlySpan<float> scores, int k, PriorityQueue<float, float> highest)
    {
        highest.Clear();
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
        var probabilities = new double[scores.Length];
        Softmax(scores, probabilities);
        return probabilities;
    }

    /// <summary>The same into memory that the caller has.</summary>
    internal static void Softmax(ReadOnlySpan<float> scores, Span<double> probabilities)
    {
        float max = Max(scores);
        double sum = 0;
        for (int i = 0; i < scores.Length; i++)
            sum += probabilities[i] = Math.Exp(scores[i] - (double)max);
        for (int i = 0; i < scores.Length; i++)
            probabilities[i] /= sum;
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
