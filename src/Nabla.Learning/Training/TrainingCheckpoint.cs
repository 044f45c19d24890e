using System.Globalization;
using Nabla.Learning.Checkpoints;
using Nabla.Learning.Optimizers;
using Nabla.Tensors;

namespace Nabla.Learning.Training;

/// <summary>
/// What a run needs to go on with the same bits: weights, optimizer state and notes in one safetensors file with a
/// checksum, so that a kill between two files cannot leave halves that do not belong together.
/// </summary>
public sealed class TrainingCheckpoint : IDisposable
{
    private const string WeightPrefix = "model.", OptimizerPrefix = "optimizer.";
    private const string StepKey = "step";
    private readonly SafeTensorsFile file;
    private readonly string path;

    private TrainingCheckpoint(string path)
    {
        this.path = path;
        file = SafeTensorsFile.Open(path);
    }

    /// <summary>The notes that it was written with.</summary>
    public IReadOnlyDictionary<string, string> Notes => file.Metadata;

    /// <summary>Whether the file has a checksum, as those that <see cref="Write"/> writes have.</summary>
    public bool HasChecksum => file.HasChecksum;

    /// <summary>Steps done.</summary>
    /// <exception cref="CheckpointException">The number is missing.</exception>
    public int Step => (int)Number(StepKey, "the number of steps", int.MaxValue);

    /// <summary>Opens a checkpoint and verifies its checksum.</summary>
    /// <exception cref="CheckpointException">The file cannot be read or is damaged.</exception>
    public static TrainingCheckpoint Open(string path) => new(path);

    /// <summary>Writes the state after <paramref name="step"/> steps.</summary>
    /// <param name="path">The file, which is replaced when all is written.</param>
    /// <param name="model">Its parameters are written, those that are not trained too.</param>
    /// <param name="optimizer">Its state is written.</param>
    /// <param name="step">Steps done.</param>
    /// <param name="more">Other tensors by full name, and notes.</param>
    /// <exception cref="CheckpointException">The file cannot be written.</exception>
    public static void Write(string path, Module model, Optimizer optimizer, int step, CheckpointExtras? more = null)
    {
        IEnumerable<SafeTensorEntry> weights = model.Parameters().Select(named => new SafeTensorEntry(
            WeightPrefix + named.Path, named.Parameter.Shape.ToArray(), named.Parameter.ToArray()));
        IEnumerable<SafeTensorEntry> state = optimizer.State().Select(s => Entry(OptimizerPrefix + s.Name, s));
        IEnumerable<SafeTensorEntry> others = more?.Tensors.Select(t => Entry(t.Name, t)) ?? [];
        var notes = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [StepKey] = step.ToString(CultureInfo.InvariantCulture),
        };
        foreach ((string key, string value) in more?.Notes ?? new Dictionary<string, string>(StringComparer.Ordinal))
            notes[key] = value;
        SafeTensorsFile.Write(path, weights.Concat(state).Concat(others), notes);
    }

    /// <summary>
    /// Reads weights and state into model and optimizer, which then go on from <see cref="Step"/>. Nothing is changed
    /// unless everything fits.
    /// </summary>
    /// <exception cref="CheckpointException">The checkpoint does not fit.</exception>
    public void Restore(
        Module model, Optimizer optimizer, IEnumerable<(string Name, Shape Shape, Memory<float> Values)>? more = null)
    {
        int step = Step;
        Read([
            .. WeightsOf(model), .. more ?? [],
            .. optimizer.State().Select(state => (OptimizerPrefix + state.Name, state.Shape, state.Values)),
        ]);
        optimizer.Resume(step);
    }

    /// <summary>Reads the weights only. Nothing is changed unless all fit.</summary>
    /// <exception cref="CheckpointException">The checkpoint does not fit.</exception>
    public void RestoreWeights(Module model) => Read(WeightsOf(model));

    /// <summary>A whole number among the notes, from 0 to <paramref name="most"/>.</summary>
    /// <exception cref="CheckpointException">It is missing or no such number.</exception>
    public long Number(string key, string what, long most = long.MaxValue) =>
        Notes.TryGetValue(key, out string? text)
        && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
        && number <= most
            ? number
            : throw new CheckpointException(
                $"{path}: {what} is missing. Start the run again in another folder.");

    /// <summary>Closes the file.</summary>
    public void Dispose() => file.Dispose();

    private static (string Name, Shape Shape, Memory<float> Values)[] WeightsOf(Module model) =>
    [
        .. model.Parameters().Select(
            named => (WeightPrefix + named.Path, named.Parameter.Shape, named.Parameter.ValuesMemory)),
    ];

    private void Read((string Name, Shape Shape, Memory<float> Values)[] all)
    {
        foreach (var (name, shape, _) in all)
            if (!file.Contains(name) || !file.Shape(name).SequenceEqual(shape.AsSpan()))
                throw new CheckpointException(
                    $"{path}: '{name}' is missing or not {shape}. The checkpoint belongs to another model, optimizer "
                    + "or recipe; start the run again in another folder.");
        foreach (var (name, _, values) in all)
            file.ReadFloats(name, values.Span);
    }

    private static SafeTensorEntry Entry(string name, (string, Shape Shape, Memory<float> Values) state) =>
        new(name, state.Shape.ToArray(), state.Values);
}

/// <summary>What a checkpoint holds beside weights and optimizer.</summary>
public sealed record CheckpointExtras
{
    /// <summary>Notes; they may be read without the tensors.</summary>
    public IReadOnlyDictionary<string, string> Notes { get; init; } =
        new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Tensors by their full names.</summary>
    public IEnumerable<(string Name, Shape Shape, Memory<float> Values)> Tensors { get; init; } = [];
}
