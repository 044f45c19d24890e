using System.Numerics.Tensors;
using BenchmarkDotNet.Attributes;
using Nabla.Learning.Layers;
using Nabla.Learning.Losses;
using Nabla.Numerics;
using Nabla.Tensors.Ops;

namespace Nabla.Benchmarks;

[BenchmarkCategory("Softmax")]
public class SoftmaxBenchmark : Kernel
{
    [Benchmark(Baseline = true)]
    public void TensorPrimitivesSoftMax()
    {
        for (int row = 0; row < Rows; row++)
            TensorPrimitives.SoftMax(Input.AsSpan(row * Columns, Columns), Output.AsSpan(row * Columns, Columns));
    }

    [Benchmark]
    public void Nabla() => Compute(() => X.Softmax(-1));
}

[BenchmarkCategory("LayerNorm")]
public class LayerNormBenchmark : Kernel
{
    private readonly LayerNorm layer = new(Columns);
    private readonly float[] scale = Enumerable.Repeat(1f, Columns).ToArray(), shift = new float[Columns];

    [Benchmark(Baseline = true)]
    public void TensorPrimitivesSums()
    {
        for (int row = 0; row < Rows; row++)
        {
            ReadOnlySpan<float> x = Input.AsSpan(row * Columns, Columns);
            Span<float> y = Output.AsSpan(row * Columns, Columns);
            TensorPrimitives.Subtract(x, TensorPrimitives.Sum(x) / Columns, y);
            float variance = TensorPrimitives.SumOfSquares<float>(y) / Columns;
            TensorPrimitives.Multiply(y, 1 / MathF.Sqrt(variance + 1e-5f), y);
            TensorPrimitives.MultiplyAdd(y, scale, shift, y);
        }
    }

    [Benchmark]
    public void Nabla() => Compute(() => layer.Forward(X));
}

/// <summary>Mean of −log softmax(x)[target] over the rows, without the gradient.</summary>
[BenchmarkCategory("CrossEntropy")]
public class CrossEntropyBenchmark : Kernel
{
    private readonly int[] targets = new Rng(2).Integers(Rows, Columns);

    [Benchmark(Baseline = true)]
    public float TensorPrimitivesSums()
    {
        float sum = 0;
        for (int row = 0; row < Rows; row++)
        {
            ReadOnlySpan<float> x = Input.AsSpan(row * Columns, Columns);
            Span<float> y = Output.AsSpan(row * Columns, Columns);
            float most = TensorPrimitives.Max(x);
            TensorPrimitives.Subtract(x, most, y);
            TensorPrimitives.Exp(y, y);
            sum += MathF.Log(TensorPrimitives.Sum<float>(y)) + most - x[targets[row]];
        }
        return sum / Rows;
    }

    [Benchmark]
    public void Nabla() => Compute(() => Loss.CrossEntropy(X, targets));
}
