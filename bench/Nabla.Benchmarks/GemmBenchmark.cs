using Nabla.Numerics.Kernels;
using Nabla.Numerics.Threading;

namespace Nabla.Benchmarks;

/// <summary>The matrix product on squares, on training shapes and on decoding shapes, against the machine's peak.</summary>
internal static class GemmBenchmark
{
    private const int Rounds = 25;
    private const double RoundSeconds = 0.003;

    private sealed record Case(string Name, GemmShape Shape);

    /// <summary>Prints a table. Peak and product are timed in turns because the machine may be shared.</summary>
    public static void Run(string filter)
    {
        WarmUp();
        Console.WriteLine($"{"",-34}{"1 thread",22}{"2 threads",24}");
        foreach (Case one in Cases().Where(one => one.Name.Contains(filter, StringComparison.Ordinal)))
        {
            Console.Write($"{one.Name,-34}");
            for (int threads = 1; threads <= 2; threads++)
            {
                WorkerPool.Threads = threads;
                Console.Write(Measure(one.Shape, threads));
            }

            Console.WriteLine();
        }
    }

    /// <summary>Calls everything often enough, and waits long enough, for the JIT to have compiled it at its best.</summary>
    private static void WarmUp()
    {
        foreach (int pause in (int[])[200, 200, 200])
        {
            for (int n = 1; n <= 140; n += 3)
                for (int layout = 0; layout < 4; layout++)
                    Measure(new(n, n, n) { TransposeA = (layout & 1) != 0, TransposeB = (layout & 2) != 0 }, 2, rounds: 1);
            Thread.Sleep(pause);
        }
    }

    private static IEnumerable<Case> Cases()
    {
        foreach (int n in (int[])[256, 384, 512, 1000, 1024, 2048])
            yield return new($"square {n}", new(n, n, n));
        yield return new("square 1024 NT", new(1024, 1024, 1024) { TransposeB = true });
        yield return new("square 1024 TN", new(1024, 1024, 1024) { TransposeA = true });
        yield return new("square 2048 TN", new(2048, 2048, 2048) { TransposeA = true });
        foreach ((int m, int k, int n) in ((int, int, int)[])[(768, 128, 384), (768, 512, 128), (768, 128, 512), (768, 128, 128), (768, 128, 65)])
        {
            yield return new($"train {m}×{k}×{n} NN", new(m, n, k));
            yield return new($"train {m}×{k}×{n} NT weights", new(m, n, k) { TransposeB = true });
            yield return new($"train {m}×{k}×{n} NT (dX)", new(m, k, n) { TransposeB = true });
            yield return new($"train {m}×{k}×{n} TN (dW)", new(k, n, m) { TransposeA = true });
        }

        foreach ((int m, int k, int n) in ((int, int, int)[])[(1024, 768, 2304), (1024, 768, 3072), (1024, 3072, 768)])
        {
            yield return new($"gpt2 {m}×{k}×{n} NN", new(m, n, k));
            yield return new($"gpt2 {m}×{k}×{n} NT (dX)", new(m, k, n) { TransposeB = true });
            yield return new($"gpt2 {m}×{k}×{n} TN (dW)", new(k, n, m) { TransposeA = true });
        }

        yield return new("heads 48 × 64×32×64 NT", new(64, 64, 32) { TransposeB = true, Batch = 48, BatchStrideA = 2048, BatchStrideB = 2048, BatchStrideC = 4096 });
        yield return new("heads 48 × 64×64×32 NN", new(64, 32, 64) { Batch = 48, BatchStrideA = 4096, BatchStrideB = 2048, BatchStrideC = 2048 });
        yield return new("tiny 2×3×1", new(2, 1, 3));
        yield return new("small 16×16×16", new(16, 16, 16));
        yield return new("small 32×32×32 NT", new(32, 32, 32) { TransposeB = true });
        yield return new("small 64×64×64", new(64, 64, 64));
        foreach (int m in (int[])[1, 2, 4, 8])
        {
            yield return new($"decode {m}×768×3072 NN", new(m, 3072, 768));
            yield return new($"decode {m}×768×3072 NT", new(m, 3072, 768) { TransposeB = true });
        }

        foreach (int m in (int[])[1, 8])
        {
            yield return new($"decode {m}×4096×8192 NN", new(m, 8192, 4096));
            yield return new($"decode {m}×4096×8192 NT", new(m, 8192, 4096) { TransposeB = true });
        }

        yield return new("column 4096×4096×1 NN", new(4096, 1, 4096));
    }

    private static string Measure(GemmShape shape, int threads, int rounds = Rounds)
    {
        float[] a = Values((long)shape.M * shape.K * shape.Batch), b = Values((long)shape.N * shape.K * shape.Batch);
        float[] c = new float[shape.M * shape.N * shape.Batch];
        double flops = 2.0 * shape.M * shape.N * shape.K * shape.Batch;
        int repeats = 1;
        while (rounds > 1 && Seconds(shape, a, b, c, repeats) < RoundSeconds)
            repeats *= 2;
        double best = 0, peak = 0, bandwidth = 0;
        bool streams = Math.Max(a.Length, b.Length) > 1_000_000 && (shape.M <= 8 || shape.N == 1);
        for (int round = 0; round < rounds; round++)
        {
            peak = Math.Max(peak, Peak.Gflops(threads));
            best = Math.Max(best, flops * repeats / Seconds(shape, a, b, c, repeats) / 1e9);
            if (streams)
                bandwidth = Math.Max(bandwidth, Peak.ReadGigabytes(shape.N == 1 ? a : b, threads));
        }

        if (flops < 10_000)
            return $"{flops / best,9:F0} ns        ";
        if (!streams)
            return $"{best,9:F1} GF {best / peak,6:P0}  ";
        double gigabytes = best / flops * 4 * Math.Max(a.Length, b.Length);
        return $"{gigabytes,9:F1} GB/s {gigabytes / bandwidth,5:P0} ";
    }

    private static double Seconds(in GemmShape shape, float[] a, float[] b, float[] c, int repeats)
    {
        Clock clock = Clock.Start(WorkerPool.Threads);
        for (int repeat = 0; repeat < repeats; repeat++)
            Gemm.Multiply(shape, a, b, c);
        return clock.Seconds;
    }

    private static float[] Values(long count)
    {
        var values = new float[count];
        for (int i = 0; i < values.Length; i++)
            values[i] = (i * 37 % 101 - 50) / 50f;
        return values;
    }
}
