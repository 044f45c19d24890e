using Nabla.Formulas.Evaluation.Reading;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Evaluation;

/// <summary>
/// Computes formulas with numbers. Each operation is one of the tensor engine's: its body runs on doubles, which gives
/// the value that is shown, and its kernel on float32, which must agree.
/// </summary>
public static class Evaluator
{
    // Every step keeps its value, and a step of a long product is a product in its turn.
    private const int MostParts = 400, OperationsOfPart = 1000;

    /// <summary>
    /// The value of the formula's right-hand side (of the whole formula if it has no left side), and its gradients.
    /// In a chain of relations it is the last member, or the last that has a value; an indexed left side makes the
    /// list over the index. Of several formulas it is the last whose left side no other one uses, or where that has no
    /// value the last, with a note if the one that is meant needs it.
    /// </summary>
    /// <exception cref="FormulaException">
    /// A symbol is not bound, shapes do not fit, or the work is more than the options allow.
    /// </exception>
    public static EvaluationResult Evaluate(Formula formula, Bindings bindings, EvaluationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(formula);
        return Evaluate(formula.Tree, bindings, options);
    }

    /// <summary>As for a formula, of a tree that nobody wrote.</summary>
    /// <exception cref="FormulaException">
    /// A symbol is not bound, shapes do not fit, or the work is more than the options allow.
    /// </exception>
    public static EvaluationResult Evaluate(Expression tree, Bindings bindings, EvaluationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(tree);
        ArgumentNullException.ThrowIfNull(bindings);
        int parts = tree.All().Take(MostParts + 1).Count();
        if (parts > MostParts)
            throw new FormulaException(
                $"the formula has more than {MostParts} parts, too many to be computed step by step; split it.");
        tree = StatedIndices.Inserted(tree, name => bindings.TryGet(name, out _));
        options ??= new();
        options = options with { Budget = options.Budget ?? Budget.OfEvaluation() };
        options.Budget.Charge("evaluating", parts * OperationsOfPart);
        EvaluationResult Evaluated(Func<Expression, Expression> choose) =>
            new Run(tree, bindings, options, choose).Evaluate();

        if (ReferenceEquals(SystemRoot.Of(tree), SystemRoot.LastOf(tree)))
            return Evaluated(SystemRoot.Of);
        try
        {
            return Evaluated(SystemRoot.Of);
        }
        catch (FormulaException error) when (!options.Budget.IsSpent)
        {
            EvaluationResult last = Evaluated(SystemRoot.LastOf);
            return last with
            {
                Notes = [.. last.Notes,
                    $"this is the value of the last formula only; what is written with it has none: {error.Message}"],
            };
        }
    }
}
