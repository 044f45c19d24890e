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
    /// Nobody can say: the derivative has a function that nobody knows, a name without a value, or no finite value, or
    /// its numbers are no larger than what rounding leaves.
    /// </summary>
    Unknown,
}

/// <summary>Holds derivatives by symbols against the gradients of the engine.</summary>
public static class DerivativeCheck
{
    // Below, numbers are what rounding leaves of larger ones that cancel.
    private const double SmallestScale = 1e-3;

    private const int MostBeside = 10_000; // numbers; with more it would cost too much to look elsewhere

    // How far from a place where nothing can be said another is, in units of 1 + |x|, and how its numbers are spread:
    // multiples of the golden ratio fill 0 to 1 evenly (Weyl 1916).
    private static readonly double[] Distances = [0.5, -0.3, 0.05];
    private static readonly double Golden = (Math.Sqrt(5) - 1) / 2;

    /// <summary>
    /// The derivative if the engine agrees, with the agreement; null where its numbers are others or nobody can say, so
    /// that nobody shows it. Where the given place does not tell, because the derivative has no finite value there or
    /// all is 0, the engine is asked at places beside it.
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
        bool isZero = !gradient.Values.ContainsAnyExcept(0);
        if (agreement == Agreement.Unknown || agreement == Agreement.Agrees && isZero)
            agreement = Beside(formula, by.Name, derivative, (bindings, budget)) is var beside
                && beside != Agreement.Unknown
                ? beside : agreement;
        return (agreement == Agreement.Agrees ? derivative : null, agreement);
    }

    private static Agreement Beside(
        Expression formula, string name, SymbolicDerivative derivative, (Bindings, Budget) given)
    {
        (Bindings bindings, Budget budget) = given;
        if (!bindings.TryGet(name, out _) || bindings.Names.Sum(other => (long)bindings[other].Count) > MostBeside)
            return Agreement.Unknown;
        foreach (double distance in Distances)
            if (Moved(bindings, name, distance) is var there && Gradient(formula, name, there, budget) is { } gradient
                && Compare(derivative, there, gradient, budget: budget) is var agreement
                && agreement != Agreement.Unknown)
                return agreement;
        return Agreement.Unknown;
    }

    private static NumberArray? Gradient(Expression formula, string name, Bindings bindings, Budget budget)
    {
        try
        {
            var options = new EvaluationOptions { Steps = false, Budget = budget, Gradients = [name] };
            return Evaluator.Evaluate(formula, bindings, options).Gradients.GetValueOrDefault(name);
        }
        catch (FormulaException)
        {
            return null;
        }
    }

    private static Bindings Moved(Bindings bindings, string name, double distance)
    {
        var moved = new Bindings();
        foreach (string other in bindings.Names)
            moved.Add(other, other == name ? Moved(bindings[name], distance) : bindings[other]);
        return moved;
    }

    private static NumberArray Moved(NumberArray value, double distance)
    {
        double[] numbers = value.Values.ToArray();
        for (int i = 0; i < numbers.Length; i++)
            numbers[i] += distance * (1 + Math.Abs(numbers[i])) * (0.5 + (i + 1) * Golden % 1);
        return new NumberArray(value.Shape, numbers);
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

    // Numbers that are not finite say nothing: ‖x‖ has a slope at 0 by convention only. Of tiny ones only the same say
    // something.
    private static Agreement Compare(double[] found, ReadOnlySpan<double> expected, double tolerance)
    {
        double scale = 0;
        foreach (double number in expected)
            scale = double.IsFinite(number) ? Math.Max(scale, Math.Abs(number)) : scale;
        bool isSame = true;
        for (int i = 0; i < found.Length; i++)
        {
            double distance = Math.Abs(found[i] - expected[i]);
            if (distance > tolerance * Math.Max(scale, SmallestScale) && double.IsFinite(distance))
                return Agreement.Differs;
            isSame &= distance <= tolerance * scale;
        }
        return isSame ? Agreement.Agrees : Agreement.Unknown;
    }
}
