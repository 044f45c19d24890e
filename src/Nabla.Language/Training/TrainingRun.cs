using System.Diagnostics;
using System.Text.Json;
using Nabla.Language.Evaluation;
using Nabla.Language.Generation;
using Nabla.Language.Models;
using Nabla.Language.Sampling;
using Nabla.Learning.Checkpoints;
using Nabla.Learning.Optimizers;
using Nabla.Learning.Schedules;
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
    private readonly Optimizer optimizer;
    private readonly Schedule schedule;
    private readonly RunRecord record;
    private readonly int[] inputs, targets; // of the batch at hand, [B, T]
    private int step;

    private TrainingRun(RunRecord record, TrainingText text, string folder, CancellationToken cancellation)
    {
        this.record = record;
        config = record.Config;
        this.folder = folder;
        rng = new Rng(record.Seed);
        Tokenizer = config.Tokenizer.Create(text, cancellation);
        training = Encode(text.Training, "training", config.Model.Context + 1, cancellation);
        validation = Encode(text.Validation, "validation", 2, cancellation);
        inputs = new int[config.TokensPerPass];
        targets = new int[config.TokensPerPass];
        CheckSamplePrompt();
        Model = Untrained();
        Model.ActivationCheckpointing = config.ActivationCheckpointing;
        OptimizerConfig o = config.Optimizer;
        optimizer = new AdamW(Model, new AdamWOptions
        {
            LearningRate = (float)o.LearningRate,
            Beta1 = o.Beta1,
            Beta2 = o.Beta2,
            Epsilon = o.Epsilon,
            WeightDecay = o.WeightDecay,
        });
        schedule = o.ScheduleFor(config.Steps);
    }

    /// <summary>The model, as far as it is trained.</summary>
    public LanguageModel Model { get; }

    /// <summary>Its tokenizer.</summary>
    public Tokenizer Tokenizer { get; }

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
            run.step = TrainingState.Load(folder, record, run.Model, run.optimizer);
        return run;
    }

    /// <summary>
    /// Takes the steps that are left. Cancelling finishes the step under way, saves a checkpoint and returns.
    /// </summary>
    /// <exception cref="TrainingException">The loss is no longer a number.</exception>
    public TrainingEnded Run(IProgress<TrainingEvent>? progress, CancellationToken cancellation)
    {
        var total = Stopwatch.StartNew();
        var speed = new Speedometer();
        progress?.Report(new TrainingStarted(
            step, config.Steps, Model.ParameterCount(), training.Length, validation.Length, Tokenizer.VocabularySize));
        using FileStream folderLock = RunRecord.Lock(folder);
        using MetricsLog metrics = MetricsLog.Open(folder, step);
        EvaluationResult? result = null;
        while (step < config.Steps && !cancellation.IsCancellationRequested)
        {
            speed.Start();
            StepDone done = Step();
            done = done with { TokensPerSecond = speed.Stop(config.TokensPerStep) };
            if (step == config.Steps)
                result = Evaluate(maxTokens: null, cancellation);
            if (step % config.EvaluateEvery == 0 || step == config.Steps)
            {
                EvaluationResult? measured = result ?? Evaluate(config.EvaluationTokens, cancellation);
                done = done with { ValLoss = measured?.LossNatsPerToken };
            }
            metrics.Write(done);
            progress?.Report(done);
            if (config.SampleEvery > 0 && step % config.SampleEvery == 0)
                progress?.Report(Sample());
            if (step % config.CheckpointEvery == 0 && step < config.Steps)
                Save(metrics, progress);
        }
        Save(metrics, progress);
        if (step == config.Steps)
            result ??= Evaluate(maxTokens: null, cancellation);
        var end = new TrainingEnded(
            step, step == config.Steps, result?.LossNatsPerToken, result?.BitsPerByte, total.Elapsed.TotalSeconds);
        progress?.Report(end);
        return end;
    }

    private StepDone Step()
    {
        optimizer.ClearGradients();
        double loss = 0;
        for (int part = 0; part < config.Accumulate; part++)
            loss += Accumulate(part) / config.Accumulate;
        double norm = optimizer.GradientNorm() / config.Accumulate;
        if (!double.IsFinite(loss) || !double.IsFinite(norm))
            throw new TrainingException(
                $"Training diverged: at step {step + 1} the loss is {loss} and the gradient's norm {norm}. " +
                "Use a lower learning rate or more warm-up steps.");
        double rate = schedule.At(step);
        optimizer.LearningRate = (float)rate;
        float clip = config.Optimizer.ClipNorm > 0 ? Optimizer.ClipFactor(norm, config.Optimizer.ClipNorm) : 1;
        optimizer.Step(clip / config.Accumulate);
        step++;
        return new StepDone(step, step * config.TokensPerStep, loss, rate, norm, 0);
    }

    /// <summary>One forward and backward pass; returns the loss.</summary>
    private float Accumulate(int part)
    {
        long pass = (long)step * config.Accumulate + part;
        TokenBatch batch = RandomBatch(rng.Fork(BatchStream).Fork(pass));
        using var scope = TensorScope.Begin();
        Tensor loss = Model.Loss(batch, targets, rng.Fork(DropoutStream).Fork(pass));
        loss.Backward();
        return loss.Item();
    }

    /// <summary>
    /// Windows of the training part at random places: the inputs, [B, T]; the targets are one position further.
    /// </summary>
    private TokenBatch RandomBatch(Rng random)
    {
        int length = config.Model.Context;
        for (int b = 0; b < config.Batch; b++)
        {
            int start = random.NextInt(training.Length - length);
            training.AsSpan(start, length).CopyTo(inputs.AsSpan(b * length));
            training.AsSpan(start + 1, length).CopyTo(targets.AsSpan(b * length));
        }
        return new TokenBatch(inputs, config.Batch);
    }

    private Sampled Sample()
    {
        var options =
            new GenerationOptions { MaxTokens = SampleTokens, Sampling = new SamplingOptions { Temperature = 0.8f } };
        string text = config.SamplePrompt
            + new TextGenerator(Model, Tokenizer)
                .Generate(config.SamplePrompt, options, rng.Fork(SampleStream).Fork(step));
        AtomicFile.WriteText(Path.Combine(folder, "samples", $"step-{step:D6}.txt"), text + '\n');
        return new Sampled(step, text);
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
        TrainingState.Save(folder, record, Model, optimizer, step);
        ModelFolder.Save(folder, Model, Tokenizer);
        progress?.Report(new CheckpointSaved(step, folder));
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
}
