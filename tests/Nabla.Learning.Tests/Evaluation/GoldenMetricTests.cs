using System.Text.Json;
using Nabla.Learning.Data;
using Nabla.Learning.Evaluation;
using Nabla.Learning.Tests.Goldens;
using Nabla.Tensors;

namespace Nabla.Learning.Tests.Evaluation;

/// <summary>Metrics against scikit-learn's.</summary>
public class GoldenMetricTests
{
    private const double Close = 1e-12, Float = 1e-6;

    private static readonly JsonElement Golden =
        JsonDocument.Parse(File.ReadAllText(GoldenFile.PathOf("metrics.json"))).RootElement;

    public static TheoryData<int> Classes => [.. Enumerable.Range(0, Golden.GetProperty("classes").GetArrayLength())];

    public static TheoryData<int> Binary => [.. Enumerable.Range(0, Golden.GetProperty("binary").GetArrayLength())];

    public static TheoryData<int> Regression =>
        [.. Enumerable.Range(0, Golden.GetProperty("regression").GetArrayLength())];

    [Theory]
    [MemberData(nameof(Classes))]
    public void Classes_are_judged_as_scikit_learn_does(int index)
    {
        JsonElement golden = Golden.GetProperty("classes")[index];
        int kinds = golden.GetProperty("classes").GetInt32();
        int[] truth = golden.GetProperty("truth").Deserialize<int[]>()!;
        int[] predicted = golden.GetProperty("predicted").Deserialize<int[]>()!;
        ConfusionMatrix matrix = ConfusionMatrix.Of(truth, predicted, kinds);
        int[][] counts = golden.GetProperty("confusion").Deserialize<int[][]>()!;
        matrix.ToTensor().ToArray().ShouldBe([.. counts.SelectMany(row => row).Select(count => (float)count)]);
        matrix.Accuracy.ShouldBe(Number(golden, "accuracy"), Close);
        ClassificationMetrics.Accuracy(truth, predicted).ShouldBe(Number(golden, "accuracy"), Close);
        matrix.BalancedAccuracy.ShouldBe(Number(golden, "balanced_accuracy"), Close);
        matrix.Kappa.ShouldBe(Number(golden, "kappa"), Close);
        matrix.Matthews.ShouldBe(Number(golden, "matthews"), Close);
        Report(golden, matrix);
        ClassBalance.Weights(truth, kinds).Where(weight => weight > 0).Select(weight => (double)weight)
            .ShouldBe(Numbers(golden, "class_weights"), Float);
    }

