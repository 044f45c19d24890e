using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace Nabla.Numerics.Threading;

/// <summary>
/// The worker threads and the one job they may be working on. Three rules keep it correct and quick:
/// <list type="bullet">
/// <item>A thread takes a piece by counting <see cref="s_unclaimed"/> down; only after that does it read what the job
/// is. A worker that comes late finds nothing to take, or rightly takes a piece of the next job.</item>
/// <item>The owner of the job waits only for pieces that were taken, so a worker that is asleep, or that lost its core
/// to another process, holds nothing up.</item>
/// <item>Workers spin for a moment after a job, because the next one usually follows within microseconds and waking a
/// sleeping thread can take most of a millisecond; then they sleep.</item>
/// </list>
/// </summary>
internal static class WorkerCrew
{
    private static readonly long s_spinTicks = Stopwatch.Frequency / 5_000; // 200 µs
    private static readonly long s_yieldTicks = Stopwatch.Frequency / 50_000; // 20 µs
    private static readonly Lock s_owner = new();
    private static readonly object s_gate = new();

    private static int s_threads = Environment.ProcessorCount;
    private static int s_workers; // guarded by s_gate
    private static int s_asleep; // guarded by s_gate

    private static ParallelJob? s_job;
    private static int s_pieces;
    private static int s_unclaimed;
    private static int s_unsettled;
    private static Exception? s_error;

    public static int Threads
    {
        get => Volatile.Read(ref s_threads);
        set
        {
            lock (s_gate)
            {
                Volatile.Write(ref s_threads, value);
                Monitor.PulseAll(s_gate); // workers that are too many leave
            }
        }
    }

    /// <summary>Becomes the owner of the crew; false when it is working already (for another caller, or around us).</summary>
    public static bool TryEnter() => !s_owner.IsHeldByCurrentThread && s_owner.TryEnter();

    /// <summary>Gives the crew back.</summary>
    public static void Exit() => s_owner.Exit();

    /// <summary>Runs all pieces of the job; the caller owns the crew.</summary>
    public static void Run(ParallelJob job, int pieces)
    {
        int wanted = Math.Min(pieces, Threads) - 1;
        StartWorkers(wanted); // before there is work, so that nothing can fail while workers use the caller's memory
        s_job = job;
        s_pieces = pieces;
        s_unsettled = pieces;
        Interlocked.Exchange(ref s_unclaimed, pieces); // publishes the lines above; full fence before reading s_asleep
        WakeWorkers(wanted);

        int piece = Claim();
        if (piece >= 0)
            Interlocked.Add(ref s_unsettled, -job.RunFrom(piece));
        AwaitTakenPieces();

        s_job = null;
        if (Interlocked.Exchange(ref s_error, null) is { } error)
            ExceptionDispatchInfo.Throw(error);
    }

    /// <summary>Takes the next piece; −1 when there is none.</summary>
    public static int Claim()
    {
        if (Volatile.Read(ref s_unclaimed) <= 0)
            return -1;
        int left = Interlocked.Decrement(ref s_unclaimed);
        return left < 0 ? -1 : s_pieces - 1 - left;
    }

    /// <summary>Notes the first error and takes all remaining pieces without running them; returns their number.</summary>
    public static int Abandon(Exception error)
    {
        Interlocked.CompareExchange(ref s_error, error, null);
        return Math.Max(0, Interlocked.Exchange(ref s_unclaimed, 0));
    }

    /// <summary>Starts missing workers; where the system grants no more threads, those there are do the work.</summary>
    private static void StartWorkers(int wanted)
    {
        if (Volatile.Read(ref s_workers) >= wanted)
            return;
        lock (s_gate)
        {
            try
            {
                for (; s_workers < Math.Min(wanted, s_threads - 1); s_workers++)
                    new Thread(Work) { IsBackground = true, Name = "Nabla worker" }.UnsafeStart();
            }
            catch (Exception error) when (error is OutOfMemoryException or ThreadStartException)
            {
                // s_workers counts those that did start.
            }
        }
    }

    /// <summary>Wakes as many sleepers as are wanted beside the workers that spin and will see the work by themselves.</summary>
    private static void WakeWorkers(int wanted)
    {
        int sleepers = Volatile.Read(ref s_asleep); // first: who leaves in between is then missed, not counted as awake
        if (sleepers == 0 || Volatile.Read(ref s_workers) - sleepers >= wanted)
            return;
        lock (s_gate)
            for (int sleeper = Math.Min(s_asleep, wanted - (s_workers - s_asleep)); sleeper > 0; sleeper--)
                Monitor.Pulse(s_gate);
    }

    private static void AwaitTakenPieces()
    {
        long start = 0;
        while (Volatile.Read(ref s_unsettled) > 0)
        {
            Thread.SpinWait(1);
            if (start == 0)
                start = Stopwatch.GetTimestamp();
            else if (Stopwatch.GetTimestamp() - start > s_yieldTicks)
                Thread.Yield(); // the worker may need this very core to finish
        }
    }

    private static void Work()
    {
        while (true)
        {
            int piece = Claim();
            if (piece >= 0)
                Interlocked.Add(ref s_unsettled, -s_job!.RunFrom(piece));
            else if (!SpinUntilWork() && !SleepUntilWork())
                return;
        }
    }

    private static bool SpinUntilWork()
    {
        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            for (int check = 0; check < 16; check++)
            {
                if (Volatile.Read(ref s_unclaimed) > 0)
                    return true;
                Thread.SpinWait(1);
            }

            long waited = Stopwatch.GetTimestamp() - start;
            if (waited > s_spinTicks)
                return false;
            if (waited > s_yieldTicks)
                Thread.Yield();
        }
    }

    /// <summary>Sleeps until there is work; false when this worker is one too many and has to end.</summary>
    private static bool SleepUntilWork()
    {
        lock (s_gate)
        {
            s_asleep++;
            Interlocked.MemoryBarrier(); // either we see the job here or its owner sees us asleep
            while (Volatile.Read(ref s_unclaimed) <= 0 && s_workers < s_threads)
                Monitor.Wait(s_gate);
            bool stays = s_workers < s_threads;
            if (!stays)
                s_workers--;
            Volatile.Write(ref s_asleep, s_asleep - 1); // last, so that a worker that leaves never counts as awake
            return stays;
        }
    }
}
