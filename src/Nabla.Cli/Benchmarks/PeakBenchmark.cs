using System.Text.Json.Nodes;
using Nabla.Numerics.Kernels;

namespace Nabla.Cli.Benchmarks;

/// <summary>What the processor reaches without any memory: the roof over all other numbers.</summary>
internal sealed class PeakBenchmark() : Benchmark("peak", "The most multiply-adds that the processor does")
{
    public override int Place => 6;

    public override IReadOnlyList<string> Examples => ["nabla bench peak", "nabla bench peak --threads 1 --json"];

    public override IEnumerable<Workload> Prepare(Session session)
    {
        yield return new Workload($"multiply-adds of {MultiplyAddPeak.Bits} bits on registers", FmaPeak.Run)
        {
            Flops = FmaPeak.Flops,
            Facts = new JsonObject { ["vector_bits"] = MultiplyAddPeak.Bits },
        };
    }
}
