using System.CommandLine;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Text.Json.Nodes;
using Nabla.Cli.Output;
using Nabla.Numerics.Threading;

namespace Nabla.Cli.Benchmarks;

/// <summary>
/// How fast memory is: reading, and the triad a = b + s·c of STREAM (McCalpin 1995), which counts two numbers read and
/// one written. Arrays larger than the caches tell about memory, smaller ones about the caches.
/// </summary>
internal sealed class MemoryBenchmark : Benchmark
{
    private const int DefaultMegabytes = 256, Piece = 1 << 14;

    private static float sink;

    private readonly Option<int?> megabytes =
        CommonOptions.Whole("--megabytes", $"Size of each array in MiB (default: {DefaultMegabytes})", 1);

    public MemoryBenchmark() : base("memory", "Reading memory, and a = b + s·c") => Options.Add(megabytes);

    public override int Place => 7;

    public override IReadOnlyList<string> Examples => ["nabla bench memory", "nabla bench memory --megabytes 1"];

    public override IEnumerable<Workload> Prepare(Session session)
    {
        int size = session.Get(megabytes) ?? DefaultMegabytes;
        long count = (long)size << 18;
        if (count > Array.MaxLength)
            throw new UsageException(
                $"--megabytes is {Amounts.Count(size)}; an array has {Amounts.Count(Array.MaxLength >> 18)} at most.");
        float[] a = Filled(count), b = Filled(count), c = Filled(count);
        yield return new Workload($"read {size} MiB", () => WorkerPool.RunChunks(b.Length, Piece, new Read(b)))
        {
            Bytes = 4.0 * count,
            Facts = new JsonObject { ["kind"] = "read", ["megabytes"] = size },
        };
        yield return new Workload(
            $"triad of three times {size} MiB", () => WorkerPool.RunChunks(a.Length, Piece, new Triad(a, b, c)))
        {
            Bytes = 12.0 * count,
            Facts = new JsonObject { ["kind"] = "triad", ["megabytes"] = size },
        };
    }

    private static float[] Filled(long count)
    {
        var values = new float[count];
        values.AsSpan().Fill(1);
        return values;
    }

    private readonly struct Read(ReadOnlyMemory<float> data) : IChunkBody
    {
        public void Run(int start, int end) => sink = Sum(data.Span[start..end]);

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static float Sum(ReadOnlySpan<float> data)
        {
            Vector512<float> a = default, b = default, c = default, d = default;
            for (; data.Length >= 64; data = data[64..])
            {
                a += Vector512.Create(data);
                b += Vector512.Create(data[16..]);
                c += Vector512.Create(data[32..]);
                d += Vector512.Create(data[48..]);
            }
            return Vector512.Sum(a + b + c + d);
        }
    }

    private readonly struct Triad(Memory<float> a, ReadOnlyMemory<float> b, ReadOnlyMemory<float> c) : IChunkBody
    {
        public void Run(int start, int end) => Add(a.Span[start..end], b.Span[start..end], c.Span[start..end]);

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void Add(Span<float> a, ReadOnlySpan<float> b, ReadOnlySpan<float> c)
        {
            for (Vector512<float> s = Vector512.Create(3f); a.Length >= 16; a = a[16..], b = b[16..], c = c[16..])
                (Vector512.Create(b) + s * Vector512.Create(c)).CopyTo(a);
        }
    }
}
