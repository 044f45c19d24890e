using BenchmarkDotNet.Attributes;
using Nabla.Numerics;
using Nabla.Numerics.Threading;
using Nabla.Tensors;

namespace Nabla.Benchmarks;

/// <summary>
/// A small kernel beside a baseline that does the same on one thread: System.Numerics.Tensors where it has it, else a
/// plain loop. 512 rows of 768 numbers, the activations of a small GPT.
/// </summary>
public abstract class Kernel
{
    protected const int Rows = 512, Columns = 768;

    protected float[] Input { get; } = new float[Rows * Columns];

    protected float[] Output { get; } = new float[Rows * Columns];

    protected Tensor X { get; private set; } = null!;

    [GlobalSetup]
    public void Prepare()
    {
        WorkerPool.Threads = 1; // as the baselines
        var rng = new Rng(1);
        foreach (ref float value in Input.AsSpan())
            value = (float)rng.NextNormal();
        X = new Tensor(Input, [Rows, Columns]);
        PrepareMore();
    }

    protected virtual void PrepareMore()
    {
    }

    /// <summary>Computes without recording, in buffers that are used again.</summary>
    protected static void Compute(Func<Tensor> work)
    {
        using var scope = TensorScope.Inference();
        work();
    }
}
