using Nabla.Formulas;
using Nabla.Formulas.Evaluation;
using Nabla.Formulas.Printing;
using Nabla.Formulas.Symbolics;
using Nabla.Formulas.Trees;
using Nabla.Numerics.LinearAlgebra;

namespace Nabla.Cli.Calculus;

/// <summary>What is known of a function at a point: value, gradient, Hessian, and the formulas of both.</summary>
internal sealed class GradientReport
{
    private const int LongestSecond = 60, MostSeconds = 8, MostAxes = 8;
    private const double Aside = 0.01, GapAgreement = 1e-6;
    private const long MostOperations = 25_000_000;

    private readonly double[,]? hessian;

    public GradientReport(FormulaFunction function)
    {
        Function = function;
        At = function.Start;
        (Value, Gradient) = function.Slope(At);
        function.Allow(MostOperations);
        hessian = function.Hessian(At);
        HasHessian = IsDefined && hessian is not null && hessian.Cast<double>().All(double.IsFinite);
        Eigenvalues = HasHessian
            ? Cleaned(new Matrix<double>(function.Count, function.Count, [.. Hessian.Cast<double>()]).Eigvalsh()) : [];
        bool isLookedFor = IsDefined && function.Count <= MostAxes;
        Corner = HasHessian || HidesCurvature || !isLookedFor ? null : Corner.Of(function, At);
        Step = isLookedFor ? Corner.Step(function, At) : null;
        Filled = IsDefined || function.Count != 1 ? null : BothSides();
        Formulas = First();
        Seconds = SecondFormulas();
    }

    public FormulaFunction Function { get; }

    /// <summary>The point.</summary>
    public double[] At { get; }

    public double Value { get; }

    public double[] Gradient { get; }

    /// <summary>The second derivatives; nothing where they were too many to be computed.</summary>
    public double[,] Hessian => hessian ?? new double[0, 0];

    /// <summary>Whether there are too many second derivatives to be computed.</summary>
    public bool HidesCurvature => hessian is null;

    /// <summary>Whether there are second derivatives; where the slope jumps there are none.</summary>
    public bool HasHessian { get; }

    /// <summary>Whether the function has a value here.</summary>
    public bool IsDefined => double.IsFinite(Value);

    /// <summary>Whether every slope is a finite number.</summary>
    public bool HasSlope => Gradient.All(double.IsFinite);

    /// <summary>Whether a line or plane touches the function here.</summary>
    public bool HasTangent => IsDefined && HasSlope && Corner is null && Step is null;

    /// <summary>The corner that the function has here, or null.</summary>
    public Corner? Corner { get; }

    /// <summary>The values on both sides of a step that the function has here, or null.</summary>
    public (double Left, double Right, int Axis)? Step { get; }

    /// <summary>
    /// The value to which it goes from both sides of a place where it has none, sin x / x at 0; or null.
    /// </summary>
    public double? Filled { get; }

    /// <summary>The Hessian's eigenvalues, rising; none where it is not finite.</summary>
    public double[] Eigenvalues { get; }

    /// <summary>By each name the derivative as a formula, or null.</summary>
    public IReadOnlyList<SymbolicDerivative?> Formulas { get; }

    /// <summary>The Hessian as formulas, row by row; null where a person would not write it.</summary>
    public IReadOnlyList<IReadOnlyList<string>>? Seconds { get; }

    /// <summary>‖∇f‖.</summary>
    public double Steepness => Math.Sqrt(Gradient.Sum(slope => slope * slope));

    /// <summary>Whether there is no slope here.</summary>
    public bool IsFlat => CriticalPoint.IsFlat(Gradient, Eigenvalues);

    /// <summary>The direction of length 1 in which the function grows fastest; null where there is no slope.</summary>
    public double[]? Uphill => Steepness is var length && IsFlat ? null : [.. Gradient.Select(slope => slope / length)];

