using Nabla.Tensors;
using Nabla.Tensors.Ops;

namespace Nabla.Learning.Evaluation;

/// <summary>Numbers that say how good predicted classes are; see <see cref="ConfusionMatrix"/> for more.</summary>
public static class ClassificationMetrics
{
    /// <summary>The share of the examples that were right.</summary>
    /// <example><code>
    /// ClassificationMetrics.Accuracy([0, 1, 2, 1], [0, 1, 1, 1]);      // = 0.75
    /// </code></example>
    /// <exception cref="ArgumentException">The lengths differ, or there is no example.</exception>
    public static double Accuracy(ReadOnlySpan<int> truth, ReadOnlySpan<int> predicted)
    {
        if (truth.Length != predicted.Length || truth.Length == 0)
            throw new ArgumentException($"Accuracy: {truth.Length} true classes and {predicted.Length} predicted; "
                + "expected as many, one or more.");
        int right = 0;
        for (int i = 0; i < truth.Length; i++)
            right += truth[i] == predicted[i] ? 1 : 0;
        return (double)right / truth.Length;
    }

    /// <summary>The class with the highest score in each row of [N, K], the first of equals.</summary>
    /// <example><code>
    /// ClassificationMetrics.Predicted(new Tensor([1f, 3, 2, 5, 0, 5], [2, 3]));      // = [1, 0]
    /// </code></example>
    /// <exception cref="ArgumentException">The scores are no matrix, or have no columns.</exception>
    public static int[] Predicted(Tensor scores)
    {
        Sizes(scores, nameof(Predicted));
        return scores.ArgMax(1);
    }

    /// <summary>
    /// The share of the examples whose class is among the k with the highest scores; of equal scores that of the class
    /// itself counts as the lowest.
    /// </summary>
    /// <example><code>
    /// ClassificationMetrics.TopK(new Tensor([1f, 3, 2, 5, 0, 4], [2, 3]), [2, 1], 2);      // = 0.5
    /// </code></example>
    /// <exception cref="ArgumentException">The labels do not fit the scores [N, K], or there is no example.</exception>
    /// <exception cref="ArgumentOutOfRangeException">k is not positive.</exception>
    public static double TopK(Tensor scores, ReadOnlySpan<int> truth, int k)
    {
        Require.Positive(k, nameof(TopK));
        int classes = Check(scores, truth, nameof(TopK));
        float[] values = scores.ToArray();
        int found = 0;
        for (int i = 0; i < truth.Length; i++)
        {
            ReadOnlySpan<float> row = values.AsSpan(i * classes, classes);
            int notLower = 0;
            foreach (float score in row)
                notLower += score >= row[truth[i]] ? 1 : 0; // itself included
            found += notLower <= k ? 1 : 0;
        }
        return (double)found / truth.Length;
    }

    /// <summary>
    /// −(1/N)·Σ ln p(true class), from probabilities [N, K] whose rows are divided by their sums; each at least 1e-7.
    /// </summary>
    /// <example><code>
    /// ClassificationMetrics.LogLoss(new Tensor([0.9f, 0.1f, 0.4f, 0.6f], [2, 2]), [0, 0]);      // = 0.5108
    /// -(Math.Log(0.9) + Math.Log(0.4)) / 2;                                                     // = 0.5108
    /// </code></example>
    /// <exception cref="ArgumentException">
    /// The labels do not fit, there is no example, or a row has a negative number or the sum 0.
    /// </exception>
    public static double LogLoss(Tensor probabilities, ReadOnlySpan<int> truth)
    {
        const double least = 1e-7; // what float32 tells from 0 beside 1
        int classes = Check(probabilities, truth, nameof(LogLoss));
        float[] values = probabilities.ToArray();
        double sum = 0;
        for (int i = 0; i < truth.Length; i++)
        {
            double all = 0;
            for (int c = 0; c < classes; c++)
                all += values[i * classes + c] is >= 0 and var p ? p : double.NaN;
            if (!(all > 0 && double.IsFinite(all)))
                throw new ArgumentException(
                    $"LogLoss: row {i} of the probabilities adds up to {all}; expected numbers of 0 or "
                    + "more, not all 0.");
            sum -= Math.Log(Math.Clamp(values[i * classes + truth[i]] / all, least, 1));
        }
        return sum / truth.Length;
    }

    /// <summary>e to the loss in nats: among how many words it is as unsure as if they were equally likely.</summary>
    /// <example><code>
    /// ClassificationMetrics.Perplexity(3.912023);      // = 50.00
    /// </code></example>
    public static double Perplexity(double nats) => Math.Exp(nats);

    private static (int Rows, int Classes) Sizes(Tensor scores, string owner) => scores.Rank == 2 && scores.Shape[1] > 0
        ? (scores.Shape[0], scores.Shape[1])
        : throw new ArgumentException($"{owner}: scores {scores.Shape} must be [N, K] with one class or more.");

    private static int Check(Tensor scores, ReadOnlySpan<int> truth, string owner)
    {
        (int rows, int classes) = Sizes(scores, owner);
        if (rows != truth.Length || rows == 0)
            throw new ArgumentException(
                $"{owner}: {truth.Length} labels for scores {scores.Shape}; expected as many as rows, one or more.");
        foreach (int label in truth)
            if ((uint)label >= (uint)classes)
                throw new ArgumentException(
                    $"{owner}: label {label} is none of {classes} classes, 0 to {classes - 1}.");
        return classes;
    }
}
