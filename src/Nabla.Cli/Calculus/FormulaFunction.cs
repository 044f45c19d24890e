using Nabla.Formulas;
using Nabla.Formulas.Evaluation;
using Nabla.Formulas.Printing;
using Nabla.Formulas.Trees;

namespace Nabla.Cli.Calculus;

/// <summary>A formula as a function of some of its names, all their numbers in one vector, in double.</summary>
internal sealed class FormulaFunction
{
    // What asking costs however little there is to compute, and asking for what has no value.
    private const long OperationsOfAsking = 40, OperationsInVain = 200_000, OperationsOfNumber = 30;
    private const int MostNumbers = 200_000;
    private const string Asking = "computing values";

    // Second derivatives are differences of four gradients for each number.
    private const int MostCurved = 100;

    // ∛ε: there the error of a central difference, step², is as small as that of rounding, ε/step.
    private static readonly double Step = Math.Cbrt(double.BitIncrement(1) - 1);

    // What one operator leaves behind when it looks through a node inside it.
    private const long NumbersOfLook = 30;

    // What is held still is put into each evaluation anew: eight bytes a number.
    private const long NumbersOfValue = 2;

    private const int UsualDepth = 8;

    private readonly RepeatedEvaluation evaluation;
    private readonly long looks, held;
    private string[]? labels; // of long lists of long names much, and seldom asked for
    private Budget budget = Budget.OfEvaluation();

    /// <summary>A function of names that have a value.</summary>
    /// <param name="formula">The formula.</param>
    /// <param name="point">Values of the names that it is a function of, in order.</param>
    /// <param name="fixedValues">Values of names that stand still.</param>
    public FormulaFunction(Formula formula, Bindings point, Bindings fixedValues)
    {
        if (point.Names.Count == 0)
            throw new UsageException("there is no point; give each name its value, as in x=3,y=2.");
        foreach (string name in point.Names.Where(name => fixedValues.TryGet(name, out _)))
            throw new UsageException($"{name} has two values; give one.");
        if (point.Names.Sum(name => (long)point[name].Count) is > MostNumbers and var many)
            throw new UsageException(
                $"the point has {many} numbers, of which at most {MostNumbers} are moved; give smaller lists.");
        (Formula, Point, Bindings) = (formula, point, fixedValues.And(point));
        evaluation = new(formula, Bindings, point.Names);
        looks = Looks(formula.Tree, 0).Looks;
        held = Bindings.Names.Sum(name => (long)Bindings[name].Count);
        Count = point.Names.Sum(name => point[name].Count);
        if (Count == 0)
            throw new UsageException("there is no point: all lists are empty. Give numbers, as in x=3,y=2.");
    }

    public Formula Formula { get; }

    /// <summary>The most operations that one value may take; beyond, it has none.</summary>
    public long MostOperations { get; init; } = 100_000_000;

    /// <summary>Whether it was asked for more than <see cref="Allow"/> allows.</summary>
    public bool IsSpent => budget.IsSpent;

    /// <summary>The values of the names that it is a function of.</summary>
    public Bindings Point { get; }

    /// <summary>The values of all names.</summary>
    public Bindings Bindings { get; }

    /// <summary>What each number is called: <c>x</c>, or <c>w_1</c>, <c>w_2</c> of a list.</summary>
    public IReadOnlyList<string> Labels => labels ??= [.. Point.Names.SelectMany(name =>
        Point[name] is { IsScalar: false } list ? Enumerable.Range(1, list.Count).Select(i => $"{name}_{i}") : [name])];

    /// <summary>What is to be said of names that have a value and do not stand in the formula.</summary>
    public IEnumerable<string> Remarks => evaluation.Unused.Select(name =>
        $"{name} has a value, but the formula does not use it: it changes nothing.");

    /// <summary>How many numbers it depends on.</summary>
    public int Count { get; }

    /// <summary>The formula as a line of text.</summary>
    public string Text => FormulaPrinter.Display(Formula.Tree).Replace(" * ", " · ", StringComparison.Ordinal);

    /// <summary>The numbers of <see cref="Point"/>, one after the other.</summary>
    public double[] Start => [.. Point.Names.SelectMany(name => Point[name].Values.ToArray())];

    /// <summary>What all values together may take, and those who ask for them.</summary>
    public Budget Budget => budget;

    /// <summary>Sets how many operations all values from here on may take, and so what they leave behind.</summary>
    public void Allow(long operations) => budget = new(operations, operations / OperationsOfNumber);

