using Nabla.Learning.Classification;
using Nabla.Learning.Data;
using Nabla.Learning.Evaluation;
using Nabla.Numerics;
using Nabla.Tensors;
using Nabla.Tensors.Ops;

namespace Nabla.Cli.Classify;

/// <summary>What a classifier says of examples whose classes are known.</summary>
/// <param name="Matrix">Which class was taken for which.</param>
/// <param name="Loss">The mean of −ln p(true class).</param>
/// <param name="TopThree">The share whose class is among the three likeliest.</param>
/// <param name="Mistakes">Wrong answers, the surest first.</param>
internal sealed record ClassifyResult(
    ConfusionMatrix Matrix, double Loss, double TopThree, IReadOnlyList<Mistake> Mistakes)
{
    /// <summary>Half the width of the 95 % interval of the accuracy, by Wilson's score (1927).</summary>
    public double Uncertainty
    {
        get
        {
            const double z = 1.96;
            double n = Matrix.Count, p = Matrix.Accuracy;
            return z / (1 + z * z / n) * Math.Sqrt(p * (1 - p) / n + z * z / (4 * n * n));
        }
    }

    /// <summary>Judges a model by all examples of a data set.</summary>
    public static ClassifyResult Of(
        TrainedClassifier trained, Dataset<Batch> data, CancellationToken cancellation)
    {
        int classes = trained.Config.Classes.Length;
        Tensor probabilities = trained.Scores(data, cancellation).Softmax(-1);
        int[] truth = data.Gather([.. Enumerable.Range(0, data.Count)], new Rng(0)).Labels;
        int[] predicted = ClassificationMetrics.Predicted(probabilities);
        Mistake[] mistakes = [.. Enumerable.Range(0, truth.Length).Where(i => truth[i] != predicted[i])
            .Select(i => new Mistake(i, truth[i], predicted[i], probabilities[i, predicted[i]]))
            .OrderByDescending(mistake => mistake.Probability).ThenBy(mistake => mistake.Example)];
        return new ClassifyResult(
            ConfusionMatrix.Of(truth, predicted, classes), ClassificationMetrics.LogLoss(probabilities, truth),
            ClassificationMetrics.TopK(probabilities, truth, Math.Min(3, classes)), mistakes);
    }
}

/// <summary>A wrong answer.</summary>
/// <param name="Example">Its place in the data.</param>
/// <param name="Truth">The class that it is of.</param>
/// <param name="Predicted">The class that the model takes it for.</param>
/// <param name="Probability">How sure the model is.</param>
internal sealed record Mistake(int Example, int Truth, int Predicted, double Probability);