    /// <summary>The line or plane that touches the function.</summary>
    public string Tangent => Shown.Tangent(Value, Gradient, At, Function.Labels);

    /// <summary>A derivative as a line of text: with x_i on its left if it is that of each entry.</summary>
    public static string TextOf(SymbolicDerivative derivative) => FormulaPrinter.Text(derivative.Formula);

    // The engine has the last word: a formula that gives other numbers is not shown.
    private SymbolicDerivative?[] First()
    {
        var derivatives = new SymbolicDerivative?[Function.Point.Names.Count];
        (Bindings bindings, double[] gradient) = Corner is null ? (Function.Bindings, Gradient) : Beside();
        int next = 0;
        for (int i = 0; i < derivatives.Length; i++)
        {
            NumberArray old = Function.Point[Function.Point.Names[i]];
            var slopes = new NumberArray(old.Shape, gradient[next..(next += old.Count)]);
            Symbol by = SymbolOf(Function.Point.Names[i]);
            derivatives[i] = Affordable(() => DerivativeCheck.Derive(
                Function.Formula.Tree, by, bindings, slopes, Function.Budget).Derivative);
        }
        return derivatives;
    }

    // At a corner a program takes one of the slopes; the formula is that of all places around it.
    private (Bindings Bindings, double[] Gradient) Beside()
    {
        double[] moved = [.. At.Select((number, i) => number + Aside * (1 + i) * Math.Max(1, Math.Abs(number)))];
        try
        {
            return (Function.Bindings.With(Function.Point.Names, moved), Function.Slope(moved).Gradient);
        }
        catch (FormulaException)
        {
            return (Function.Bindings, Gradient);
        }
    }

    private double? BothSides()
    {
        double reach = Math.Max(1, Math.Abs(At[0]));
        double[] seen = [.. new[] { 1e-4, -1e-4, 1e-5, -1e-5, 1e-6, -1e-6 }
            .Select(step => Function.Value([At[0] + step * reach]))];
        double height = Math.Round(seen[^1], 6);
        return Array.TrueForAll(seen, value => Math.Abs(value - height) <= GapAgreement * (1 + Math.Abs(height)))
            ? height : null;
    }

    // What is left of 0 beside the largest.
    private static double[] Cleaned(double[] eigenvalues)
    {
        double least = CriticalPoint.Negligible * eigenvalues.Select(Math.Abs).DefaultIfEmpty().Max();
        return [.. eigenvalues.Select(value => Math.Abs(value) <= least ? 0 : value)];
    }

    /// <summary>A derivative; null where finding it takes too long.</summary>
    private SymbolicDerivative? Affordable(Func<SymbolicDerivative?> find)
    {
        try
        {
            return Function.IsSpent ? null : find();
        }
        catch (FormulaException) when (Function.IsSpent)
        {
            return null;
        }
    }

    private Symbol SymbolOf(string name) => Function.Formula.Tree.All().OfType<Symbol>()
        .FirstOrDefault(symbol => symbol.Name == name) ?? new Symbol(name);

    private SymbolicDerivative? Second(Expression first, Symbol by) => Affordable(
        () => Differentiator.Derivative(first, by, Ranks.Infer(first, budget: Function.Budget)));

    private string[][]? SecondFormulas()
    {
        if (Function.Point.Names.Count > MostSeconds
            || Function.Point.Names.Any(name => !Function.Point[name].IsScalar) || Formulas.Any(one => one is null))
            return null;
        SymbolicDerivative?[][] rows = [.. Formulas.Select(first => Function.Point.Names
            .Select(name => Second(first!.Formula, SymbolOf(name))).ToArray())];
        string[][] texts = [.. rows.Select(row => row.OfType<SymbolicDerivative>().Select(TextOf).ToArray())];
        bool isShort = texts.All(row => row.Length == rows.Length && row.All(text => text.Length <= LongestSecond));
        return isShort ? texts : null;
    }
}
