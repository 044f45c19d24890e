using System.Diagnostics;
using Nabla.Learning.Optimizers;
using Nabla.Tensors;
using Nabla.Tensors.Diagnostics;

namespace Nabla.Learning.Training;

/// <summary>
/// Trains a module: for each step, the mean loss of some batches is differentiated, the gradient clipped if it is too
/// long, and the optimizer takes a step, g = (1/n)·Σ∇Lᵢ, θ ← step(θ, g·min(1, c/‖g‖)). Each pass has a
/// <see cref="TensorScope"/> of its own. A run that is cancelled, saved and resumed ends with the same bits as one that
/// was not.
/// </summary>
/// <example><code>
/// var line = new Linear(1, 1, new Rng(1));
/// Tensor x = new([0f, 1, 2, 3], [4, 1]), y = x * 2 + 1;
/// var trainer = new Trainer&lt;Tensor&gt;(line, new AdamW(line, new() { LearningRate = 0.1f, WeightDecay = 0 }),
///     Batches.Same([x]), (batch, _) =&gt; Loss.MeanSquaredError(line.Forward(batch), y), new() { Epochs = 300 });
/// trainer.Run().Position.Step;                              // = 300
/// line.Weight.Item();                                      // = 2.0
/// line.Bias!.Item();                                       // = 1.0
/// </code></example>
/// <typeparam name="TBatch">What the loss function is given.</typeparam>
public sealed class Trainer<TBatch> : Trainer
{
    private readonly Batches<TBatch> batches;
    private readonly Func<TBatch, TrainingPass, Tensor> loss;
    private readonly List<TBatch> taken = []; // of the step under way
    private readonly Speedometer speed = new();
    private readonly Stack<IDisposable> watching = new();

    /// <summary>A run that has not begun.</summary>
    /// <param name="model">What is trained.</param>
    /// <param name="optimizer">What changes its parameters.</param>
    /// <param name="batches">The data.</param>
    /// <param name="loss">The mean loss of a batch's examples, a scalar; it is called inside a scope.</param>
    /// <param name="options">How long, and what is looked at meanwhile.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    /// <exception cref="ArgumentException">The optimizer needs the loss as a function.</exception>
    public Trainer(
        Module model, Optimizer optimizer, Batches<TBatch> batches, Func<TBatch, TrainingPass, Tensor> loss,
        TrainerOptions options) : base(model, optimizer, options)
    {
        ArgumentNullException.ThrowIfNull(batches);
        ArgumentNullException.ThrowIfNull(loss);
        (this.batches, this.loss) = (batches, loss);
        if (optimizer.NeedsFunction)
            throw new ArgumentException(
                $"Trainer: {optimizer.GetType().Name} computes the loss at several places for a step, on data that "
                + "must not change. Call its Minimize(() => loss) in a loop of your own.", nameof(optimizer));
        if (batches.IsEndless && options.Steps is null)
            throw new ArgumentOutOfRangeException(
                nameof(options), "Trainer: Steps = null must be given: the epochs of endless batches do not end.");
    }

    /// <summary>Examples in a batch, for the speed and the count of examples; null if they are not counted.</summary>
    public Func<TBatch, long>? CountExamples { get; init; }

    /// <summary>
    /// Looks at held-out data, with <see cref="Validation.Over"/> say; null for no validation. It must not change the
    /// model, and may throw <see cref="OperationCanceledException"/>.
    /// </summary>
    public Func<CancellationToken, Validation>? Validate { get; init; }

    /// <inheritdoc/>
    public override int? Steps => (Options.Steps, StepsOfEpochs()) switch
    {
        (null, var epochs) => epochs,
        ({ } steps, null) => Options.Epochs is null ? steps : null,
        ({ } steps, { } epochs) => Math.Min(steps, epochs),
    };

