using System.CommandLine;
using System.Text.Json.Nodes;
using Nabla.Cli.Output;
using Nabla.Numerics;
using Nabla.Numerics.Kernels;
using Nabla.Tensors;

namespace Nabla.Cli.Benchmarks;

/// <summary>One matrix product, C = op(A)·op(B).</summary>
internal sealed class GemmBenchmark : Benchmark
{
    private const int DefaultSize = 1024;
    private static readonly int Most = Array.MaxLength - 64; // numbers of a matrix, and room to align them

    private readonly Option<int?> m = CommonOptions.Whole("--m", $"Rows of the result (default: {DefaultSize})", 1);
    private readonly Option<int?> n = CommonOptions.Whole("--n", "Columns of the result (default: as many as rows)", 1);
    private readonly Option<int?> k = CommonOptions.Whole("--k", "Products in a sum (default: as many as rows)", 1);
    private readonly Option<string?> layout = CommonOptions.Choice(
        "--layout", "Which factor is stored transposed: nn none, nt the second, tn the first (default: nn)", "LAYOUT",
        "nn", "nt", "tn");

    public GemmBenchmark() : base("gemm", "A matrix product: [M, K] · [K, N]")
    {
        foreach (Option option in new Option[] { m, n, k, layout })
            Options.Add(option);
    }

    public override int Place => 1;

    public override IReadOnlyList<string> Examples =>
        ["nabla bench gemm", "nabla bench gemm --m 4096 --n 384 --k 1536 --layout tn --threads 1"];

    public override IEnumerable<Workload> Prepare(Session session)
    {
        int rows = session.Get(m) ?? DefaultSize;
        string order = session.Get(layout) ?? "nn";
        var shape = new GemmShape(rows, session.Get(n) ?? rows, session.Get(k) ?? rows)
        {
            TransposeA = order[0] == 't',
            TransposeB = order[1] == 't',
        };
        Parameter a = Matrix("A", shape.M, shape.K), b = Matrix("B", shape.K, shape.N);
        Parameter c = Matrix("C", shape.M, shape.N);
        yield return new Workload(
            $"gemm {shape.M}×{shape.N}×{shape.K} {order}", () => Gemm.Multiply(shape, a.Values, b.Values, c.Values))
        {
            Flops = 2.0 * shape.M * shape.N * shape.K,
            Facts = new JsonObject { ["m"] = shape.M, ["n"] = shape.N, ["k"] = shape.K, ["layout"] = order },
            Remark = "M×N×K",
        };
    }

    /// <summary>
    /// As a layer keeps its weights: beginning at a cache line, as the peers' drivers give them theirs.
    /// </summary>
    private static Parameter Matrix(string name, int rows, int columns)
    {
        long count = (long)rows * columns;
        if (count > Most)
            throw new UsageException(
                $"{name} would be {rows} × {columns}, {Amounts.Count(count)} numbers; "
                + $"a matrix has {Amounts.Count(Most)} at most. Use smaller sizes.");
        var matrix = new Parameter([rows, columns]);
        var rng = new Rng(rows);
        foreach (ref float value in matrix.Values)
            value = 2 * rng.NextSingle() - 1;
        return matrix;
    }
}
