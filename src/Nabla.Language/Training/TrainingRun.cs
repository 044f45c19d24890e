using System.Diagnostics;
using System.Text.Json;
using Nabla.Language.Evaluation;
using Nabla.Language.Generation;
using Nabla.Language.Models;
using Nabla.Language.Sampling;
using Nabla.Learning.Checkpoints;
using Nabla.Learning.Training;
using Nabla.Numerics;
using Nabla.Tensors;
using Nabla.Text;
using Nabla.Text.Tokenizers;

namespace Nabla.Language.Training;

/// <summary>
/// Trains a language model from nothing, step by step, with checkpoints in a folder. Every random choice depends on the
/// seed and the number of the step, so an interrupted run that is resumed ends with the same bits as one that was not.
/// </summary>
/// <example><code>
/// TrainingRun run = TrainingRun.Start(config, TrainingText.Split(text, 0.1), "models/mine", seed: 1);
/// TrainingEnded end = run.Run(progress: null, CancellationToken.None);
/// </code></example>
public sealed class TrainingRun
{
    // Streams of the run's generator; each purpose has its own, so that one does not shift the others.
    private const int WeightStream = 0, BatchStream = 1, DropoutStream = 2, SampleStream = 3;
    private const int SampleTokens = 200;

    private readonly TrainingConfig config;
    private readonly string folder;
    private readonly Rng rng;
    private readonly int[] training, validation;
    private readonly RunRecord record;
    private readonly Trainer<Batch> trainer;
    private readonly Batch[] batches; // of the step under way
    private EvaluationResult? result; // on the whole validation part, after the last step

    private TrainingRun(RunRecord record, TrainingText text, string folder, CancellationToken cancellation)
    {
        this.record = record;
        config = record.Config;
        this.folder = folder;
        rng = new Rng(record.Seed);
        Tokenizer = config.Tokenizer.Create(text, cancellation);
        training = Encode(text.Training, "training", config.Model.Context + 1, cancellation);
        validation = Encode(text.Validation, "validation", 2, cancellation);
        batches = [.. Enumerable.Range(0, config.Accumulate).Select(
            _ => new Batch(new int[config.TokensPerPass], new int[config.TokensPerPass]))];
        CheckSamplePrompt();
        Model = Untrained();
        Model.ActivationCheckpointing = config.ActivationCheckpointing;
        trainer = new Trainer<Batch>(
            Model, config.Optimizer.Create(Model), Batches.Endless(RandomBatch), Loss, TrainerOptions())
        {
            CountExamples = batch => batch.Inputs.Length,
            Validate = Validate,
        };
    }

    /// <summary>The model, as far as it is trained.</summary>
    public LanguageModel Model { get; }

    /// <summary>Its tokenizer.</summary>
    public Tokenizer Tokenizer { get; }

    /// <summary>What is done beside training: TensorBoard's event files, say.</summary>
    public IList<TrainingCallback> Callbacks => trainer.Callbacks;

    private int Step => trainer.Step;

    /// <summary>The model as it was before the first step: the run's own random weights.</summary>
    public LanguageModel Untrained() => ModelFamilies.Named(config.Model.Family)
        .Create(config.Model.ForVocabulary(Tokenizer.VocabularySize), rng.Fork(WeightStream));

    /// <summary>Begins a run in a new or empty folder.</summary>
    /// <exception cref="TrainingException">
    /// The folder holds a run or a model, or the text is too short for the context.
    /// </exception>
    /// <exception cref="CheckpointException">The folder cannot be written.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; nothing is written then.</exception>
    public static TrainingRun Start(
        TrainingConfig config, TrainingText text, string folder, long seed, CancellationToken cancellation = default)
    {
        if (File.Exists(RunRecord.PathIn(folder)))
            throw new TrainingException(
                $"{folder} already holds a training run. Go on with it with --resume, or choose another --out.");
        if (ModelFolder.Exists(folder))
            throw new TrainingException(
                $"{folder} holds a model that no run here made; training would overwrite it. Choose another --out.");
        var record = new RunRecord
        {
            Recipe = JsonDocument.Parse(config.Validated().ToJson()).RootElement,
            Seed = seed,
            DataFiles = text.Files,
            DataFingerprint = RunRecord.Fingerprint(text),
        };
        var run = new TrainingRun(record, text, folder, cancellation);
        record.Write(folder);
        return run;
    }

    /// <summary>
    /// Goes on with the run in a folder, from its last checkpoint or, if there is none yet, from the beginning.
    /// </summary>
    /// <exception cref="TrainingException">
    /// There is no run, or the text is not the one that it was started with.
    /// </exception>
    /// <exception cref="CheckpointException">The checkpoint is damaged.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static TrainingRun Resume(TrainingText text, string folder, CancellationToken cancellation = default)
    {
        RunRecord record = RunRecord.Read(folder);
        if (record.DataFingerprint != RunRecord.Fingerprint(text))
            throw new TrainingException(
                $"The data is not what the run in {folder} was started with. Give it the same files, " +
                "or start a new run in another folder.");
        var run = new TrainingRun(record, text, folder, cancellation);
        if (File.Exists(TrainingState.PathIn(folder)))
        {
            int step = TrainingState.Load(folder, record, run.Model, run.trainer.Optimizer);
            long passes = (long)step * run.config.Accumulate;
            run.trainer.Resume(new TrainingPosition(
                step, Epoch: 0, Batch: passes, Pass: passes, Examples: step * run.config.TokensPerStep));
        }
        return run;
    }

