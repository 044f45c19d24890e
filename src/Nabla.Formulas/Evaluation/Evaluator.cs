using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Evaluation;

/// <summary>Computes formulas with numbers, by the operations of the tensor engine.</summary>
public static class Evaluator
{
    /// <summary>
    /// The value of the formula's right-hand side (of the whole formula if it has no left side), and its gradients.
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
    public static EvaluationResult Evaluate(Expression tree, Bindings bindings, EvaluationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(tree);
        ArgumentNullException.ThrowIfNull(bindings);
        throw new FormulaException($"formulas cannot be evaluated yet ({options?.Gradients.Count ?? 0} gradients asked for).");
    }
}
