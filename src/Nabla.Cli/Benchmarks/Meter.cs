using System.Diagnostics;
using System.Runtime;
using Nabla.Numerics.Threading;

namespace Nabla.Cli.Benchmarks;

/// <summary>How long to measure.</summary>
/// <param name="Seconds">Until so much time was spent in steps, or</param>
/// <param name="Steps">so many were taken, if this is given.</param>
internal sealed record MeasuringTime(double Seconds, int? Steps = null);

/// <summary>
/// Times whole steps of one workload: first until the compiler has settled, then in slices. Between slices the
/// machine's peak is measured, so that its share means the same on a machine that is slower for a while.
/// </summary>
internal sealed class Meter(Workload work)
{
    // A time shorter than this says more about the clock and the worker pool's waking than about the work.
    private const double ShortestRound = 0.002, Slice = 0.15;

    // Compiled code is replaced by faster code after 30 calls, a tenth of a second later, in the background.
    private const int CallsUntilCompiled = 30;
    private const double Settled = 0.3;

    // Times as long as the measurement itself, and never cut short below some seconds.
    private const double LongestWarmUp = 4, ShortestLimit = 2;

    private int stepsInRound;
    private bool isSettled;

    /// <summary>Steps until the compiler has settled, at most some times as long as the measurement itself.</summary>
    public void WarmUp(MeasuringTime time, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        double last = 0, quiet = 0, shortest = double.MaxValue;
        long compiled = JitInfo.GetCompiledMethodCount();
        for (int steps = 1; ; steps++)
        {
            cancellation.ThrowIfCancellationRequested();
            work.Step();
            double now = clock.Elapsed.TotalSeconds;
            (shortest, last) = (Math.Min(shortest, now - last), now);
            if (compiled != (compiled = JitInfo.GetCompiledMethodCount()))
                quiet = now;
            isSettled = steps > CallsUntilCompiled && now - quiet > Settled;
            if (isSettled || now > Math.Max(ShortestLimit, LongestWarmUp * time.Seconds)
                || steps > LongestWarmUp * time.Steps)
                break;
        }
        FmaPeak.Run();
        stepsInRound = (int)Math.Clamp(Math.Ceiling(ShortestRound / shortest), 1, time.Steps ?? 1_000_000);
    }

    /// <summary>Times steps; <see cref="WarmUp"/> comes first.</summary>
    public Measurement Measure(MeasuringTime time, CancellationToken cancellation)
    {
        List<double> rounds = [], peaks = [];
        long steps = 0, allocated = 0;
        double total = 0;
        (int gen1, int gen2) = (GC.CollectionCount(1), GC.CollectionCount(2));
        while (rounds.Count == 0 || (time.Steps is { } most ? steps < most : total < time.Seconds))
        {
            cancellation.ThrowIfCancellationRequested();
            int count = RoundsInSlice(total / rounds.Count, time, time.Seconds - total, steps);
            rounds.EnsureCapacity(rounds.Count + count);
            allocated -= GC.GetTotalAllocatedBytes(precise: true);
            for (int round = 0; round < count; round++)
            {
                double seconds = Round();
                rounds.Add(1000 * seconds / stepsInRound);
                total += seconds;
            }
            allocated += GC.GetTotalAllocatedBytes(precise: true);
            steps += (long)count * stepsInRound;
            peaks.Add(FmaPeak.Gflops()); // after the work, when the threads are awake
        }
        return new Measurement(work, WorkerPool.Threads, rounds)
        {
            Steps = steps,
            IsSettled = isSettled,
            PeakGflops = Measurement.Middle(peaks),
            AllocatedBytes = (double)allocated / steps,
            Collections = (GC.CollectionCount(1) - gen1, GC.CollectionCount(2) - gen2),
            PeakResidentBytes = ResidentMemory.Peak(),
        };
    }

    private int RoundsInSlice(double secondsOfRound, MeasuringTime time, double secondsLeft, long steps)
    {
        if (double.IsNaN(secondsOfRound))
            return 1; // the first round
        double most = time.Steps is { } wanted
            ? Math.Ceiling((double)(wanted - steps) / stepsInRound) : Math.Ceiling(secondsLeft / secondsOfRound);
        return (int)Math.Max(1, Math.Min(Slice / secondsOfRound, most));
    }

    private double Round()
    {
        long start = Stopwatch.GetTimestamp();
        for (int step = 0; step < stepsInRound; step++)
            work.Step();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
