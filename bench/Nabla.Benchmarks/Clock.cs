using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Nabla.Benchmarks;

/// <summary>
/// Seconds for a measurement. Work on one thread is timed by the processor time of that thread, where the system tells
/// it (Linux), so that other processes on the machine do not count; work on several threads by the wall clock.
/// </summary>
internal readonly partial struct Clock
{
    private const int ThreadProcessorTime = 3; // CLOCK_THREAD_CPUTIME_ID

    private readonly bool ownTime;
    private readonly double start;

    private Clock(bool ownTime)
    {
        this.ownTime = ownTime;
        start = Now(ownTime);
    }

    /// <summary>Seconds since the start.</summary>
    public double Seconds => Now(ownTime) - start;

    /// <summary>Starts a measurement of work on that many threads.</summary>
    public static Clock Start(int threads) => new(threads == 1 && OperatingSystem.IsLinux());

    private static double Now(bool ownTime)
    {
        if (!ownTime || ReadClock(ThreadProcessorTime, out Timespec time) != 0)
            return Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency;
        return time.Seconds + time.Nanoseconds * 1e-9;
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int ReadClock(int clock, out Timespec time);

    [StructLayout(LayoutKind.Sequential)]
    private struct Timespec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
