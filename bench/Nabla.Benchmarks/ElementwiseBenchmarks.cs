using System.Numerics.Tensors;
using BenchmarkDotNet.Attributes;
using Nabla.Tensors.Ops;

namespace Nabla.Benchmarks;

[BenchmarkCategory("Exp")]
public class ExpBenchmark : Kernel
{
    [Benchmark(Baseline = true)]
    public void TensorPrimitivesExp() => TensorPrimitives.Exp(Input, Output);

    [Benchmark]
    public void Nabla() => Compute(() => X.Exp());
}

[BenchmarkCategory("Sigmoid")]
public class SigmoidBenchmark : Kernel
{
    [Benchmark(Baseline = true)]
    public void TensorPrimitivesSigmoid() => TensorPrimitives.Sigmoid(Input, Output);

    [Benchmark]
    public void Nabla() => Compute(() => X.Sigmoid());
}

[BenchmarkCategory("Add")]
public class AddBenchmark : Kernel
{
    [Benchmark(Baseline = true)]
    public void TensorPrimitivesAdd() => TensorPrimitives.Add(Input, Input, Output);

    [Benchmark]
    public void Nabla() => Compute(() => X + X);
}

/// <summary>GELU by tanh: x·(1 + tanh(√(2/π)·(x + 0.044715·x³)))/2.</summary>
[BenchmarkCategory("Gelu")]
public class GeluBenchmark : Kernel
{
    [Benchmark(Baseline = true)]
    public void PlainLoop()
    {
        float scale = MathF.Sqrt(2 / MathF.PI);
        for (int i = 0; i < Input.Length; i++)
        {
            float x = Input[i];
            Output[i] = x * (1 + MathF.Tanh(scale * (x + 0.044715f * x * x * x))) / 2;
        }
    }

    [Benchmark]
    public void TensorPrimitivesTanh()
    {
        Span<float> y = Output;
        TensorPrimitives.Multiply(Input, Input, y);
        TensorPrimitives.Multiply(y, 0.044715f, y);
        TensorPrimitives.Add(y, 1, y);
        TensorPrimitives.Multiply(y, Input, y);
        TensorPrimitives.Multiply(y, MathF.Sqrt(2 / MathF.PI), y);
        TensorPrimitives.Tanh(y, y);
        TensorPrimitives.Add(y, 1, y);
        TensorPrimitives.Multiply(y, Input, y);
        TensorPrimitives.Multiply(y, 0.5f, y);
    }

    [Benchmark]
    public void Nabla() => Compute(() => X.GeluTanh());
}
