using System.Globalization;
using Nabla.Formulas.Evaluation;
using Nabla.Formulas.Printing;
using Nabla.Formulas.Trees;
using Nabla.Numerics;

namespace Nabla.Formulas.Tests.Printing.Grown;

/// <summary>A grown formula and its value.</summary>
/// <param name="Seed">From which it grows again.</param>
/// <param name="Tree">The formula.</param>
/// <param name="Value">What it gives.</param>
internal sealed record GrownFormula(long Seed, Expression Tree, EvaluationResult Value)
{
    private const double Largest = 1e8, Smallest = 1e-6;

    /// <summary>
    /// Whether no step on the way is infinite or undefined, and no power too small for a number: there programs may
    /// stop with an error, and spreadsheets do.
    /// </summary>
    public bool IsPlain { get; } = Value.Steps.All(step => step.Value.Values.ToArray().All(double.IsFinite)
        && !(step.Expression is Power { Base: not Number { Value: 0 } } && step.Value.Values.Contains(0.0)));

    /// <summary>How it prints with the values of its names.</summary>
    public static PrintOptions Options { get; } = new() { Bindings = FormulaGrower.Bindings };

    /// <summary>
    /// Formulas with a finite value: as many as NABLA_TREES says instead of what the suite takes, of the seeds from
    /// NABLA_TREES_SEED on.
    /// </summary>
    public static IEnumerable<GrownFormula> Many(int usual)
    {
        long count = Number("NABLA_TREES", usual), seed = Number("NABLA_TREES_SEED", 1);
        while (count > 0)
            if (Of(seed++) is { } formula)
            {
                count--;
                yield return formula;
            }
    }

    /// <summary>The formula of a seed; null if it has no value, or one too large or small to compare.</summary>
    public static GrownFormula? Of(long seed)
    {
        var rng = new Rng(seed);
        Expression tree = new FormulaGrower(rng).Grow(2 + rng.NextInt(22));
        return Evaluated(tree) is { } value && value.Value.Values.ToArray().All(double.IsFinite)
            && Scale(value.Value.Values) is > Smallest and < Largest
            ? new(seed, tree, value) : null;
    }

    /// <summary>The value of a tree; null if there is none.</summary>
    public static EvaluationResult? Evaluated(Expression tree)
    {
        try
        {
            return Evaluator.Evaluate(tree, FormulaGrower.Bindings, new EvaluationOptions());
        }
        catch (FormulaException)
        {
            return null;
        }
    }

    /// <summary>The code in a language; null if that language cannot say it.</summary>
    public string? Print(string language)
    {
        try
        {
            return FormulaPrinter.Print(Tree, language, Options);
        }
        catch (FormulaException)
        {
            return null;
        }
    }

    /// <summary>
    /// How numbers differ from its value; null if they do not, or if an error stands where one may.
    /// </summary>
    public string? Difference(ReadOnlySpan<double> actual, double tolerance)
    {
        if (!IsPlain && actual.Contains(double.NaN))
            return null;
        double off = Off(actual, Value.Value.Values);
        return off <= tolerance ? null
            : string.Create(CultureInfo.InvariantCulture,
                $"[{string.Join(", ", actual.ToArray())}] and not {Value.Value} ({off:G2})");
    }

    /// <summary>The largest difference of two lists as a share of the largest number; ∞ if they do not match.</summary>
    public static double Off(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        if (a.Length != b.Length)
            return double.PositiveInfinity;
        double off = 0;
        for (int i = 0; i < a.Length; i++)
            off = Math.Max(off, double.IsNaN(a[i]) ? double.PositiveInfinity : Math.Abs(a[i] - b[i]));
        return off / Math.Max(1e-300, Scale(b));
    }

    private static double Scale(ReadOnlySpan<double> values)
    {
        double scale = 0;
        foreach (double value in values)
            scale = Math.Max(scale, Math.Abs(value));
        return scale;
    }

    private static long Number(string variable, long usual) =>
        long.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out long number)
            ? number : usual;
}
