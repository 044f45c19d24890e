namespace Nabla.Language.Training;

/// <summary>The text of a run: what the model learns from, and what it never sees.</summary>
/// <param name="Training">The training part.</param>
/// <param name="Validation">The part that is held out.</param>
public sealed record TrainingText(string Training, string Validation)
{
    /// <summary>The files it was read from, with which the run can be resumed; none if it was not.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>The last <paramref name="validationFraction"/> of the characters held out.</summary>
    public static TrainingText Split(string text, double validationFraction)
    {
        int border = (int)(text.Length * (1 - validationFraction));
        if (border > 0 && border < text.Length && char.IsLowSurrogate(text[border]))
            border--;
        return new TrainingText(text[..border], text[border..]);
    }
}
