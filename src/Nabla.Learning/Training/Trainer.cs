using System.Globalization;
using Nabla.Learning.Checkpoints;
using Nabla.Learning.Optimizers;
using Nabla.Numerics;
using Nabla.Tensors;

namespace Nabla.Learning.Training;

/// <summary>
/// A training run of any module: what callbacks see of it. <see cref="Trainer{TBatch}"/> knows what a batch is.
/// </summary>
public abstract class Trainer
{
    private const string CallbackPrefix = "callback.";
    private const string StopKey = "stop", UnvalidatedKey = "unvalidated";
    private string? stop;

    private protected Trainer(Module model, Optimizer optimizer, TrainerOptions options)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(optimizer);
        ArgumentNullException.ThrowIfNull(options);
        (Model, Optimizer, Options) = (model, optimizer, options.Validated());
    }

    /// <summary>What is trained.</summary>
    public Module Model { get; }

    /// <summary>What changes it.</summary>
    public Optimizer Optimizer { get; }

    /// <summary>The settings.</summary>
    public TrainerOptions Options { get; }

    /// <summary>What is done beside training.</summary>
    public IList<TrainingCallback> Callbacks { get; } = [];

    /// <summary>How far the run is.</summary>
    public TrainingPosition Position { get; private protected set; }

    /// <summary>Steps done.</summary>
    public int Step => Position.Step;

    /// <summary>Steps in all, if that is known before the end; null if only the data's end tells.</summary>
    public abstract int? Steps { get; }

    /// <summary>Why a callback ended the run, or will end it after this step; null if none did.</summary>
    public string? StopReason => stop;

    /// <summary>The step whose validation was due and was cancelled; it is made up for when the run goes on.</summary>
    private protected StepMetrics? Unvalidated { get; set; }

    /// <summary>Ends the run after the step under way; the first reason counts.</summary>
    public void Stop(string reason) => stop ??= reason;

    /// <summary>Writes all that the run needs to go on with the same bits.</summary>
    /// <exception cref="CheckpointException">The file cannot be written.</exception>
    public void Save(string path)
    {
        var notes = new Dictionary<string, string>(StringComparer.Ordinal) { ["identity"] = Options.Identity };
        (string Key, long Number)[] place =
        [
            ("epoch", Position.Epoch), ("batch", Position.Batch), ("pass", Position.Pass),
            ("examples", Position.Examples),
        ];
        foreach ((string key, long number) in place)
            notes[key] = number.ToString(CultureInfo.InvariantCulture);
        if (stop is not null)
            notes[StopKey] = stop;
        if (Unvalidated is { } step)
            notes[UnvalidatedKey] = string.Create(
                CultureInfo.InvariantCulture,
                $"{step.Epoch} {step.Loss:R} {step.LearningRate:R} {step.GradientNorm:R}");
        foreach (TrainingCallback callback in Callbacks)
            callback.Save(notes);
        TrainingCheckpoint.Write(
            path, Model, Optimizer, Step, new CheckpointExtras { Notes = notes, Tensors = CallbackState() });
    }

    /// <summary>
    /// Goes to where a run was that <see cref="Save"/> wrote: the same model, optimizer and callbacks, in the same
    /// order, then end with the same bits as a run that was not interrupted.
    /// </summary>
    /// <exception cref="CheckpointException">
    /// The file is damaged, or of another run: other settings, another model or optimizer.
    /// </exception>
    public void Load(string path)
    {
        using TrainingCheckpoint checkpoint = TrainingCheckpoint.Open(path);
        string identity = checkpoint.Notes.GetValueOrDefault("identity", "");
        if (identity != Options.Identity)
            throw new CheckpointException(
                $"{path} belongs to another run: its identity is '{identity}', this run's is '{Options.Identity}'. "
                + "Resume with the settings and data that it was started with.");
        var position = new TrainingPosition(
            checkpoint.Step, (int)checkpoint.Number("epoch", "the number of epochs", int.MaxValue),
            checkpoint.Number("batch", "the place in the epoch"), checkpoint.Number("pass", "the number of passes"),
            checkpoint.Number("examples", "the number of examples"));
        checkpoint.Restore(Model, Optimizer, CallbackState());
        Position = position;
        stop = checkpoint.Notes.GetValueOrDefault(StopKey);
        try
        {
            Unvalidated = UnvalidatedIn(checkpoint.Notes);
            foreach (TrainingCallback callback in Callbacks)
                callback.Load(checkpoint.Notes);
        }
        catch (Exception error) when (error is FormatException or OverflowException or ArgumentException)
        {
            throw new CheckpointException(
                $"{path}: a note is damaged ({Foreign.OneLine(error.Message)}). Start the run again in another folder.",
                error);
        }
    }

    /// <summary>Goes to this place, whose weights and optimizer state the caller has restored.</summary>
    public void Resume(TrainingPosition position) => Position = position;

    private StepMetrics? UnvalidatedIn(IReadOnlyDictionary<string, string> notes) =>
        notes.TryGetValue(UnvalidatedKey, out string? text)
        && text.Split(' ') is [var epoch, var loss, var rate, var norm]
            ? new StepMetrics
            {
                Step = Step,
                Epoch = int.Parse(epoch, CultureInfo.InvariantCulture),
                Loss = double.Parse(loss, CultureInfo.InvariantCulture),
                LearningRate = double.Parse(rate, CultureInfo.InvariantCulture),
                GradientNorm = double.Parse(norm, CultureInfo.InvariantCulture),
            }
            : null;

    private IEnumerable<(string Name, Shape Shape, Memory<float> Values)> CallbackState() =>
        Callbacks.SelectMany((callback, i) => callback.State().Select(
            state => (CallbackPrefix + i.ToString(CultureInfo.InvariantCulture) + "." + state.Name, state.Shape,
                state.Values)));
}
