using System.Diagnostics;
using Nabla.Numerics.Threading;

namespace Nabla.Benchmarks;

/// <summary>What starting and joining costs.</summary>
internal static class PoolBenchmark
{
    private readonly struct Nothing : IParallelBody
    {
        public void Run(int piece)
        {
        }
    }

    /// <summary>Prints microseconds for a call with empty pieces, awake and after a pause.</summary>
    public static void Run()
    {
        WorkerPool.Threads = 2;
        double awake = Best(() => { }, 2_000);
        double asleep = Best(() => Thread.Sleep(2), 100);
        Console.WriteLine($"dispatch and join of 2 pieces: {awake:F2} µs awake, {asleep:F2} µs after a pause");
    }

    private static double Best(Action pause, int rounds)
    {
        double[] times = new double[rounds];
        for (int round = 0; round < rounds; round++)
        {
            pause();
            long start = Stopwatch.GetTimestamp();
            WorkerPool.Run(2, new Nothing());
            times[round] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        }

        Array.Sort(times);
        return times[rounds / 2];
    }
}