    /// <summary>
    /// Takes the steps that are left. Cancelling finishes the step under way, writes the checkpoint if there is one,
    /// and returns.
    /// </summary>
    /// <param name="progress">Told of every step.</param>
    /// <param name="cancellation">Ends the run between two steps.</param>
    /// <exception cref="TrainingException">
    /// An epoch has no batches, or the loss is no longer a number; the message then says which operation began it.
    /// </exception>
    public TrainingResult Run(IProgress<StepMetrics>? progress = null, CancellationToken cancellation = default)
    {
        var total = Stopwatch.StartNew();
        TrainingResult? result = null;
        try
        {
            foreach (TrainingCallback callback in Callbacks)
                callback.OnStart(this);
            Validation? last = TakeSteps(progress, cancellation);
            return result = new TrainingResult(
                Position, HasEnded && (Unvalidated is null || Validate is null), StopReason, last,
                total.Elapsed.TotalSeconds);
        }
        finally
        {
            foreach (TrainingCallback callback in Callbacks)
                callback.OnEnd(this, result);
        }
    }

    private bool HasEnded => StopReason is not null || Step >= Options.Steps || Position.Epoch >= Options.Epochs;

    private Validation? TakeSteps(IProgress<StepMetrics>? progress, CancellationToken cancellation)
    {
        Validation? last = MakeUp(progress, cancellation);
        using var reader = new BatchReader<TBatch>(batches);
        reader.Seek(Position);
        int saved = -1;
        while (!HasEnded && !cancellation.IsCancellationRequested)
        {
            int epoch = Position.Epoch;
            StepMetrics metrics = TakeStep(reader);
            bool ended = Position.Epoch > epoch;
            last = Validated(metrics, ended, cancellation) ?? last;
            Report(metrics, progress, ended);
            if (Options.CheckpointPath is { } path && IsDue(Options.CheckpointEvery, ended))
            {
                Save(path);
                saved = Step;
            }
        }
        if (Options.CheckpointPath is { } end && saved != Step && Step > 0)
            Save(end);
        return last;
    }

    private bool IsDue(int every, bool epochEnded) =>
        HasEnded || (every > 0 ? Step % every == 0 : epochEnded);

    /// <summary>
    /// The validation that was cancelled when the run was stopped, and its step's line once more, now with it: what
    /// follows, a lower learning rate say, is then as if there had been no stop.
    /// </summary>
    private Validation? MakeUp(IProgress<StepMetrics>? progress, CancellationToken cancellation)
    {
        if (Unvalidated is not { } metrics || Validate is null || cancellation.IsCancellationRequested
            || Look(Validate, cancellation) is not { } late)
            return null;
        Unvalidated = null;
        Add(late, metrics);
        Report(metrics, progress, epochEnded: false);
        return late;
    }

    private Validation? Validated(StepMetrics metrics, bool epochEnded, CancellationToken cancellation)
    {
        if (Validate is null || !IsDue(Options.ValidateEvery, epochEnded))
            return null;
        Validation? validation = Look(Validate, cancellation);
        Unvalidated = validation is null ? metrics : null;
        Add(validation, metrics);
        return validation;
    }

    private static void Add(Validation? validation, StepMetrics metrics)
    {
        if (validation is null)
            return;
        (metrics.ValLoss, metrics.ValAccuracy) = (validation.Loss, validation.Accuracy);
        foreach ((string name, double value) in validation.More)
            metrics.More[name] = value;
    }

    private void Report(StepMetrics metrics, IProgress<StepMetrics>? progress, bool epochEnded)
    {
        foreach (TrainingCallback callback in Callbacks)
            callback.OnStep(this, metrics);
        progress?.Report(metrics);
        if (epochEnded)
            foreach (TrainingCallback callback in Callbacks)
                callback.OnEpoch(this);
    }

    private StepMetrics TakeStep(BatchReader<TBatch> reader)
    {
        speed.Start();
        Take(reader);
        Optimizer.ClearGradients();
        double mean = 0;
        for (int part = 0; part < taken.Count; part++)
            mean += Watched(part) / taken.Count;
        double norm = Optimizer.GradientNorm() / taken.Count;
        if (!double.IsFinite(mean) || !double.IsFinite(norm))
            throw Diverged(mean, norm);
        double rate = Options.Schedule?.At(Step) ?? Optimizer.LearningRate;
        if (Options.Schedule is not null)
            Optimizer.LearningRate = (float)rate;
        float scale = (Options.ClipNorm > 0 ? Optimizer.ClipFactor(norm, Options.ClipNorm) : 1) / taken.Count;
        foreach (TrainingCallback callback in Callbacks)
            callback.OnGradients(this, scale);
        Optimizer.Step(scale);
        foreach (TrainingCallback callback in Callbacks)
            callback.OnUpdated(this);
        return Advance(reader, new StepMetrics
        {
            Step = Step + 1,
            Epoch = Position.Epoch + 1,
            Loss = mean,
            LearningRate = rate,
            GradientNorm = norm,
        });
    }

