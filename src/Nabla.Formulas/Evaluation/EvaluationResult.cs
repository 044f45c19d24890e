using System.Collections.Frozen;
using Nabla.Formulas.Evaluation.Graph;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Evaluation;

/// <summary>What a formula gives.</summary>
/// <param name="Target">The part of the formula that was computed: mostly its right-hand side.</param>
/// <param name="Value">Its value.</param>
public sealed record EvaluationResult(Expression Target, NumberArray Value)
{
    /// <summary>
    /// Every distinct part that has a value, once, in the order of computation; of a part that depends on a running
    /// index, the list over the index.
    /// </summary>
    public IReadOnlyList<Step> Steps { get; init; } = [];

    /// <summary>
    /// By name, the derivative of the sum of all entries of the value; each of the shape of what the name is bound to.
    /// A name by which there is none is left out, and a warning says why.
    /// </summary>
    public IReadOnlyDictionary<string, NumberArray> Gradients { get; init; } =
        FrozenDictionary<string, NumberArray>.Empty;

    /// <summary>The derivative by one of the names.</summary>
    /// <exception cref="FormulaException">There is none.</exception>
    public NumberArray GradientBy(string name) => Gradients.TryGetValue(name, out NumberArray? gradient) ? gradient
        : throw new FormulaException($"the value has no derivative by {name}: how far an index runs, or whether "
            + "something holds, depends on it.");

    /// <summary>Sizes and numbers that were not given but follow from what was: N from the length of a list.</summary>
    public IReadOnlyDictionary<string, NumberArray> Inferred { get; init; } =
        FrozenDictionary<string, NumberArray>.Empty;

    /// <summary>The value that the tensor engine gives in float32.</summary>
    public NumberArray? EngineValue { get; init; }

    /// <summary>The standard error of a sampled value, or null where nothing was sampled.</summary>
    public double? StandardError { get; init; }

    /// <summary>How the formula was read where there was a choice.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>What is suspicious: a division by zero, a name that nothing uses, an engine that disagrees.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The bound names that the formula does not use.</summary>
    public IReadOnlyList<string> Unused { get; init; } = [];

    /// <summary>The computation, to be run again; null where other numbers may take another way.</summary>
    internal Recording? Recording { get; init; }
}

/// <summary>A part of a formula and its value.</summary>
/// <param name="Expression">The part.</param>
/// <param name="Value">Its value.</param>
/// <param name="Indices">The running indices over which the value is a list, outermost first.</param>
public sealed record Step(Expression Expression, NumberArray Value, NodeList<string> Indices);
