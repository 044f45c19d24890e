using System.Globalization;
using Nabla.Learning.Schedules;

namespace Nabla.Learning.Training;

/// <summary>
/// Lowers the learning rate when the validation loss no longer falls, as <see cref="ReduceOnPlateau"/> says; for a run
/// without a schedule. It goes on from a checkpoint where it was.
/// </summary>
/// <param name="plateau">The rule, which holds the rate.</param>
public sealed class PlateauRate(ReduceOnPlateau plateau) : TrainingCallback
{
    private const string Key = "plateau_rate";

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The run has a schedule, which would overwrite the rate.</exception>
    public override void OnStart(Trainer trainer)
    {
        if (trainer.Options.Schedule is { } schedule)
            throw new ArgumentException(
                $"PlateauRate: the run's Schedule = {schedule} sets the learning rate too. Use one of them.");
        trainer.Optimizer.LearningRate = (float)plateau.Rate;
    }

    /// <inheritdoc/>
    public override void OnValidated(Trainer trainer, Validation? validation)
    {
        if (validation is not null)
            trainer.Optimizer.LearningRate = (float)plateau.Observe(validation.Loss);
    }

    /// <inheritdoc/>
    public override void Save(IDictionary<string, string> notes)
    {
        PlateauState state = plateau.State;
        string best = state.Best?.ToString("R", CultureInfo.InvariantCulture) ?? "";
        notes[Key] = string.Create(
            CultureInfo.InvariantCulture, $"{state.Rate:R};{best};{state.Waited};{state.Cooling}");
    }

    /// <inheritdoc/>
    public override void Load(IReadOnlyDictionary<string, string> notes)
    {
        if (notes.TryGetValue(Key, out string? text)
            && text.Split(';') is [var rate, var best, var waited, var cooling])
            plateau.State = new PlateauState(
                double.Parse(rate, CultureInfo.InvariantCulture),
                best.Length == 0 ? null : double.Parse(best, CultureInfo.InvariantCulture),
                int.Parse(waited, CultureInfo.InvariantCulture), int.Parse(cooling, CultureInfo.InvariantCulture));
    }
}