    /// <summary>The step's batches, all of one epoch.</summary>
    private void Take(BatchReader<TBatch> reader)
    {
        reader.Take(Options.Accumulate, taken);
        if (taken.Count == 0)
            throw new TrainingException(
                $"Trainer: epoch {Position.Epoch + 1} has no batches{(Position.Batch > 0 ? " left" : "")}. "
                + "Batches must give at least one in every epoch, and as many as PerEpoch says; a sequence that can "
                + "be read only once does for one epoch.");
    }

    /// <summary>A pass under the eyes of the callbacks.</summary>
    private float Watched(int part)
    {
        try
        {
            foreach (TrainingCallback callback in Callbacks)
                if (callback.Watch(this) is { } observer)
                    watching.Push(observer.Watch());
            return Differentiate(part);
        }
        finally
        {
            while (watching.TryPop(out IDisposable? watch))
                watch.Dispose();
        }
    }

    /// <summary>One forward and backward pass; returns the loss.</summary>
    private float Differentiate(int part)
    {
        long index = Position.Pass + part;
        using var scope = TensorScope.Begin();
        Tensor value = loss(
            taken[part], new TrainingPass(Step, Position.Epoch, index, Options.Rng?.Fork(index)));
        value.Backward();
        return value.Item();
    }

    /// <summary>Counts the step, and the epoch if it has ended.</summary>
    private StepMetrics Advance(BatchReader<TBatch> reader, StepMetrics metrics)
    {
        long count = CountExamples is null ? 0 : taken.Sum(CountExamples);
        bool ended = reader.AtEnd;
        double pace = speed.Stop(count);
        Position = new TrainingPosition(
            Step + 1, Position.Epoch + (ended ? 1 : 0), ended ? 0 : Position.Batch + taken.Count,
            Position.Pass + taken.Count, Position.Examples + count);
        if (ended && !(Position.Epoch >= Options.Epochs))
            reader.Seek(Position);
        if (CountExamples is not null)
            (metrics.Examples, metrics.ExamplesPerSecond) = (Position.Examples, pace);
        return metrics;
    }

    private Validation? Look(Func<CancellationToken, Validation> validate, CancellationToken cancellation)
    {
        foreach (TrainingCallback callback in Callbacks)
            callback.OnValidating(this);
        Validation? validation = null;
        try
        {
            validation = validate(cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The run ends before its next step; it is made up for when the run goes on.
        }
        for (int i = Callbacks.Count - 1; i >= 0; i--)
            Callbacks[i].OnValidated(this, validation);
        return validation;
    }

    private int? StepsOfEpochs() => Options.Epochs is { } epochs && batches.PerEpoch is { } each
        ? (int)Math.Min(int.MaxValue, epochs * (((long)each + Options.Accumulate - 1) / Options.Accumulate))
        : null;

    private TrainingException Diverged(double mean, double norm)
    {
        string message = $"Training diverged: at step {Step + 1} the loss is {mean} and the gradient's norm {norm}. "
            + "Use a lower learning rate or more warm-up steps.";
        return Options.ExplainNotFinite && Trace() is { } cause
            ? new TrainingException($"{message} {cause.Message}", cause)
            : new TrainingException(message);
    }

    /// <summary>Repeats the step's passes, which nothing has changed since, with an eye on every operation.</summary>
    private NotFiniteException? Trace()
    {
        var check = new NanCheck(Model.TensorNames());
        try
        {
            for (int part = 0; part < taken.Count; part++)
            {
                Optimizer.ClearGradients();
                using (check.Watch())
                    Differentiate(part);
            }
        }
        catch (NotFiniteException found)
        {
            return found;
        }
        return null; // every pass is finite, their sum is not
    }
}
