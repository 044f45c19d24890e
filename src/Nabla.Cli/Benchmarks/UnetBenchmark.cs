using System.CommandLine;
using System.Text.Json.Nodes;
using Nabla.Cli.Output;
using Nabla.Learning.Losses;
using Nabla.Learning.Optimizers;
using Nabla.Numerics;
using Nabla.Tensors;

namespace Nabla.Cli.Benchmarks;

/// <summary>Training a denoiser on random images of 32×32: forward, squared error, backward and Adam.</summary>
internal sealed class UnetBenchmark : Benchmark
{
    private const int Side = 32, MostImages = 4096, Times = 1000;

    private readonly Option<int?> batch = CommonOptions.Whole("--batch", "Images in a step (default: 16)", 1);

    public UnetBenchmark() : base("unet", "Training a denoiser of 32×32 images, a U-Net") => Options.Add(batch);

    public override int Place => 5;

    public override IReadOnlyList<string> Examples => ["nabla bench unet", "nabla bench unet --batch 4 --threads 1"];

    public override IEnumerable<Workload> Prepare(Session session)
    {
        int count = session.Get(batch) ?? 16;
        if (count > MostImages)
            throw new UsageException(
                $"--batch is {Amounts.Count(count)}; it must be {Amounts.Count(MostImages)} or less.");
        var rng = new Rng(1);
        var model = new UNet(rng.Fork(0));
        Tensor images = Tensor.Randn([count, 1, Side, Side], rng), noise = Tensor.Randn([count, 1, Side, Side], rng);
        int[] times = rng.Integers(count, Times);
        var optimizer = new AdamW(model, new AdamWOptions { LearningRate = 3e-4f, WeightDecay = 0 });
        double flops = Cost(model, images, times);
        yield return new Workload($"unet 32×32×1, base 32, multipliers 1, 2, 4, batch {count}", () =>
        {
            using var scope = TensorScope.Begin();
            optimizer.Minimize(Loss.MeanSquaredError(model.Forward(images, times), noise));
        })
        {
            Flops = flops,
            FlopsCounted = "as direct convolution",
            Items = "images",
            ItemsPerStep = count,
            Facts = new JsonObject { ["parameters"] = model.ParameterCount(), ["flops_per_image"] = flops / count },
            Remark = $"{Amounts.Count(model.ParameterCount())} parameters; random images",
        };
    }

    private static double Cost(UNet model, Tensor images, int[] times)
    {
        using var scope = TensorScope.Begin();
        return GraphCost.OfTraining(model.Forward(images, times));
    }
}
