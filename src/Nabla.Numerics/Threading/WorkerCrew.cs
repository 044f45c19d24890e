using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace Nabla.Numerics.Threading;

/// <summary>
/// The worker threads and the one job they may be working on. Three rules keep it correct and quick:
/// <list type="bullet">
/// <item>A thread takes a piece by counting <see cref="unclaimed"/> down; only after that does it read what the job
/// is. A worker that comes late finds nothing to take, or rightly takes a piece of the next job.</item>
/// <item>The owner of the job waits only for pieces that were taken, so a worker that is asleep, or that lost its core
/// to another process before it took one, holds nothing up.</item>
/// <item>Workers spin for a moment after a job, because the next one usually follows within microseconds and waking a
/// sleeping thread can take most of a millisecond; then they sleep.</item>
/// </list>
/// </summary>
internal static class WorkerCrew
{
    private static readonly long SpinTicks = Stopwatch.Frequency / 5_000; // 200 µs
    private static readonly long YieldTicks = Stopwatch.Frequency / 50_000; // 20 µs
    private static readonly long PatienceTicks = Stopwatch.Frequency / 2_000; // 500 µs
    private static readonly object Settled = new();
    private static readonly Lock Owner = new();
    private static readonly object Gate = new();

    private static int threads = Environment.ProcessorCount;
    private static int workers; // guarded by Gate
    private static int asleep; // guarded by Gate

    private static ParallelJob? currentJob;
    private static int pieceCount;
    private static int unclaimed;
    private static int takenByOwner; // the owner's alone
    private static int takenByWorkers;
    private static int unsettled;
    private static bool ownerSleeps;
    private static Exception? firstError;

    public static int Threads
    {
        get => Volatile.Read(ref threads);
        set
        {
            lock (Gate)
            {
                Volatile.Write(ref threads, value);
                Monitor.PulseAll(Gate); // workers that are too many leave
            }
        }
    }

    /// <summary>
    /// Becomes the owner of the crew; false when it is working already (for another caller, or around us).
    /// </summary>
    public static bool TryEnter() => !Owner.IsHeldByCurrentThread && Owner.TryEnter();

    /// <summary>Gives the crew back.</summary>
    public static void Exit() => Owner.Exit();

    /// <summary>
    /// Runs all pieces of the job; the caller owns the crew. A <see cref="Thread.Interrupt"/> of the caller is put off
    /// until the job is done: who left earlier would take away the memory that workers still write to.
    /// </summary>
    public static void Run(ParallelJob job, int pieces)
    {
        int wanted = Math.Min(pieces, Threads) - 1;
        StartWorkers(wanted); // before there is work, so that nothing can fail while workers use the caller's memory
        currentJob = job;
        pieceCount = pieces;
        unsettled = pieces;
        (takenByOwner, takenByWorkers) = (0, 0);
        Interlocked.Exchange(ref unclaimed, pieces); // publishes the lines above; full fence before reading asleep
        bool interrupted = WakeWorkers(wanted);

        int piece = Claim(forOwner: true);
        if (piece >= 0)
            Interlocked.Add(ref unsettled, -job.RunFrom(piece, forOwner: true));
        interrupted |= AwaitTakenPieces();

        currentJob = null;
        if (interrupted)
            Thread.CurrentThread.Interrupt();
        if (Interlocked.Exchange(ref firstError, null) is { } error)
            ExceptionDispatchInfo.Throw(error);
    }

    /// <summary>
    /// Takes a piece, −1 when there is none: the owner of the job the first one left, a worker the last. So the owner
    /// has the first half of each job's data and the worker of a pair the second, and finds much of it in its own
    /// cache.
    /// </summary>
    public static int Claim(bool forOwner)
    {
        if (Volatile.Read(ref unclaimed) <= 0 || Interlocked.Decrement(ref unclaimed) < 0)
            return -1;
        return forOwner ? takenByOwner++ : pieceCount - Interlocked.Increment(ref takenByWorkers);
    }

    /// <summary>
    /// Notes the first error and takes all remaining pieces without running them; returns their number.
    /// </summary>
    public static int Abandon(Exception error)
    {
        Interlocked.CompareExchange(ref firstError, error, null);
        return Math.Max(0, Interlocked.Exchange(ref unclaimed, 0));
    }

