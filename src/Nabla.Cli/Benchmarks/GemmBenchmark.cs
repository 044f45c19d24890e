using System.CommandLine;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Nabla.Cli.Output;
using Nabla.Numerics;
using Nabla.Numerics.Kernels;

namespace Nabla.Cli.Benchmarks;

/// <summary>One matrix product, C = op(A)·op(B).</summary>
internal sealed class GemmBenchmark : Benchmark
{
    private const int DefaultSize = 1024;
    private const int FloatsInLine = 16;

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
        Memory<float> a = Matrix("A", shape.M, shape.K), b = Matrix("B", shape.K, shape.N);
        Memory<float> c = Matrix("C", shape.M, shape.N);
        yield return new Workload(
            $"gemm {shape.M}×{shape.N}×{shape.K} {order}", () => Gemm.Multiply(shape, a.Span, b.Span, c.Span))
        {
            Flops = 2.0 * shape.M * shape.N * shape.K,
            Facts = new JsonObject { ["m"] = shape.M, ["n"] = shape.N, ["k"] = shape.K, ["layout"] = order },
            Remark = "M×N×K",
        };
    }

    /// <summary>
    /// Numbers that begin at a cache line, as those of a tensor do, and as the peers' drivers give them theirs.
    /// </summary>
    private static Memory<float> Matrix(string name, int rows, int columns)
    {
        long count = (long)rows * columns;
        if (count > Array.MaxLength - FloatsInLine)
            throw new UsageException(
                $"{name} would be {rows} × {columns}, {Amounts.Count(count)} numbers; "
                + $"a matrix has {Amounts.Count(Array.MaxLength - FloatsInLine)} at most. Use smaller sizes.");
        float[] pinned = GC.AllocateUninitializedArray<float>((int)count + FloatsInLine, pinned: true);
        long address = Marshal.UnsafeAddrOfPinnedArrayElement(pinned, 0);
        Memory<float> values = pinned.AsMemory((int)(-(address / sizeof(float)) & (FloatsInLine - 1)), (int)count);
        var rng = new Rng(rows);
        foreach (ref float value in values.Span)
            value = 2 * rng.NextSingle() - 1;
        return values;
    }
}
