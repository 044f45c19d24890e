using Nabla.Language.Models;
using Nabla.Learning.Checkpoints;
using Nabla.Learning.Optimizers;
using Nabla.Learning.Training;

namespace Nabla.Language.Training;

/// <summary>
/// A run's checkpoint, which knows the record that it belongs to. Batches and dropout depend on the seed and the step
/// only.
/// </summary>
internal static class TrainingState
{
    private const string RunKey = "run";

    public static string PathIn(string folder) => Path.Combine(folder, "training", "state.safetensors");

    /// <summary>Writes the state after <paramref name="step"/> steps.</summary>
    public static void Save(string folder, RunRecord record, LanguageModel model, Optimizer optimizer, int step) =>
        TrainingCheckpoint.Write(PathIn(folder), model, optimizer, step, new CheckpointExtras
        {
            Notes = new Dictionary<string, string>(StringComparer.Ordinal) { [RunKey] = record.Digest() },
        });

    /// <summary>Reads the state into model and optimizer and returns the number of steps done.</summary>
    /// <exception cref="CheckpointException">The file is damaged or does not fit the model.</exception>
    public static int Load(string folder, RunRecord record, LanguageModel model, Optimizer optimizer)
    {
        string path = PathIn(folder);
        using TrainingCheckpoint checkpoint = TrainingCheckpoint.Open(path);
        if (!checkpoint.HasChecksum || checkpoint.Notes.GetValueOrDefault(RunKey) != record.Digest())
            throw new CheckpointException(
                $"{path} does not belong to {RunRecord.PathIn(folder)}: one of them was altered. " +
                "Start the run again in another folder.");
        checkpoint.Restore(model, optimizer);
        return checkpoint.Step;
    }
}