    /// <summary>Starts missing workers; where the system grants no more threads, those there are do the work.</summary>
    private static void StartWorkers(int wanted)
    {
        if (Volatile.Read(ref workers) >= wanted)
            return;
        lock (Gate)
        {
            try
            {
                for (; workers < Math.Min(wanted, threads - 1); workers++)
                    new Thread(Work) { IsBackground = true, Name = "Nabla worker" }.UnsafeStart();
            }
            catch (Exception error) when (error is OutOfMemoryException or ThreadStartException)
            {
                // workers counts those that did start.
            }
        }
    }

    /// <summary>
    /// Wakes as many sleepers as are wanted beside the workers that spin and will see the work by themselves. True if
    /// this thread was interrupted: then it woke none, and does itself what they would have done.
    /// </summary>
    private static bool WakeWorkers(int wanted)
    {
        int sleepers = Volatile.Read(ref asleep); // first: who leaves in between is then missed, not counted as awake
        if (sleepers == 0 || Volatile.Read(ref workers) - sleepers >= wanted)
            return false;
        try
        {
            lock (Gate)
                for (int sleeper = Math.Min(asleep, wanted - (workers - asleep)); sleeper > 0; sleeper--)
                    Monitor.Pulse(Gate);
            return false;
        }
        catch (ThreadInterruptedException)
        {
            return true;
        }
    }

    /// <summary>
    /// Waits for pieces that workers took. A worker that takes long was probably taken off its core in the middle of a
    /// piece: then the owner sleeps, for who spins or yields spends the share of the processor that it needs
    /// afterwards. Before that it does not yield: that is a call of the system for every look, and costs more than it
    /// gives. True if this thread was interrupted meanwhile.
    /// </summary>
    private static bool AwaitTakenPieces()
    {
        if (Volatile.Read(ref unsettled) == 0)
            return false;
        bool interrupted = false;
        long start = Stopwatch.GetTimestamp();
        while (Volatile.Read(ref unsettled) > 0)
        {
            Thread.SpinWait(1);
            if (Stopwatch.GetTimestamp() - start >= PatienceTicks)
                interrupted |= SleepUntilSettled();
        }
        return interrupted;
    }

    /// <summary>Sleeps until all pieces are settled, or until this thread is interrupted: then true.</summary>
    private static bool SleepUntilSettled()
    {
        try
        {
            lock (Settled)
            {
                Volatile.Write(ref ownerSleeps, true);
                Interlocked.MemoryBarrier(); // either we see the last piece settled or its worker sees us asleep
                while (Volatile.Read(ref unsettled) > 0)
                    Monitor.Wait(Settled);
            }
            return false;
        }
        catch (ThreadInterruptedException)
        {
            return true;
        }
        finally
        {
            Volatile.Write(ref ownerSleeps, false);
        }
    }

    /// <summary>
    /// Notes that a worker's pieces are done, and wakes the owner if it sleeps and they were the last.
    /// </summary>
    private static void Settle(int pieces)
    {
        if (Interlocked.Add(ref unsettled, -pieces) > 0 || !Volatile.Read(ref ownerSleeps))
            return;
        lock (Settled)
            Monitor.Pulse(Settled);
    }

    private static void Work()
    {
        while (true)
        {
            int piece = Claim(forOwner: false);
            if (piece >= 0)
                Settle(currentJob!.RunFrom(piece, forOwner: false));
            else if (!SpinUntilWork() && !SleepUntilWoken())
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
                if (Volatile.Read(ref unclaimed) > 0)
                    return true;
                Thread.SpinWait(1);
            }

            long waited = Stopwatch.GetTimestamp() - start;
            if (waited > SpinTicks)
                return false;
            if (waited > YieldTicks)
                Thread.Yield();
        }
    }

    /// <summary>
    /// Sleeps until woken, perhaps too late for the work there was: then the next job usually follows at once, so the
    /// worker spins again before it sleeps. False when this worker is one too many and has to end.
    /// </summary>
    private static bool SleepUntilWoken()
    {
        lock (Gate)
        {
            asleep++;
            Interlocked.MemoryBarrier(); // either we see the job here or its owner sees us asleep
            if (Volatile.Read(ref unclaimed) <= 0 && workers < threads)
                Monitor.Wait(Gate);
            bool stays = workers < threads;
            if (!stays)
                workers--;
            Volatile.Write(ref asleep, asleep - 1); // last, so that a worker that leaves never counts as awake
            return stays;
        }
    }
}
