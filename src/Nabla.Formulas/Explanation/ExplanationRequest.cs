using Nabla.Formulas.Evaluation;

namespace Nabla.Formulas.Explanation;

/// <summary>What to do with a formula besides saying what it is.</summary>
public sealed record ExplanationRequest
{
    /// <summary>What its symbols stand for, or null if nothing shall be computed.</summary>
    public Bindings? Bindings { get; init; }

    /// <summary>The names by which to differentiate.</summary>
    public IReadOnlyList<string> Gradients { get; init; } = [];

    /// <summary>Seed of the random numbers, where an expectation is sampled.</summary>
    public long Seed { get; init; } = 1;
}
