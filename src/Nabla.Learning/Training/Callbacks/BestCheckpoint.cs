using System.Globalization;
using Nabla.Learning.Checkpoints;

namespace Nabla.Learning.Training;

/// <summary>
/// Keeps the state with the least validation loss in a file, as <see cref="Trainer.Save"/> writes it, and gives the
/// model its weights at the end.
/// </summary>
/// <param name="path">The file.</param>
/// <param name="restore">Whether the model has the best weights when the run has come to its end.</param>
public sealed class BestCheckpoint(string path, bool restore = true) : TrainingCallback
{
    private const string Key = "best_checkpoint";

    /// <summary>The least validation loss so far; +∞ before the first.</summary>
    public double Best { get; private set; } = double.PositiveInfinity;

    /// <inheritdoc/>
    /// <exception cref="CheckpointException">The file cannot be written.</exception>
    public override void OnValidated(Trainer trainer, Validation? validation)
    {
        if (validation is null || !(validation.Loss < Best))
            return;
        Best = validation.Loss;
        trainer.Save(path);
    }

    /// <inheritdoc/>
    /// <exception cref="CheckpointException">The file is gone or damaged.</exception>
    public override void OnEnd(Trainer trainer, TrainingResult? result)
    {
        if (!restore || result is not { Finished: true } || !double.IsFinite(Best))
            return;
        using TrainingCheckpoint checkpoint = TrainingCheckpoint.Open(path);
        checkpoint.RestoreWeights(trainer.Model);
    }

    /// <inheritdoc/>
    public override void Save(IDictionary<string, string> notes) =>
        notes[Key] = Best.ToString("R", CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override void Load(IReadOnlyDictionary<string, string> notes)
    {
        if (notes.TryGetValue(Key, out string? best))
            Best = double.Parse(best, CultureInfo.InvariantCulture);
    }
}
