using System.Globalization;
using Nabla.Language.Models;
using Nabla.Learning;
using Nabla.Learning.Checkpoints;
using Nabla.Learning.Optimizers;

namespace Nabla.Language.Training;

/// <summary>
/// What a run needs to go on with the same bits: weights and optimizer state in one file, so that a kill between two
/// files cannot leave halves that do not belong together. Batches and dropout depend on the seed and the step only.
/// </summary>
internal static class TrainingState
{
    private const string WeightPrefix = "model.";
    private const string OptimizerPrefix = "optimizer.";
    private const string StepKey = "step";
    private const string RunKey = "run";

    public static string PathIn(string folder) => Path.Combine(folder, "training", "state.safetensors");

    /// <summary>Writes the state after <paramref name="step"/> steps.</summary>
    public static void Save(string folder, RunRecord record, LanguageModel model, Optimizer optimizer, int step)
    {
        IEnumerable<SafeTensorEntry> weights = model.Parameters().Select(named => new SafeTensorEntry(
            WeightPrefix + named.Path, named.Parameter.Shape.ToArray(), named.Parameter.ToArray()));
        IEnumerable<SafeTensorEntry> moments = optimizer.State().Select(state => new SafeTensorEntry(
            OptimizerPrefix + state.Name, state.Shape.ToArray(), state.Values));
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [StepKey] = step.ToString(CultureInfo.InvariantCulture),
            [RunKey] = record.Digest(),
        };
        SafeTensorsFile.Write(PathIn(folder), weights.Concat(moments), metadata);
    }

    /// <summary>Reads the state into model and optimizer and returns the number of steps done.</summary>
    /// <exception cref="CheckpointException">The file is damaged or does not fit the model.</exception>
    public static int Load(string folder, RunRecord record, LanguageModel model, Optimizer optimizer)
    {
        string path = PathIn(folder);
        using SafeTensorsFile file = SafeTensorsFile.Open(path);
        if (!file.HasChecksum || file.Metadata.GetValueOrDefault(RunKey) != record.Digest())
            throw new CheckpointException(
                $"{path} does not belong to {RunRecord.PathIn(folder)}: one of them was altered. " +
                "Start the run again in another folder.");
        if (!file.Metadata.TryGetValue(StepKey, out string? text)
            || !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int step))
            throw new CheckpointException(
                $"{path}: the number of steps is missing. Start the run again in another folder.");
        foreach (NamedParameter named in model.Parameters())
            Read(file, path, WeightPrefix + named.Path, named.Parameter.Shape.AsSpan(), named.Parameter.Values);
        foreach (var (name, shape, values) in optimizer.State())
            Read(file, path, OptimizerPrefix + name, shape.AsSpan(), values.Span);
        optimizer.Resume(step);
        return step;
    }

    private static void Read(SafeTensorsFile file, string path, string name,
        ReadOnlySpan<int> shape, Span<float> values)
    {
        if (!file.Contains(name) || !file.Shape(name).SequenceEqual(shape))
            throw new CheckpointException(
                $"{path}: '{name}' is missing or not [{string.Join(", ", shape.ToArray())}]. " +
                "The checkpoint belongs to another recipe; start the run again in another folder.");
        file.ReadFloats(name, values);
    }
}
