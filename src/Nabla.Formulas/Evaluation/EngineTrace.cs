using Nabla.Formulas.Evaluation.Quantities;
using Nabla.Formulas.Evaluation.Reading;
using Nabla.Formulas.Trees;
using Nabla.Tensors;

namespace Nabla.Formulas.Evaluation;

/// <summary>
/// What the engine has computed of a formula: its graph, and which parts of the formula its tensors are.
/// </summary>
/// <param name="Target">The part of the formula that was computed.</param>
/// <param name="Result">Its value.</param>
/// <param name="Given">The bound names that the formula has used, and their numbers.</param>
/// <param name="Parts">The parts of the formula in the order of computation.</param>
internal sealed record EngineTrace(
    Expression Target, TracedPart Result, IReadOnlyDictionary<string, TracedPart> Given,
    IReadOnlyList<TracedPart> Parts)
{
    /// <summary>Whether numbers were drawn at random.</summary>
    public bool IsSampled { get; init; }

    public static EngineTrace Of(Interpreter c, Expression target, Quantity result) => new(
        target, Traced(target, result),
        c.Store.Used.ToDictionary(pair => pair.Key, pair => Traced(target, pair.Value), StringComparer.Ordinal),
        [.. c.Steps.Where(step => !step.Value.IsIdentity).Select(step => Traced(step.Expression, step.Value))])
    {
        IsSampled = c.StandardError is not null,
    };

    private static TracedPart Traced(Expression expression, Quantity value) =>
        new(expression, new(value.Node.Shape, value.Node.Numbers), value.Node.Engine)
        {
            Indices = [.. value.Axes.Select(axis => axis.Name)],
        };
}

/// <summary>A part of a formula, its numbers, and the engine's tensor.</summary>
/// <param name="Expression">The part.</param>
/// <param name="Value">Its numbers.</param>
/// <param name="Engine">The tensor; null where the engine lacks an operation.</param>
internal sealed record TracedPart(Expression Expression, NumberArray Value, Tensor? Engine)
{
    /// <summary>The running indices over which it is a list.</summary>
    public IReadOnlyList<string> Indices { get; init; } = [];
}
