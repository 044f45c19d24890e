using System.CommandLine;
using System.Text.Json.Nodes;
using Nabla.Numerics;
using Nabla.Numerics.LinearAlgebra;

namespace Nabla.Cli.Benchmarks;

/// <summary>A decomposition of a random matrix [N, N] of floats, all vectors included.</summary>
internal abstract class DecompositionBenchmark : Benchmark
{
    private const int DefaultSize = 768, MostSize = 16_384;
    private readonly Option<int?> n = CommonOptions.Whole("--n", $"Rows and columns (default: {DefaultSize})", 1);

    protected DecompositionBenchmark(string name, string description) : base(name, description) => Options.Add(n);

    public sealed override int Place => 7;

    public sealed override IReadOnlyList<string> Examples =>
        [$"nabla bench {Name}", $"nabla bench {Name} --n 256 --threads 1"];

    public sealed override IEnumerable<Workload> Prepare(Session session)
    {
        int size = session.Get(n) ?? DefaultSize;
        if (size > MostSize)
            throw new UsageException($"--n is {size}; it must be {MostSize} or less.");
        Matrix<float> a = Matrix<float>.Randn(size, size, new Rng(size));
        yield return new Workload($"{Name} {size}×{size}", Step(a))
        {
            Facts = new JsonObject { ["n"] = size },
            Remark = "a random matrix of floats, with all vectors",
        };
    }

    /// <summary>What is measured, with this matrix.</summary>
    protected abstract Action Step(Matrix<float> a);
}

/// <summary>The singular value decomposition.</summary>
internal sealed class SvdBenchmark() : DecompositionBenchmark("svd", "A singular value decomposition: [N, N]")
{
    protected override Action Step(Matrix<float> a) => () => a.Svd();
}

/// <summary>The eigen-decomposition of a symmetric matrix.</summary>
internal sealed class EighBenchmark() : DecompositionBenchmark("eigh", "A symmetric eigen-decomposition: [N, N]")
{
    protected override Action Step(Matrix<float> a)
    {
        Matrix<float> symmetric = a + a.Transpose();
        return () => symmetric.Eigh();
    }
}
