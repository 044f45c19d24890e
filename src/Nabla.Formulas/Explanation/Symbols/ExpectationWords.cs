using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Explanation.Symbols;

/// <summary>The names of expectations, variances and probabilities as symbols.</summary>
internal static class ExpectationWords
{
    /// <summary>How the operator is written.</summary>
    public static string Letters(ExpectationKind kind) => kind switch
    {
        ExpectationKind.Variance => "Var",
        ExpectationKind.Covariance => "Cov",
        ExpectationKind.StandardDeviation => "Std",
        ExpectationKind.Probability => "Pr",
        _ => "E",
    };

    /// <summary>What the operator computes.</summary>
    public static string Purpose(ExpectationKind kind) => kind switch
    {
        ExpectationKind.Variance => "how widely the values spread around their mean",
        ExpectationKind.Covariance => "how far two quantities vary together",
        ExpectationKind.StandardDeviation => "how widely the values spread, in their own unit",
        ExpectationKind.Probability => "how likely it is",
        _ => "the mean: the average of all values, each weighted by how likely it is",
    };
}
