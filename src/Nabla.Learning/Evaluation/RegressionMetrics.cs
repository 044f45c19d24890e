namespace Nabla.Learning.Evaluation;

/// <summary>Numbers that say how good predicted numbers are.</summary>
/// <example><code>
/// RegressionMetrics m = RegressionMetrics.Of([3, -0.5, 2, 7], [2.5, 0.0, 2, 8]);
/// m.R2;                                                                           // = 0.9486
/// 1 - (0.25 + 0.25 + 0 + 1) / (0.015625 + 11.390625 + 0.765625 + 17.015625);      // = 0.9486
/// m.MeanAbsoluteError;                                                            // = 0.5
/// </code></example>
/// <param name="MeanSquaredError">(1/N)·Σ(y − ŷ)².</param>
/// <param name="MeanAbsoluteError">(1/N)·Σ|y − ŷ|.</param>
/// <param name="MaxError">The largest |y − ŷ|.</param>
/// <param name="R2">
/// 1 − Σ(y − ŷ)²/Σ(y − ȳ)²: the share of the variance that is explained; 0 for always guessing the mean. Where y does
/// not vary, 1 if all is right and else 0.
/// </param>
/// <param name="ExplainedVariance">1 − Var(y − ŷ)/Var(y): the same where a constant error does not count.</param>
public sealed record RegressionMetrics(
    double MeanSquaredError, double MeanAbsoluteError, double MaxError, double R2, double ExplainedVariance)
{
    /// <summary>√ of the mean squared error, in the units of y.</summary>
    public double RootMeanSquaredError => Math.Sqrt(MeanSquaredError);

    /// <summary>The metrics of these predictions.</summary>
    /// <exception cref="ArgumentException">The lengths differ, or there is no example.</exception>
    public static RegressionMetrics Of(ReadOnlySpan<double> truth, ReadOnlySpan<double> predicted)
    {
        if (truth.Length != predicted.Length || truth.Length == 0)
            throw new ArgumentException(
                $"RegressionMetrics: {truth.Length} true and {predicted.Length} predicted numbers; "
                + "expected as many, one or more.");
        var errors = new double[truth.Length];
        for (int i = 0; i < errors.Length; i++)
            errors[i] = truth[i] - predicted[i];
        double spread = Variance(truth), squares = errors.Average(error => error * error);
        return new RegressionMetrics(
            squares, errors.Average(Math.Abs), errors.Max(Math.Abs),
            Explained(squares, spread), Explained(Variance(errors), spread));
    }

    private static double Explained(double left, double all) => all > 0 ? 1 - left / all : left == 0 ? 1 : 0;

    private static double Variance(ReadOnlySpan<double> values)
    {
        double mean = 0, squares = 0;
        foreach (double value in values)
            mean += value / values.Length;
        foreach (double value in values)
            squares += (value - mean) * (value - mean) / values.Length;
        return squares;
    }
}
