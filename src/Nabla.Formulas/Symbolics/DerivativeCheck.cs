using Nabla.Formulas.Evaluation;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Symbolics;

/// <summary>Whether a derivative by symbols is the one that the engine finds.</summary>
public enum Agreement
{
    /// <summary>Their numbers are the same.</summary>
    Agrees,

    /// <summary>Their numbers differ.</summary>
    Differs,

    /// <summary>
    /// The formula cannot be evaluated: it has a function that nobody knows, a name without a value, or no finite value
    /// at this place.
    /// </summary>
    Unknown,
}

/// <summary>Holds derivatives by symbols against the gradients of the engine.</summary>
public static class DerivativeCheck
{
    // Below, numbers are what rounding leaves of larger ones that cancel.
    private const double SmallestScale = 1e-3;

    /// <summary>
    /// The derivative if the engine agrees or cannot say, with the agreement; null with <see cref="Agreement.Differs"/>
    /// if its numbers are others, so that nobody shows it.
    /// </summary>
    /// <param name="formula">The formula.</param>
    /// <param name="by">The symbol to differentiate by.</param>
    /// <param name="bindings">The values of the symbols; their shapes say what is a vector.</param>
    /// <param name="gradient">What the engine found: the gradient of the sum of all entries.</param>
    /// <param name="budget">What it may take; as much as an evaluation if null.</param>
    /// <exception cref="FormulaException">The budget does not do.</exception>
    public static (SymbolicDerivative? Derivative, Agreement Agreement) Derive(
        Expression formula, Symbol by, Bindings bindings, NumberArray gradient, Budget? budget = null)
    {
        ArgumentNullException.ThrowIfNull(bindings);
        Dictionary<string, int> shapes = new(StringComparer.Ordinal);
        foreach (string name in bindings.Names)
            shapes[name] = bindings[name].Shape.Rank;
        budget ??= Budget.OfEvaluation();
        Ranks ranks = Ranks.Infer(formula, shapes, budget);
        SymbolicDerivative? derivative = Differentiator.Derivative(formula, by, ranks);
        if (derivative is null)
            return (null, Agreement.Unknown);
        Agreement agreement = Compare(derivative, bindings, gradient, budget: budget);
        return (agreement == Agreement.Differs ? null : derivative, agreement);
    }

    /// <summary>
    /// Evaluates the derivative and compares it with the engine's gradient of the sum of all entries.
    /// </summary>
    /// <param name="derivative">The derivative by symbols.</param>
    /// <param name="bindings">The values of the symbols.</param>
    /// <param name="gradient">What the engine found.</param>
    /// <param name="tolerance">How far they may differ, relative to the largest number.</param>
    /// <param name="budget">What it may take; as much as an evaluation if null.</param>
    public static Agreement Compare(
        SymbolicDerivative derivative, Bindings bindings, NumberArray gradient, double tolerance = 1e-5,
        Budget? budget = null)
    {
        ArgumentNullException.ThrowIfNull(derivative);
        ArgumentNullException.ThrowIfNull(gradient);
        try
        {
            var options = new EvaluationOptions { Steps = false, Budget = budget };
            NumberArray value = Evaluator.Evaluate(ToEvaluate(derivative), bindings, options).Value;
            double[]? numbers = AsGradient(derivative.Form, value, gradient);
            return numbers is null ? Agreement.Unknown : Compare(numbers, gradient.Values, tolerance);
        }
        catch (FormulaException)
        {
            return Agreement.Unknown;
        }
    }

    // An entry on the left makes a list of all entries.
    private static Expression ToEvaluate(SymbolicDerivative derivative) =>
        derivative.Form == DerivativeForm.Component
            ? new Relation(derivative.By with { Letter = "derivative" }, RelationOperator.EqualSign, derivative.Formula)
            : derivative.Formula;

    private static double[]? AsGradient(DerivativeForm form, NumberArray value, NumberArray gradient)
    {
        double[] numbers = value.Values.ToArray();
        if (form == DerivativeForm.Jacobian)
            return value.Shape.Rank == 2 && value.Shape[1] == gradient.Count
                ? ColumnSums(numbers, gradient.Count) : null;
        if (numbers.Length == gradient.Count)
            return numbers;
        if (gradient.Count == 1)
            return [numbers.Sum()];
        // A derivative that is the same number everywhere.
        return numbers.Length == 1 ? [.. Enumerable.Repeat(numbers[0], gradient.Count)] : null;
    }

    private static double[] ColumnSums(double[] matrix, int columns)
    {
        double[] sums = new double[columns];
        for (int i = 0; i < matrix.Length; i++)
            sums[i % columns] += matrix[i];
        return sums;
    }

    // Numbers that are not finite say nothing: ‖x‖ has a slope at 0 by convention only.
    private static Agreement Compare(double[] found, ReadOnlySpan<double> expected, double tolerance)
    {
        double scale = SmallestScale;
        foreach (double number in expected)
            scale = double.IsFinite(number) ? Math.Max(scale, Math.Abs(number)) : scale;
        bool isFinite = true;
        for (int i = 0; i < found.Length; i++)
            if (!double.IsFinite(found[i]) || !double.IsFinite(expected[i]))
                isFinite = false;
            else if (Math.Abs(found[i] - expected[i]) > tolerance * scale)
                return Agreement.Differs;
        return isFinite ? Agreement.Agrees : Agreement.Unknown;
    }
}