    /// <summary>Its value; NaN where it has none, or may not be asked any more.</summary>
    public double Value(ReadOnlySpan<double> at)
    {
        if (IsSpent)
            return double.NaN;
        try
        {
            return Asked(at, withGradient: false).Value;
        }
        catch (FormulaException)
        {
            return double.NaN;
        }
    }

    /// <summary>Its value and its gradient; NaN where it may not be asked any more.</summary>
    /// <exception cref="FormulaException">It cannot be computed, or is no single number.</exception>
    public (double Value, double[] Gradient) Slope(ReadOnlySpan<double> at)
    {
        if (IsSpent)
            return NoSlope;
        try
        {
            return Asked(at, withGradient: true);
        }
        catch (FormulaException) when (IsSpent)
        {
            return NoSlope;
        }
    }

    /// <summary>
    /// The second derivatives: differences of the gradient, which is exact, so that they are right to about nine
    /// digits; NaN where the slope jumps, so that there are none. Null where they are too many to be computed.
    /// </summary>
    public double[,]? Hessian(ReadOnlySpan<double> at)
    {
        if (Count > MostCurved || Differences(at, 1) is not { } near || Differences(at, 4) is not { } far)
            return null;
        double[,]? ahead = Differences(at, 1, isAhead: true), farAhead = Differences(at, 4, isAhead: true);
        for (int i = 0; i < Count; i++)
            for (int j = 0; j < Count; j++)
                if (Math.Abs(near[i, j] - far[i, j]) > 1e-3 * (1 + Math.Abs(near[i, j]))
                    || ahead is not null && farAhead is not null
                        && HasKink(near[i, j], ahead[i, j], farAhead[i, j]))
                    near[i, j] = double.NaN;
        return near;
    }

    // x|x| bends one way on the left and the other way on the right, however near. What a third derivative makes of
    // the difference grows with the step.
    private static bool HasKink(double middle, double ahead, double farAhead)
    {
        double gap = Math.Abs(ahead - middle);
        return gap > 0.1 * (1 + Math.Abs(middle)) && Math.Abs(farAhead - middle) < 2 * gap;
    }

    private double[,]? Differences(ReadOnlySpan<double> at, double steps, bool isAhead = false)
    {
        double[,] hessian = new double[Count, Count];
        double[] moved = at.ToArray();
        for (int i = 0; i < Count; i++)
        {
            if (IsSpent)
                return null;
            double step = steps * Step * Math.Max(1, Math.Abs(at[i]));
            (double before, double after) = (isAhead ? at[i] : at[i] - step, at[i] + step);
            moved[i] = after;
            double[] above = Slope(moved).Gradient;
            moved[i] = before;
            double[] below = Slope(moved).Gradient;
            moved[i] = at[i];
            for (int j = 0; j < Count; j++)
                hessian[i, j] = Rounded((above[j] - below[j]) / (after - before));
        }
        if (IsSpent)
            return null;
        for (int i = 0; i < Count; i++)
            for (int j = 0; j < i; j++)
                hessian[i, j] = hessian[j, i] = (hessian[i, j] + hessian[j, i]) / 2;
        return hessian;
    }

    private (double Value, double[] Gradient) Asked(ReadOnlySpan<double> at, bool withGradient)
    {
        budget.Charge(Asking, OperationsOfAsking, NumbersOfLook * looks + held / NumbersOfValue);
        Budget part = budget.Part(MostOperations);
        try
        {
            return withGradient ? evaluation.Slope(at, part) : (evaluation.Value(at, part), []);
        }
        catch (FormulaException) when (!IsSpent)
        {
            budget.Charge(Asking, OperationsInVain);
            throw;
        }
    }

    // Sums in sums in sums: each looks through all that lies in it for its index.
    private static (long Nodes, long Looks) Looks(Expression node, int depth)
    {
        bool isOperator = node is BigOperator;
        (long nodes, long looks) = (1, 0);
        foreach (Expression child in node.Children)
        {
            (long childNodes, long childLooks) = Looks(child, depth + (isOperator ? 1 : 0));
            (nodes, looks) = (nodes + childNodes, looks + childLooks);
        }
        return (nodes, looks + (isOperator && depth > UsualDepth ? nodes : 0));
    }

    private (double Value, double[] Gradient) NoSlope => (double.NaN, [.. Enumerable.Repeat(double.NaN, Count)]);

    // Beyond the digits that differences have.
    private static double Rounded(double value)
    {
        if (value == 0 || !double.IsFinite(value))
            return value;
        double nearest = Math.Round(value);
        if (Math.Abs(value - nearest) <= 1e-9 * Math.Max(1, Math.Abs(value)))
            return nearest;
        return value;
    }
}
