using System.Diagnostics;
using Nabla.Numerics.Kernels;

namespace Nabla.Cli.Benchmarks;

/// <summary>What the machine's multiply-adds reach, measured.</summary>
internal static class FmaPeak
{
    // Many short ones, so that a thread that wakes late costs little.
    private static readonly int Pieces = 16 * Environment.ProcessorCount;

    /// <summary>Floating-point operations of one <see cref="Run"/>.</summary>
    public static double Flops => MultiplyAddPeak.FlopsOfPiece * Pieces;

    /// <summary>Works for about a millisecond on all threads.</summary>
    public static void Run() => MultiplyAddPeak.Run(Pieces);

    /// <summary>What the machine reaches just now, in GFLOP/s: the best of three tries.</summary>
    public static double Gflops() => Math.Max(Once(), Math.Max(Once(), Once()));

    private static double Once()
    {
        long start = Stopwatch.GetTimestamp();
        Run();
        return Flops / Stopwatch.GetElapsedTime(start).TotalSeconds / 1e9;
    }
}
