using BenchmarkDotNet.Attributes;
using Nabla.Learning;
using Nabla.Learning.Optimizers;
using Nabla.Tensors;
using Nabla.Tensors.Ops;

namespace Nabla.Benchmarks;

/// <summary>One step of AdamW on one parameter.</summary>
[BenchmarkCategory("AdamW")]
public class AdamWBenchmark : Kernel
{
    private readonly float[] parameter = new float[Rows * Columns];
    private readonly float[] first = new float[Rows * Columns], second = new float[Rows * Columns];
    private AdamW optimizer = null!;

    [Benchmark(Baseline = true)]
    public void PlainLoop()
    {
        const float Rate = 1e-3f, Beta1 = 0.9f, Beta2 = 0.999f, Decay = 0.01f;
        for (int i = 0; i < parameter.Length; i++)
        {
            float g = Input[i];
            first[i] += (1 - Beta1) * (g - first[i]);
            second[i] += (1 - Beta2) * (g * g - second[i]);
            parameter[i] -= Rate * (first[i] / (MathF.Sqrt(second[i]) + 1e-8f) + Decay * parameter[i]);
        }
    }

    [Benchmark]
    public void Nabla() => optimizer.Step();

    protected override void PrepareMore()
    {
        var weights = new Weights(X);
        optimizer = new AdamW(weights);
        (weights.All * X).Sum().Backward();
    }

    private sealed class Weights(Tensor start) : Module
    {
        public Parameter All { get; } = new(start);
    }
}
