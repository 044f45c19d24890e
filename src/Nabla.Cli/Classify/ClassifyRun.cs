using Nabla.Learning.Classification;
using Nabla.Learning.Data;
using Nabla.Learning.Data.Transforms;
using Nabla.Learning.Evaluation;
using Nabla.Learning.Losses;
using Nabla.Learning.Optimizers;
using Nabla.Learning.Schedules;
using Nabla.Learning.Training;
using Nabla.Numerics;
using Nabla.Tensors;

namespace Nabla.Cli.Classify;

/// <summary>The training of a classifier: AdamW, a warm-up and half a cosine, cross-entropy.</summary>
internal sealed class ClassifyRun
{
    // The purposes of the run's random numbers.
    private const int ForWeights = 1, ForBatches = 2, ForDropout = 3;
    private const double WarmupShare = 0.2, FinalRate = 0.01;
    private const int StatisticsFrom = 10_000; // examples of images suffice for two numbers
    private const int BatchOfEvaluation = 250;

    private readonly ClassifyData data;
    private readonly Trainer<Batch> trainer;

    public ClassifyRun(ClassifyData data, ClassifyRecipe recipe, string? folder, long seed)
    {
        (this.data, Recipe) = (data, recipe);
        var rng = new Rng(seed);
        ClassifierConfig config = Configure(data, recipe) with { Seed = seed };
        Trained = new TrainedClassifier(config, config.Build(rng.Fork(ForWeights)));
        Standardizer standardizer = config.Standardizer;
        Dataset<Batch> examples = data.Training.Map((batch, draws) => batch with
        {
            Inputs = standardizer.Apply(recipe.Augmentation?.Apply(batch.Inputs, draws) ?? batch.Inputs),
        });
        // Batch norm needs some examples in every batch.
        var loader = new DataLoader<Batch>(examples,
            new() { BatchSize = recipe.Batch, DropLast = data.Training.Count >= recipe.Batch }, rng.Fork(ForBatches));
        long all = (long)recipe.Epochs * loader.PerEpoch!.Value;
        int steps = all <= int.MaxValue ? (int)all : throw new UsageException(
            $"--epochs {recipe.Epochs} with --batch {recipe.Batch} make {all:N0} steps; expected at most "
            + $"{int.MaxValue:N0}. Use fewer epochs or larger batches.");
        var optimizer = new AdamW(
            Trained.Model, new() { LearningRate = recipe.LearningRate, WeightDecay = recipe.WeightDecay });
        trainer = new Trainer<Batch>(Trained.Model, optimizer, loader,
            (batch, pass) => Loss.CrossEntropy(Trained.Model.Forward(batch.Inputs, pass.Rng), batch.Labels),
            new TrainerOptions
            {
                Epochs = recipe.Epochs,
                Schedule = new WarmupCosine(
                    recipe.LearningRate, recipe.LearningRate * FinalRate, (int)(steps * WarmupShare), steps),
                Rng = rng.Fork(ForDropout),
            })
        {
            CountExamples = batch => batch.Count,
            Validate = data.HeldOut.Count > 0 ? Look : null,
        };
        if (folder is not null)
            trainer.Callbacks.Add(new MetricsFile(folder));
    }

    public ClassifyRecipe Recipe { get; }

    public TrainedClassifier Trained { get; }

    public int Steps => trainer.Steps!.Value;

    /// <summary>Trains until all epochs are done, or until it is cancelled.</summary>
    public TrainingResult Train(IProgress<StepMetrics> progress, CancellationToken cancellation) =>
        trainer.Run(progress, cancellation);

    private static ClassifierConfig Configure(ClassifyData data, ClassifyRecipe recipe)
    {
        LabelledData whole = data.Whole;
        bool isTable = whole.ItemShape.Rank == 1;
        Tensor inputs = data.Training.Gather(
            [.. Enumerable.Range(0, Math.Min(data.Training.Count, isTable ? int.MaxValue : StatisticsFrom))],
            new Rng(0)).Inputs;
        Standardizer standardizer = isTable ? Standardizer.Of(inputs) : Standardizer.OfAll(inputs);
        return new ClassifierConfig
        {
            Model = recipe.Model,
            Input = whole.ItemShape.ToArray(),
            Classes = [.. whole.Classes],
            Features = [.. whole.Features],
            Hidden = recipe.Hidden,
            Dropout = recipe.Dropout,
            Means = [.. standardizer.Means],
            Deviations = [.. standardizer.Deviations],
        };
    }

    private Validation Look(CancellationToken cancellation)
    {
        IEnumerable<Batch> batches = Enumerable.Range(0, data.HeldOut.Count).Chunk(BatchOfEvaluation)
            .Select(chunk => data.HeldOut.Gather(chunk, new Rng(0)));
        return Validation.Over(batches, Score, cancellation);
    }

    private BatchScore Score(Batch batch)
    {
        Tensor scores = Trained.Model.Forward(Trained.Config.Standardizer.Apply(batch.Inputs), null);
        int[] predicted = ClassificationMetrics.Predicted(scores);
        return new BatchScore(Loss.CrossEntropy(scores, batch.Labels).Item(), batch.Count,
            predicted.Zip(batch.Labels).Count(pair => pair.First == pair.Second));
    }
}