    /// <summary>
    /// Takes the steps that are left. Cancelling finishes the step under way, saves a checkpoint and returns.
    /// </summary>
    /// <exception cref="TrainingException">The loss is no longer a number.</exception>
    public TrainingEnded Run(IProgress<TrainingEvent>? progress, CancellationToken cancellation)
    {
        var total = Stopwatch.StartNew();
        progress?.Report(new TrainingStarted(
            Step, config.Steps, Model.ParameterCount(), training.Length, validation.Length, Tokenizer.VocabularySize));
        using FileStream folderLock = RunRecord.Lock(folder);
        using MetricsLog metrics = MetricsLog.Open(folder, Step);
        var journal = new Journal(this, metrics, progress);
        trainer.Callbacks.Add(journal);
        try
        {
            trainer.Run(progress: null, cancellation);
        }
        finally
        {
            trainer.Callbacks.Remove(journal);
        }
        Save(metrics, progress);
        if (Step == config.Steps)
            result ??= Evaluate(maxTokens: null, cancellation);
        var end = new TrainingEnded(
            Step, Step == config.Steps, result?.LossNatsPerToken, result?.BitsPerByte, total.Elapsed.TotalSeconds);
        progress?.Report(end);
        return end;
    }

    private TrainerOptions TrainerOptions() => new()
    {
        Steps = config.Steps,
        Schedule = config.Optimizer.ScheduleFor(config.Steps),
        Accumulate = config.Accumulate,
        ClipNorm = config.Optimizer.ClipNorm,
        ValidateEvery = config.EvaluateEvery,
        Rng = rng.Fork(DropoutStream),
    };

    private Tensor Loss(Batch batch, TrainingPass pass) =>
        Model.Loss(new TokenBatch(batch.Inputs, config.Batch), batch.Targets, pass.Rng);

    /// <summary>Along the way a part of the validation text will do; at the end it is all of it.</summary>
    private Validation Validate(CancellationToken cancellation)
    {
        bool last = Step == config.Steps;
        EvaluationResult looked = Evaluate(last ? null : config.EvaluationTokens, cancellation)
            ?? throw new OperationCanceledException(cancellation);
        result = last ? looked : null;
        return new Validation(looked.LossNatsPerToken);
    }

    /// <summary>
    /// Windows of the training part at random places: the inputs, [B, T]; the targets are one position further.
    /// </summary>
    private Batch RandomBatch(long pass)
    {
        Rng random = rng.Fork(BatchStream).Fork(pass);
        Batch batch = batches[pass % batches.Length];
        int length = config.Model.Context;
        for (int b = 0; b < config.Batch; b++)
        {
            int start = random.NextInt(training.Length - length);
            training.AsSpan(start, length).CopyTo(batch.Inputs.AsSpan(b * length));
            training.AsSpan(start + 1, length).CopyTo(batch.Targets.AsSpan(b * length));
        }
        return batch;
    }

    private Sampled Sample()
    {
        var options =
            new GenerationOptions { MaxTokens = SampleTokens, Sampling = new SamplingOptions { Temperature = 0.8f } };
        string text = config.SamplePrompt
            + new TextGenerator(Model, Tokenizer)
                .Generate(config.SamplePrompt, options, rng.Fork(SampleStream).Fork(Step));
        AtomicFile.WriteText(Path.Combine(folder, "samples", $"step-{Step:D6}.txt"), text + '\n');
        return new Sampled(Step, text);
    }

    /// <summary>The loss on the validation part; null if it was cancelled meanwhile.</summary>
    private EvaluationResult? Evaluate(int? maxTokens, CancellationToken cancellation)
    {
        try
        {
            return Evaluator.Evaluate(Model, Tokenizer, validation, maxTokens, cancellation);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private void Save(MetricsLog metrics, IProgress<TrainingEvent>? progress)
    {
        metrics.Flush();
        TrainingState.Save(folder, record, Model, trainer.Optimizer, Step);
        ModelFolder.Save(folder, Model, Tokenizer);
        progress?.Report(new CheckpointSaved(Step, folder));
    }

    private void CheckSamplePrompt()
    {
        try
        {
            Tokenizer.Encode(config.SamplePrompt);
        }
        catch (TextException error)
        {
            throw new TrainingException(
                $"Recipe: 'sample_prompt' cannot be written with the characters of this data: {error.Message}", error);
        }
    }

    private int[] Encode(string text, string part, int least, CancellationToken cancellation)
    {
        int[] ids = Tokenizer.EncodeOrdinary(text, cancellation);
        if (ids.Length < least)
            throw new TrainingException(
                $"The {part} part of the data has {ids.Length} tokens, " +
                $"but a context of {config.Model.Context} needs at least {least}. Use more text, " +
                "or a smaller model.context.");
        return ids;
    }

    /// <summary>The tokens of a pass, [B, T] each; the targets are one position further.</summary>
    private sealed record Batch(int[] Inputs, int[] Targets);

    /// <summary>What a language run does after every step beside training.</summary>
    private sealed class Journal(TrainingRun run, MetricsLog metrics, IProgress<TrainingEvent>? progress)
        : TrainingCallback
    {
        public override void OnStep(Trainer trainer, StepMetrics step)
        {
            var done = new StepDone(
                step.Step, step.Examples!.Value, step.Loss, step.LearningRate, step.GradientNorm,
                step.ExamplesPerSecond!.Value)
            {
                ValLoss = step.ValLoss,
            };
            metrics.Write(done);
            progress?.Report(done);
            TrainingConfig config = run.config;
            if (config.SampleEvery > 0 && step.Step % config.SampleEvery == 0)
                progress?.Report(run.Sample());
            if (step.Step % config.CheckpointEvery == 0 && step.Step < config.Steps)
                run.Save(metrics, progress);
        }
    }
}
