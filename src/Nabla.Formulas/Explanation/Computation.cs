using System.Collections.Frozen;
using Nabla.Formulas.Evaluation;
using Nabla.Formulas.Symbolics;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Explanation;

/// <summary>What came out when a formula was computed, or why nothing did.</summary>
internal sealed class Computation
{
    // Numbers in the values of all steps; nobody reads more, and written down they would fill a disk.
    private const int MostShown = 500_000;

    private readonly Bindings? bindings;
    private readonly Budget budget = Budget.OfEvaluation();
    private readonly List<string> warnings = [];

    private Computation(Bindings? bindings) => this.bindings = bindings;

    public EvaluationResult? Result { get; private set; }

    public IReadOnlyList<string> Warnings => warnings;

    public IReadOnlyDictionary<string, NumberArray> Gradients =>
        Result?.Gradients ?? FrozenDictionary<string, NumberArray>.Empty;

    /// <summary>
    /// The derivatives asked for as formulas, where a person would write one and the engine does not disagree.
    /// </summary>
    public IReadOnlyDictionary<string, Expression> Derivatives(Formula formula, ExplanationRequest request)
    {
        var derivatives = new Dictionary<string, Expression>(StringComparer.Ordinal);
        foreach (string name in request.Gradients)
            if (!budget.IsSpent && Named(formula, name) is { } by
                && Derivative(formula, by, name, request.Bindings) is { } found)
                derivatives[name] = found.Formula;
        return derivatives;
    }

    public static Computation Of(Formula formula, ExplanationRequest request)
    {
        var computed = new Computation(request.Bindings);
        if (request.Bindings is { } given)
            computed.Run(formula, given, request);
        else if (request.Gradients.Count > 0)
            computed.warnings.Add("A gradient takes values: give them with --with or --shapes.");
        else if (request.Shapes.Count == 0 && ClosedFormula.IsOne(formula))
            computed.RunClosed(formula, request.Seed);
        return computed;
    }

    /// <summary>What a name stands for, or null.</summary>
    public NumberArray? ValueOf(string name) =>
        bindings?.ValueOf(name) ?? Result?.Inferred.GetValueOrDefault(name);

    /// <summary>The steps with the values that they have.</summary>
    public IReadOnlyList<ExplainedStep> WithValues(List<ExplainedStep> steps)
    {
        if (Result is null || Result.Steps.Count == 0)
            return steps;
        var values = new Dictionary<Expression, Step>();
        foreach (Step step in Result.Steps)
            values[step.Expression] = step;
        int shown = 0;
        return [.. steps.Select(step => values.TryGetValue(step.Expression, out Step? found)
            && (shown += found.Value.Count) <= MostShown
            ? step with { Value = found.Value, Indices = found.Indices } : step)];
    }

    private static Symbol? Named(Formula formula, string name)
    {
        Symbol[] symbols = [.. formula.Right.All().OfType<Symbol>()];
        return Array.Find(symbols, symbol => symbol.Name == name)
            ?? (Array.Find(symbols, symbol => symbol.StemName == name) is { } entry
                ? entry with { Subscripts = [], Superscripts = [] } : null);
    }

    private SymbolicDerivative? Derivative(Formula formula, Symbol by, string name, Bindings? bindings)
    {
        Expression value = Differentiator.Value(formula.Tree);
        try
        {
            return bindings is not null && Gradients.TryGetValue(name, out NumberArray? gradient)
                ? DerivativeCheck.Derive(value, by, bindings, gradient, budget).Derivative
                : Differentiator.Derivative(value, by, Ranks.Infer(value, budget: budget));
        }
        catch (FormulaException) when (budget.IsSpent)
        {
            return null; // one that nobody would write
        }
    }

    // Nobody asked for it: why it cannot be done is said only of sums and their like.
    private void RunClosed(Formula formula, long seed)
    {
        try
        {
            Result = Evaluator.Evaluate(formula, new Bindings(), new() { Seed = seed, Budget = budget });
            warnings.AddRange(Result.Warnings);
        }
        catch (FormulaException error)
        {
            if (ClosedFormula.AsksForNumber(formula))
                warnings.Add(error.Message);
        }
    }

    private void Run(Formula formula, Bindings given, ExplanationRequest request)
    {
        var options = new EvaluationOptions { Gradients = request.Gradients, Seed = request.Seed, Budget = budget };
        try
        {
            Result = GradientNotes.Add(formula, given, Evaluator.Evaluate(formula, given, options), budget);
            warnings.AddRange(Result.Warnings);
            return;
        }
        catch (FormulaException error)
        {
            warnings.Add(error.Message);
        }
        if (request.Gradients.Count == 0 || budget.IsSpent)
            return;
        try
        {
            Result = Evaluator.Evaluate(formula, given, options with { Gradients = [] });
        }
        catch (FormulaException)
        {
            // It is not the gradient that fails; that was said above.
        }
    }
}
