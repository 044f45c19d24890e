using BenchmarkDotNet.Attributes;
using Nabla.Numerics.Threading;

namespace Nabla.Benchmarks;

/// <summary>What starting and joining two empty pieces on two threads costs.</summary>
[BenchmarkCategory("Pool")]
public class PoolBenchmark
{
    [GlobalSetup]
    public void Prepare() => WorkerPool.Threads = 2;

    [Benchmark(Baseline = true)]
    public void ParallelFor() => Parallel.For(0, 2, _ => { });

    [Benchmark]
    public void Nabla() => WorkerPool.Run(2, default(Nothing));

    private readonly struct Nothing : IParallelBody
    {
        public void Run(int piece)
        {
        }
    }
}