    [Theory]
    [MemberData(nameof(Classes))]
    public void Probabilities_are_judged_as_scikit_learn_does(int index)
    {
        JsonElement golden = Golden.GetProperty("classes")[index];
        double[][] rows = golden.GetProperty("probabilities").Deserialize<double[][]>()!;
        var scores = new Tensor([.. rows.SelectMany(row => row).Select(p => (float)p)], [rows.Length, rows[0].Length]);
        int[] truth = golden.GetProperty("truth").Deserialize<int[]>()!;
        ClassificationMetrics.Predicted(scores).ShouldBe(golden.GetProperty("predicted").Deserialize<int[]>()!);
        ClassificationMetrics.LogLoss(scores, truth).ShouldBe(Number(golden, "log_loss"), Float);
        ClassificationMetrics.TopK(scores, truth, 2).ShouldBe(Number(golden, "top_2"), Close);
        ClassificationMetrics.TopK(scores, truth, rows[0].Length).ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(Binary))]
    public void Curves_are_those_of_scikit_learn(int index)
    {
        JsonElement golden = Golden.GetProperty("binary")[index];
        int[] truth = golden.GetProperty("truth").Deserialize<int[]>()!;
        double[] scores = Numbers(golden, "scores");
        RocCurve roc = RocCurve.Of(truth, scores);
        roc.Area.ShouldBe(Number(golden, "auc"), Close);
        roc.FalsePositives.ShouldBe(Numbers(golden, "false_positive"), Close);
        roc.TruePositives.ShouldBe(Numbers(golden, "true_positive"), Close);
        roc.Thresholds.ShouldBe(Numbers(golden, "thresholds"), Close);
        PrecisionRecallCurve curve = PrecisionRecallCurve.Of(truth, scores);
        curve.AveragePrecision.ShouldBe(Number(golden, "average_precision"), Close);
        // scikit-learn's go from recall 1 to 0.
        curve.Precision.Reverse().ShouldBe(Numbers(golden, "precision"), Close);
        curve.Recall.Reverse().ShouldBe(Numbers(golden, "recall"), Close);
    }

    [Theory]
    [MemberData(nameof(Regression))]
    public void Predicted_numbers_are_judged_as_scikit_learn_does(int index)
    {
        JsonElement golden = Golden.GetProperty("regression")[index];
        RegressionMetrics metrics = RegressionMetrics.Of(Numbers(golden, "truth"), Numbers(golden, "predicted"));
        metrics.R2.ShouldBe(Number(golden, "r2"), Close);
        metrics.MeanSquaredError.ShouldBe(Number(golden, "mean_squared_error"), Close);
        metrics.MeanAbsoluteError.ShouldBe(Number(golden, "mean_absolute_error"), Close);
        metrics.MaxError.ShouldBe(Number(golden, "max_error"), Close);
        metrics.ExplainedVariance.ShouldBe(Number(golden, "explained_variance"), Close);
        metrics.RootMeanSquaredError.ShouldBe(Math.Sqrt(metrics.MeanSquaredError));
    }

    [Fact]
    public void What_cannot_be_judged_is_refused_by_name()
    {
        Should.Throw<ArgumentException>(() => ConfusionMatrix.Of([0], [0, 1], 2)).Message.ShouldContain("1 true");
        Should.Throw<ArgumentException>(() => ConfusionMatrix.Of([0], [2], 2)).Message.ShouldContain("0 to 1");
        Should.Throw<ArgumentException>(() => ClassificationMetrics.Accuracy([], [])).Message
            .ShouldContain("one or more");
        Should.Throw<ArgumentException>(() => RocCurve.Of([1, 1], [1, 2])).Message.ShouldContain("some of both");
        Should.Throw<ArgumentException>(() => RocCurve.Of([1, 0], [1, double.NaN])).Message.ShouldContain("example 1");
        Should.Throw<ArgumentException>(() => PrecisionRecallCurve.Of([0], [1])).Message
            .ShouldContain("no example is positive");
        Should.Throw<ArgumentException>(() => RegressionMetrics.Of([1], [1, 2])).Message.ShouldContain("as many");
        Tensor scores = new([0.5f, -0.5f], [1, 2]);
        Should.Throw<ArgumentException>(() => ClassificationMetrics.LogLoss(scores, [0])).Message
            .ShouldContain("row 0");
        Should.Throw<ArgumentException>(() => ClassificationMetrics.TopK(scores, [2], 1)).Message
            .ShouldContain("label 2");
        Should.Throw<ArgumentException>(() => ClassificationMetrics.TopK(scores, [0, 1], 1)).Message
            .ShouldContain("[1, 2]");
        Should.Throw<ArgumentException>(() => ClassificationMetrics.Predicted(new Tensor([1f]))).Message
            .ShouldContain("[N, K]");
    }

    [Fact]
    public void Where_nothing_varies_the_metrics_are_numbers()
    {
        ConfusionMatrix matrix = ConfusionMatrix.Of([1, 1], [1, 1], 3);
        matrix.Accuracy.ShouldBe(1);
        matrix.Matthews.ShouldBe(0);
        matrix.Precision(0).ShouldBe(0);
        matrix.Recall(2).ShouldBe(0);
        RegressionMetrics.Of([2, 2], [2, 2]).R2.ShouldBe(1);
        RegressionMetrics.Of([2, 2], [2, 3]).R2.ShouldBe(0);
    }

    private static void Report(JsonElement golden, ConfusionMatrix matrix)
    {
        JsonElement report = golden.GetProperty("report");
        ClassScores[] each = [.. Enumerable.Range(0, matrix.Classes).Select(matrix.Scores)];
        double[][] expected = report.GetProperty("each").Deserialize<double[][]>()!;
        each.Select(score => score.Precision).ShouldBe(expected[0], Close);
        each.Select(score => score.Recall).ShouldBe(expected[1], Close);
        each.Select(score => score.F1).ShouldBe(expected[2], Close);
        foreach ((string name, ClassScores scores) in new[] { ("macro", matrix.Macro), ("weighted", matrix.Weighted) })
        {
            double[] average = report.GetProperty(name).Deserialize<double[]>()!;
            scores.Precision.ShouldBe(average[0], Close);
            scores.Recall.ShouldBe(average[1], Close);
            scores.F1.ShouldBe(average[2], Close);
        }
        report.GetProperty("micro").Deserialize<double[]>()!.ShouldAllBe(x => Math.Abs(x - matrix.Accuracy) < Close);
    }

    private static double Number(JsonElement golden, string name) => golden.GetProperty(name).GetDouble();

    private static double[] Numbers(JsonElement golden, string name) =>
        golden.GetProperty(name).Deserialize<double[]>()!;
}
