using Nabla.Formulas.Evaluation.Graph;
using Nabla.Formulas.Printing;

namespace Nabla.Formulas.Evaluation;

/// <summary>
/// A formula as a function of some of its names, for who asks it again and again. It is evaluated in double, without
/// the engine; where the names' numbers decide nothing about the way, the way is run again and not found again.
/// </summary>
public sealed class RepeatedEvaluation
{
    // What reading the formula again leaves behind: once, of each part and name, and of names of thousands of letters.
    private const int NumbersOfReading = 150, NumbersOfPart = 120, NumbersOfName = 20, LettersOfNumber = 4;

    private readonly Formula formula;
    private readonly Bindings bindings;
    private readonly string[] names;
    private readonly int[] sizes;
    private readonly long numbersOfReading;
    private Recording? recording;
    private bool isRead;

    /// <summary>A function of names that have a value.</summary>
    /// <param name="formula">The formula, whose value is one number.</param>
    /// <param name="bindings">Values of all names.</param>
    /// <param name="names">Those that it is a function of.</param>
    public RepeatedEvaluation(Formula formula, Bindings bindings, IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(formula);
        ArgumentNullException.ThrowIfNull(bindings);
        (this.formula, this.bindings, this.names) = (formula, bindings, [.. names]);
        sizes = [.. this.names.Select(name => bindings[name].Count)];
        numbersOfReading = NumbersOfReading + NumbersOfPart * formula.Tree.All().LongCount()
            + formula.Text.Length / LettersOfNumber + NumbersOfName * (long)bindings.Names.Count + sizes.Sum();
    }

    /// <summary>The bound names that the formula does not use; empty until it was asked once.</summary>
    public IReadOnlyList<string> Unused { get; private set; } = [];

    /// <summary>Whether its way is the same for all numbers, so that it costs little; false until known.</summary>
    public bool IsRecorded => recording is not null;

    /// <summary>Its value where the names have these numbers, one after the other.</summary>
    /// <exception cref="FormulaException">It has none, or is no single number, or the budget does not allow it.
    /// </exception>
    public double Value(ReadOnlySpan<double> at, Budget budget) => Compute(at, [], budget);

    /// <summary>Its value and its derivatives by all these numbers.</summary>
    /// <exception cref="FormulaException">It has none, or is no single number, or the budget does not allow it.
    /// </exception>
    public (double Value, double[] Gradient) Slope(ReadOnlySpan<double> at, Budget budget)
    {
        double[] gradient = new double[at.Length];
        return (Compute(at, gradient, budget), gradient);
    }

    private double Compute(ReadOnlySpan<double> at, Span<double> gradient, Budget budget)
    {
        ArgumentNullException.ThrowIfNull(budget);
        if (recording is { } known)
            return known.Run(at, sizes, gradient, budget);
        budget.Charge("evaluating", 0, numbersOfReading);
        bool wants = !isRead || !gradient.IsEmpty;
        EvaluationResult result = Evaluator.Evaluate(formula, bindings.With(names, at), new()
        {
            Steps = false,
            HasEngine = false,
            Gradients = wants ? names : [],
            Budget = budget,
        });
        if (result.Value.Count != 1)
            throw new FormulaException($"the value of {FormulaPrinter.Display(formula.Tree)} has the shape "
                + $"{result.Value.Shape}; only a single number has a gradient.");
        if (!isRead)
            (recording, isRead, Unused) = (result.Recording, true, result.Unused);
        int next = 0;
        if (!gradient.IsEmpty)
            foreach (string name in names)
            {
                NumberArray slope = result.GradientBy(name);
                slope.Values.CopyTo(gradient[next..]);
                next += slope.Count;
            }
        return result.Value.Values[0];
    }
}
