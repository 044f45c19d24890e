using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Nabla.Numerics.Threading;

namespace Nabla.Cli.Benchmarks;

/// <summary>
/// The roof over every kernel: multiply-adds on registers alone. Twelve independent sums, because a multiply-add takes
/// four cycles and a processor begins two in each: with fewer than eight it would wait for itself.
/// </summary>
internal static class FmaPeak
{
    private const int Sums = 12, Turns = 40_000;

    // Many short ones, so that a thread that wakes late costs little.
    private static readonly int Pieces = 16 * Environment.ProcessorCount;

    private static float sink;

    /// <summary>Bits of the widest vectors that the processor has here; 32 where it has none.</summary>
    public static int Bits { get; } = Vector512.IsHardwareAccelerated ? 512
        : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 32;

    /// <summary>Floating-point operations of one <see cref="Run"/>.</summary>
    public static double Flops => 2.0 * Bits / 32 * Sums * Turns * Pieces;

    /// <summary>Works for about a millisecond on all threads.</summary>
    public static void Run() => WorkerPool.Run(Pieces, new MultiplyAdds());

    /// <summary>What the machine reaches just now, in GFLOP/s: the best of three tries.</summary>
    public static double Gflops() => Math.Max(Once(), Math.Max(Once(), Once()));

    private static double Once()
    {
        long start = Stopwatch.GetTimestamp();
        Run();
        return Flops / Stopwatch.GetElapsedTime(start).TotalSeconds / 1e9;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Wide()
    {
        Vector512<float> x = Vector512.Create(0.5f), y = Vector512.Create(0.25f);
        Vector512<float> a = x, b = x, c = x, d = x, e = x, f = x, g = x, h = x, i = x, j = x, k = x, l = x;
        for (int turn = 0; turn < Turns; turn++)
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
        for (int turn = 0; turn < Turns; turn++)
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Half()
    {
        Vector128<float> x = Vector128.Create(0.5f), y = Vector128.Create(0.25f);
        Vector128<float> a = x, b = x, c = x, d = x, e = x, f = x, g = x, h = x, i = x, j = x, k = x, l = x;
        for (int turn = 0; turn < Turns; turn++)
        {
            a = Vector128.MultiplyAddEstimate(a, x, y);
            b = Vector128.MultiplyAddEstimate(b, x, y);
            c = Vector128.MultiplyAddEstimate(c, x, y);
            d = Vector128.MultiplyAddEstimate(d, x, y);
            e = Vector128.MultiplyAddEstimate(e, x, y);
            f = Vector128.MultiplyAddEstimate(f, x, y);
            g = Vector128.MultiplyAddEstimate(g, x, y);
            h = Vector128.MultiplyAddEstimate(h, x, y);
            i = Vector128.MultiplyAddEstimate(i, x, y);
            j = Vector128.MultiplyAddEstimate(j, x, y);
            k = Vector128.MultiplyAddEstimate(k, x, y);
            l = Vector128.MultiplyAddEstimate(l, x, y);
        }
        return Vector128.Sum(a + b + c + d + e + f + g + h + i + j + k + l);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Single()
    {
        float x = 0.5f, y = 0.25f;
        float a = x, b = x, c = x, d = x, e = x, f = x, g = x, h = x, i = x, j = x, k = x, l = x;
        for (int turn = 0; turn < Turns; turn++)
        {
            a = float.MultiplyAddEstimate(a, x, y);
            b = float.MultiplyAddEstimate(b, x, y);
            c = float.MultiplyAddEstimate(c, x, y);
            d = float.MultiplyAddEstimate(d, x, y);
            e = float.MultiplyAddEstimate(e, x, y);
            f = float.MultiplyAddEstimate(f, x, y);
            g = float.MultiplyAddEstimate(g, x, y);
            h = float.MultiplyAddEstimate(h, x, y);
            i = float.MultiplyAddEstimate(i, x, y);
            j = float.MultiplyAddEstimate(j, x, y);
            k = float.MultiplyAddEstimate(k, x, y);
            l = float.MultiplyAddEstimate(l, x, y);
        }
        return a + b + c + d + e + f + g + h + i + j + k + l;
    }

    private readonly struct MultiplyAdds : IParallelBody
    {
        public void Run(int piece) => sink = Vector512.IsHardwareAccelerated ? Wide()
            : Vector256.IsHardwareAccelerated ? Narrow() : Vector128.IsHardwareAccelerated ? Half() : Single();
    }
}
