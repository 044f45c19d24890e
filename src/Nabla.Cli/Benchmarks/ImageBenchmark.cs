using System.CommandLine;
using System.Text.Json.Nodes;
using Nabla.Cli.Output;
using Nabla.Learning;
using Nabla.Learning.Losses;
using Nabla.Learning.Optimizers;
using Nabla.Tensors;
using Nabla.Tensors.Ops;

namespace Nabla.Cli.Benchmarks;

/// <summary>Training a classifier of <see cref="FashionImages"/>: forward, cross-entropy, backward and Adam.</summary>
internal abstract class ImageBenchmark : Benchmark
{
    private readonly int defaultBatch;
    private readonly Option<int?> batch;
    private readonly Option<string?> data = new("--data")
    {
        Description =
            "Folder with Fashion-MNIST (default: where Debian's dataset-fashion-mnist puts it, or random images)",
        HelpName = "FOLDER",
    };
    private readonly Option<bool> random = new("--random")
    {
        Description = "Train on random images even where Fashion-MNIST is installed",
    };

    protected ImageBenchmark(string name, string description, int defaultBatch) : base(name, description)
    {
        this.defaultBatch = defaultBatch;
        batch = CommonOptions.Whole("--batch", $"Images in a step (default: {defaultBatch})", 1);
        Options.Add(batch);
        Options.Add(data);
        Options.Add(random);
    }

    public override IReadOnlyList<string> Examples => [$"nabla bench {Name}", $"nabla bench {Name} --threads 1 --json"];

    public override IEnumerable<Workload> Prepare(Session session)
    {
        if (session.Get(random) && session.Get(data) is not null)
            throw new UsageException("--random and --data do not go together: leave one out.");
        FashionImages images = session.Get(random) ? FashionImages.Random() : FashionImages.Load(session.Get(data));
        int count = session.Get(batch) ?? defaultBatch;
        if (count > images.Count)
            throw new UsageException(
                $"--batch is {Amounts.Count(count)}; there are {Amounts.Count(images.Count)} images.");
        Classifier model = Model();
        double flops = Cost(model, images);
        yield return new Workload($"{Name} {model.Name}, batch {count}", Step(model, images, count))
        {
            Flops = count * flops,
            FlopsCounted = model.FlopsCounted,
            Items = "images",
            ItemsPerStep = count,
            Facts = new JsonObject
            {
                ["parameters"] = model.Module.ParameterCount(),
                ["flops_per_image"] = flops,
                ["data"] = images.Source,
            },
            Remark = $"{Amounts.Count(model.Module.ParameterCount())} parameters; {images.Source}",
        };
    }

    /// <summary>What is trained.</summary>
    protected abstract Classifier Model();

    /// <summary>Operations of a training step for one image.</summary>
    private static double Cost(Classifier model, FashionImages images)
    {
        using var scope = TensorScope.Begin();
        return GraphCost.OfTraining(model.Forward(images.Images.Slice(0, 0, 1)));
    }

    private static Action Step(Classifier model, FashionImages images, int batch)
    {
        var optimizer = new AdamW(model.Module, new AdamWOptions { LearningRate = 1e-3f, WeightDecay = 0 });
        int batches = images.Count / batch;
        return () =>
        {
            int at = optimizer.Steps % batches * batch;
            using var scope = TensorScope.Begin();
            Tensor scores = model.Forward(images.Images.Slice(0, at, batch));
            optimizer.Minimize(Loss.CrossEntropy(scores, images.Labels.AsSpan(at, batch)));
        };
    }

    /// <summary>A model of p(class | image).</summary>
    /// <param name="Name">Its layers in a few words.</param>
    /// <param name="Module">Its parameters.</param>
    /// <param name="Forward">[B, 784] → [B, 10].</param>
    protected sealed record Classifier(string Name, Module Module, Func<Tensor, Tensor> Forward)
    {
        /// <summary>How its operations are counted, where fewer would do.</summary>
        public string FlopsCounted { get; init; } = "";
    }
}
