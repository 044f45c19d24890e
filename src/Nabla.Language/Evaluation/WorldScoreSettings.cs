namespace Nabla.Language.Evaluation;

/// <summary>How much a <see cref="WorldScore"/> asks.</summary>
public sealed record WorldScoreSettings
{
    /// <summary>Size of the held-out text.</summary>
    public int HeldOutBytes { get; init; } = 50_000;

    /// <summary>The most questions of each kind; by default all there are.</summary>
    public int QuestionsOfAKind { get; init; } = int.MaxValue;

    /// <summary>Which questions, where not all are asked.</summary>
    public long Seed { get; init; } = 1;
}
