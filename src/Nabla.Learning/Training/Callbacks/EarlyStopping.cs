using System.Globalization;

namespace Nabla.Learning.Training;

/// <summary>
/// Ends a run whose validation loss no longer falls: after <paramref name="patience"/> validations in a row that are
/// not below the best so far by more than <paramref name="leastGain"/>. Prechelt 1998, "Early stopping – but when?".
/// </summary>
/// <param name="patience">Validations to wait, 1 or more.</param>
/// <param name="leastGain">By how much a loss must be lower to count as better, 0 or more.</param>
public sealed class EarlyStopping(int patience, double leastGain = 0) : TrainingCallback
{
    private const string Key = "early_stopping";

    private readonly int patience = Require.Positive(patience, nameof(EarlyStopping));
    private readonly double leastGain = Require.NotNegative(leastGain, nameof(EarlyStopping));
    private int waited;

    /// <summary>The least validation loss so far; +∞ before the first.</summary>
    public double Best { get; private set; } = double.PositiveInfinity;

    /// <summary>The step it was measured at.</summary>
    public int BestStep { get; private set; }

    /// <inheritdoc/>
    public override void OnValidated(Trainer trainer, Validation? validation)
    {
        if (validation is null)
            return;
        if (validation.Loss < Best - leastGain)
            (Best, BestStep, waited) = (validation.Loss, trainer.Step, 0);
        else if (++waited >= patience)
            trainer.Stop(string.Create(
                CultureInfo.InvariantCulture,
                $"the validation loss was not below {Best:G5}, of step {BestStep}, at the last {waited} looks"));
    }

    /// <inheritdoc/>
    public override void Save(IDictionary<string, string> notes) =>
        notes[Key] = string.Create(CultureInfo.InvariantCulture, $"{Best:R} {BestStep} {waited}");

    /// <inheritdoc/>
    public override void Load(IReadOnlyDictionary<string, string> notes)
    {
        if (notes.TryGetValue(Key, out string? text) && text.Split(' ') is [var best, var step, var looks])
            (Best, BestStep, waited) = (
                double.Parse(best, CultureInfo.InvariantCulture), int.Parse(step, CultureInfo.InvariantCulture),
                int.Parse(looks, CultureInfo.InvariantCulture));
    }
}
