using Nabla.Formulas.Evaluation.Functions;
using Nabla.Formulas.Evaluation.Quantities;
using Nabla.Formulas.Evaluation.Reading;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Evaluation.Rules;

/// <summary>
/// Means, variances and covariances: over a table of probabilities exactly, over a named distribution by quadrature or
/// sampling, otherwise over the entries of the list.
/// </summary>
internal static class ExpectationRules
{
    /// <summary>The number that a distribution gives.</summary>
    public static Quantity Expectation(Interpreter c, Expectation node, Scope scope)
    {
        if (node.Arguments.Count == 0)
            throw NodeRules.NoValue(node, "an expectation of nothing has");
        Average average = Averages.Enter(c, node, scope);
        if (c.Options.Gradients.Count > 0 && (average.IsQuadrature || average.IsSampled)
            && (node.Kind == ExpectationKind.Probability || node.Arguments[0].All().Any(IsJump)))
            c.HideGradients(node.Over.SelectMany(over => over.All()).OfType<Symbol>(),
                "what jumps inside an expectation has no derivative at any sample, though the expectation has one");
        Quantity x = Evaluate(c, node.Arguments[0], average.Scope, node.Kind);
        if (ConditionalExpectations.Of(c, node, average) is { } holds)
            return ConditionalExpectations.Within(c, node.Kind, (average, holds), x);
        return node.Kind switch
        {
            ExpectationKind.Mean or ExpectationKind.Probability => average.Of(c, x),
            ExpectationKind.Variance => Spread(c, average, x, x),
            ExpectationKind.StandardDeviation => c.Algebra.Map(Elementary.Sqrt, Spread(c, average, x, x)),
            _ when node.Arguments.Count == 2 => Spread(c, average, x, c.Evaluate(node.Arguments[1], average.Scope)),
            _ when x.Rank == 2 => CovarianceMatrix(c, x),
            _ => Spread(c, average, x, x),
        };
    }

    private static bool IsJump(Expression node) => node is Delimited
    {
        Kind: DelimiterKind.Indicator or DelimiterKind.Floor or DelimiterKind.Ceiling,
    } or Cases or Call { Letter: "sign" or "sgn" or "step" or "round" };

    private static Quantity Evaluate(Interpreter c, Expression argument, Scope scope, ExpectationKind kind) =>
        kind == ExpectationKind.Probability
            ? ConditionRules.Condition(c, argument, scope)
            : c.EvaluateIn(PowerSense.OfEntries, argument, scope);

    /// <summary>The mean of (x − x̄)·(y − ȳ).</summary>
    private static Quantity Spread(Interpreter c, Average average, Quantity x, Quantity y)
    {
        Quantity fromX = c.Algebra.Subtract(x, average.Of(c, x));
        Quantity fromY = x == y ? fromX : c.Algebra.Subtract(y, average.Of(c, y));
        return average.Of(c, c.Algebra.Multiply(fromX, fromY));
    }

    /// <summary>
    /// The covariances of the columns of a matrix, whose rows are the samples; divided by their number.
    /// </summary>
    private static Quantity CovarianceMatrix(Interpreter c, Quantity x)
    {
        Quantity count = c.Algebra.Number(x.Own[0]);
        Quantity ones = c.Algebra.Vector([.. Enumerable.Repeat(1.0, x.Own[0])]);
        Quantity mean = c.Algebra.Divide(c.Algebra.MatrixProduct(ones, x), count);
        Quantity centred = c.Algebra.Subtract(x, mean);
        return c.Algebra.Divide(c.Algebra.MatrixProduct(c.Algebra.Transpose(centred), centred), count);
    }
}
