namespace Nabla.Formulas.Evaluation;

/// <summary>What to compute of a formula besides its value, and how much work that may be.</summary>
public sealed record EvaluationOptions
{
    /// <summary>The names by which to differentiate the sum of all entries of the value.</summary>
    public IReadOnlyList<string> Gradients { get; init; } = [];

    /// <summary>Whether to keep the value of every subexpression.</summary>
    public bool Steps { get; init; } = true;

    /// <summary>Is shown the engine's graph while its tensors live.</summary>
    internal Action<EngineTrace>? Trace { get; init; }

    /// <summary>
    /// Whether that graph shows decisions too, cases that do not apply and ends of ranges: it is right for other
    /// numbers then, but cannot be differentiated.
    /// </summary>
    internal bool Decisions { get; init; }

    /// <summary>
    /// Whether the tensor engine computes everything too, to compare; without it a value costs a fraction.
    /// </summary>
    internal bool HasEngine { get; init; } = true;

    /// <summary>Seed of the random numbers, where an expectation is sampled.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>How many samples an expectation takes that has no exact value.</summary>
    public int Samples { get; init; } = 20_000;

    /// <summary>
    /// What it may take, together with everything else that charges the same budget; a new one of
    /// <see cref="Budget.OfEvaluation"/> for each evaluation if null.
    /// </summary>
    public Budget? Budget { get; init; }
}
