using System.Collections.Frozen;
using Nabla.Formulas.Evaluation;
using Nabla.Formulas.Evaluation.Shapes;

namespace Nabla.Formulas.Explanation;

/// <summary>What to do with a formula besides saying what it is.</summary>
public sealed record ExplanationRequest
{
    /// <summary>What its symbols stand for, or null if nothing shall be computed.</summary>
    public Bindings? Bindings { get; init; }

    /// <summary>Shapes of symbols that have no values, by name; their sizes may be names.</summary>
    public IReadOnlyDictionary<string, SymbolicShape> Shapes { get; init; } =
        FrozenDictionary<string, SymbolicShape>.Empty;

    /// <summary>The names by which to differentiate.</summary>
    public IReadOnlyList<string> Gradients { get; init; } = [];

    /// <summary>Seed of the random numbers, where an expectation is sampled.</summary>
    public long Seed { get; init; } = 1;
}
