using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Nabla.Numerics.Threading;

namespace Nabla.Benchmarks;

/// <summary>How fast the machine is right now: multiply-adds on registers alone, and plain reading of memory.</summary>
internal static class Peak
{
    private const int Turns = 40_000;
    private const int SumsInTurn = 24;

    private static float sink;

    private readonly struct MultiplyAdds : IParallelBody
    {
        public void Run(int piece) => sink = Vector512.IsHardwareAccelerated ? Wide() : Narrow();
    }

    private readonly struct Read(ReadOnlyMemory<float> data, int pieces) : IParallelBody
    {
        public void Run(int piece)
        {
            int length = data.Length / pieces;
            sink = Sum(data.Span.Slice(piece * length, length));
        }
    }

    /// <summary>GFLOP/s of independent multiply-adds on the given number of threads, for about a millisecond.</summary>
    public static double Gflops(int threads)
    {
        Clock clock = Clock.Start(threads);
        WorkerPool.Run(threads, new MultiplyAdds());
        int width = Vector512.IsHardwareAccelerated ? 16 : 8;
        return 2.0 * width * SumsInTurn * Turns * threads / clock.Seconds / 1e9;
    }

    /// <summary>GB/s of reading the data once, cut among the threads.</summary>
    public static double ReadGigabytes(ReadOnlyMemory<float> data, int threads)
    {
        Clock clock = Clock.Start(threads);
        WorkerPool.Run(4 * threads, new Read(data, 4 * threads));
        return 4.0 * data.Length / clock.Seconds / 1e9;
    }

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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Wide()
    {
        Vector512<float> x = Vector512.Create(0.5f), y = Vector512.Create(0.25f);
        Vector512<float> a = x, b = x, c = x, d = x, e = x, f = x, g = x, h = x, i = x, j = x, k = x, l = x;
        for (int turn = 0; turn < Turns * 2; turn++)
        {
            a = Vector512.FusedMultiplyAdd(a, x, y);
            b = Vector512.FusedMultiplyAdd(b, x, y);
            c = Vector512.FusedMultiplyAdd(c, x, y);
            d = Vector512.FusedMultiplyAdd(d, x, y);
            e = Vector512.FusedMultiplyAdd(e, x, y);
            f = Vector512.FusedMultiplyAdd(f, x, y);
            g = Vector512.FusedMultiplyAdd(g, x, y);
            h = Vector512.FusedMultiplyAdd(h, x, y);
            i = Vector512.FusedMultiplyAdd(i, x, y);
            j = Vector512.FusedMultiplyAdd(j, x, y);
            k = Vector512.FusedMultiplyAdd(k, x, y);
            l = Vector512.FusedMultiplyAdd(l, x, y);
        }

        return Vector512.Sum(a + b + c + d + e + f + g + h + i + j + k + l);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Narrow()
    {
        Vector256<float> x = Vector256.Create(0.5f), y = Vector256.Create(0.25f);
        Vector256<float> a = x, b = x, c = x, d = x, e = x, f = x, g = x, h = x, i = x, j = x, k = x, l = x;
        for (int turn = 0; turn < Turns * 2; turn++)
        {
            a = Vector256.FusedMultiplyAdd(a, x, y);
            b = Vector256.FusedMultiplyAdd(b, x, y);
            c = Vector256.FusedMultiplyAdd(c, x, y);
            d = Vector256.FusedMultiplyAdd(d, x, y);
            e = Vector256.FusedMultiplyAdd(e, x, y);
            f = Vector256.FusedMultiplyAdd(f, x, y);
            g = Vector256.FusedMultiplyAdd(g, x, y);
            h = Vector256.FusedMultiplyAdd(h, x, y);
            i = Vector256.FusedMultiplyAdd(i, x, y);
            j = Vector256.FusedMultiplyAdd(j, x, y);
            k = Vector256.FusedMultiplyAdd(k, x, y);
            l = Vector256.FusedMultiplyAdd(l, x, y);
        }

        return Vector256.Sum(a + b + c + d + e + f + g + h + i + j + k + l);
    }
}
