using Nabla.Formulas.Evaluation.Functions;
using Nabla.Formulas.Evaluation.Quantities;
using Nabla.Formulas.Evaluation.Reading;
using Nabla.Formulas.Printing;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Evaluation.Rules;

/// <summary>
/// 𝔼[Y | X = 1], Var(X | X > 0), P(X > 1 | X > 0) over samples or tables: only where the condition holds.
/// </summary>
internal static class ConditionalExpectations
{
    /// <summary>1 where all that is given holds and 0 elsewhere; null where nothing of it is known.</summary>
    public static Quantity? Of(Interpreter c, Expectation node, Average average)
    {
        Quantity? all = null;
        foreach (Expression given in node.Given)
        {
            if (given is not Relation relation
                || !relation.All().OfType<Symbol>().Any(symbol => IsKnown(c, symbol, average)))
            {
                c.Warn($"nothing of the condition {FormulaPrinter.Display(given)} has a value: the mean is over all "
                    + "there is.");
                continue;
            }
            Quantity holds = ConditionRules.Condition(c, relation, average.Scope);
            all = all is { } before ? c.Algebra.Multiply(before, holds) : holds;
        }
        return all;
    }

    /// <summary>The mean, the variance or the probability over what the condition leaves.</summary>
    public static Quantity Within(
        Interpreter c, ExpectationKind kind, (Average Average, Quantity Holds) given, Quantity x)
    {
        Quantity share = given.Average.Of(c, given.Holds);
        if (Array.Exists(share.Node.Values, value => value == 0))
            throw new FormulaException("the condition holds nowhere, so that there is nothing to take the mean of.");
        Quantity Mean(Quantity of) =>
            c.Algebra.Divide(given.Average.Of(c, c.Algebra.Multiply(of, given.Holds)), share);
        if (kind is ExpectationKind.Mean or ExpectationKind.Probability)
            return Mean(x);
        if (kind == ExpectationKind.Covariance)
            throw new FormulaException("a covariance under a condition has no value here: write it with means.");
        Quantity variance = Mean(c.Algebra.Map(Elementary.Square, c.Algebra.Subtract(x, Mean(x))));
        return kind == ExpectationKind.Variance ? variance : c.Algebra.Map(Elementary.Sqrt, variance);
    }

    private static bool IsKnown(Interpreter c, Symbol symbol, Average average) =>
        c.Store.Find(symbol.Name) is { Shape.Rank: > 0 } || average.Scope.Find(symbol.Name) is { Axis: not null };
}
