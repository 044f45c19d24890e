using Nabla.Tensors;

namespace Nabla.Learning.Evaluation;

/// <summary>
/// How often each class was taken for each: entry [t, p] counts the examples of class t that were said to be p.
/// </summary>
/// <example><code>
/// ConfusionMatrix m = ConfusionMatrix.Of([0, 0, 1, 1, 1], [0, 1, 1, 1, 0], 2);
/// m.Accuracy;                                 // = 0.6
/// m.Precision(1);                             // = 0.6667
/// m.Recall(1);                                // = 0.6667
/// m.F1(0);                                    // = 0.5
/// 2 * 0.5 * 0.5 / (0.5 + 0.5);                // = 0.5
/// </code></example>
public sealed class ConfusionMatrix
{
    private readonly long[,] counts;

    private ConfusionMatrix(long[,] counts) => this.counts = counts;

    /// <summary>Number of classes, K.</summary>
    public int Classes => counts.GetLength(0);

    /// <summary>Number of examples.</summary>
    public long Count => Sum((truth, predicted) => true);

    /// <summary>Examples of class <paramref name="truth"/> that were said to be <paramref name="predicted"/>.</summary>
    public long this[int truth, int predicted] => counts[truth, predicted];

    /// <summary>The share of the examples that were right.</summary>
    public double Accuracy => Share(Sum((t, p) => t == p), Count);

    /// <summary>The mean recall of the classes that occur: accuracy where every class counts the same.</summary>
    public double BalancedAccuracy => Enumerable.Range(0, Classes).Where(c => Support(c) > 0).Select(Recall)
        .DefaultIfEmpty(double.NaN).Average();

    /// <summary>
    /// Cohen's κ = (a − e)/(1 − e), a the accuracy and e what chance would reach with the same totals. Cohen 1960.
    /// </summary>
    public double Kappa
    {
        get
        {
            double all = Count;
            double chance = Enumerable.Range(0, Classes).Sum(c => Support(c) / all * (Predicted(c) / all));
            return (Accuracy - chance) / (1 - chance);
        }
    }

    /// <summary>
    /// Matthews' correlation of truth and prediction, from −1 to 1, for any number of classes (Gorodkin 2004); 0 where
    /// one of them does not vary.
    /// </summary>
    public double Matthews
    {
        get
        {
            double all = Count, right = Sum((t, p) => t == p);
            double both = 0, truths = 0, guesses = 0;
            for (int c = 0; c < Classes; c++)
            {
                both += (double)Support(c) * Predicted(c);
                truths += (double)Support(c) * Support(c);
                guesses += (double)Predicted(c) * Predicted(c);
            }
            double spread = Math.Sqrt((all * all - guesses) * (all * all - truths));
            return spread == 0 ? 0 : (right * all - both) / spread;
        }
    }

    /// <summary>The mean of the classes' precision, recall and F1.</summary>
    public ClassScores Macro => Averaged(_ => 1.0 / Classes);

    /// <summary>The same with each class counting as often as it occurs.</summary>
    public ClassScores Weighted => Averaged(c => Share(Support(c), Count));

    /// <summary>The matrix of these examples.</summary>
    /// <param name="truth">The class of each, 0 to K − 1.</param>
    /// <param name="predicted">The class that each was said to be.</param>
    /// <param name="classes">K.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a class is none of them.</exception>
    public static ConfusionMatrix Of(ReadOnlySpan<int> truth, ReadOnlySpan<int> predicted, int classes)
    {
        Require.Positive(classes, nameof(ConfusionMatrix));
        if (truth.Length != predicted.Length)
            throw new ArgumentException(
                $"ConfusionMatrix: {truth.Length} true classes and {predicted.Length} predicted; expected as many.");
        var counts = new long[classes, classes];
        for (int i = 0; i < truth.Length; i++)
        {
            if ((uint)truth[i] >= (uint)classes || (uint)predicted[i] >= (uint)classes)
                throw new ArgumentException($"ConfusionMatrix: example {i} is of class {truth[i]} and predicted "
                    + $"{predicted[i]}; expected 0 to {classes - 1}.");
            counts[truth[i], predicted[i]]++;
        }
        return new ConfusionMatrix(counts);
    }

    /// <summary>Examples of a class.</summary>
    public long Support(int c) => Sum((truth, _) => truth == c);

    /// <summary>Examples that were said to be of a class.</summary>
    public long Predicted(int c) => Sum((_, predicted) => predicted == c);

    /// <summary>The share of those said to be c that are; 0 if none was.</summary>
    public double Precision(int c) => Share(counts[c, c], Predicted(c));

    /// <summary>The share of those that are c that were said to be; 0 if none is.</summary>
    public double Recall(int c) => Share(counts[c, c], Support(c));

    /// <summary>The harmonic mean of both, 2·TP/(2·TP + FP + FN); 0 if there is none.</summary>
    public double F1(int c) => Share(2 * counts[c, c], Support(c) + Predicted(c));

    /// <summary>Precision, recall and F1 of a class.</summary>
    public ClassScores Scores(int c) => new(Precision(c), Recall(c), F1(c));

    /// <summary>The matrix as a tensor [K, K]; its rows are the true classes.</summary>
    public Tensor ToTensor() => new([.. counts.Cast<long>().Select(count => (float)count)], [Classes, Classes]);

    private ClassScores Averaged(Func<int, double> weight)
    {
        var mean = new ClassScores(0, 0, 0);
        for (int c = 0; c < Classes; c++)
            mean = new(mean.Precision + weight(c) * Precision(c), mean.Recall + weight(c) * Recall(c),
                mean.F1 + weight(c) * F1(c));
        return mean;
    }

    private long Sum(Func<int, int, bool> where)
    {
        long sum = 0;
        for (int t = 0; t < Classes; t++)
            for (int p = 0; p < Classes; p++)
                sum += where(t, p) ? counts[t, p] : 0;
        return sum;
    }

    private static double Share(double part, double whole) => whole == 0 ? 0 : part / whole;
}

/// <summary>How well a class is told, each from 0 to 1.</summary>
/// <param name="Precision">The share of those said to be of the class that are.</param>
/// <param name="Recall">The share of the class that was found.</param>
/// <param name="F1">The harmonic mean of both.</param>
public sealed record ClassScores(double Precision, double Recall, double F1);
