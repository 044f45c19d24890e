namespace Nabla.Cli.Commands;

/// <summary>
/// Measures speed and memory. What it can measure stands in Benchmarks/, one file each, and is found by itself.
/// </summary>
internal sealed class BenchCommand() : NablaCommand("bench", "Measure speed and memory on this machine")
{
    public override int Place => 13;

    public override IReadOnlyList<string> Examples =>
        ["nabla bench train", "nabla bench gemm --m 1024 --layout nt", "nabla bench peak --threads 1 --json"];

    /// <summary>Never called: the parser insists on one of its commands.</summary>
    public override int Run(Session session) =>
        throw new UsageException("'nabla bench' needs the name of a benchmark.");
}
