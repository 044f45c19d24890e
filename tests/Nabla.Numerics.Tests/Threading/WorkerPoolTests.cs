using Nabla.Numerics.Threading;

namespace Nabla.Numerics.Tests.Threading;

/// <summary>
/// The tests that change the process-wide number of threads, so they must not run beside one another.
/// </summary>
[CollectionDefinition(nameof(ThreadCountCollection), DisableParallelization = true)]
public sealed class ThreadCountCollection;

[Collection(nameof(ThreadCountCollection))]
public sealed class WorkerPoolTests : IDisposable
{
    private readonly int threadsBefore = WorkerPool.Threads;

    public void Dispose() => WorkerPool.Threads = threadsBefore;

    private readonly struct Count(int[] hits) : IParallelBody
    {
        public void Run(int piece) => Interlocked.Increment(ref hits[piece]);
    }

    private readonly struct CountChunks(int[] hits, int longest) : IChunkBody
    {
        public void Run(int start, int end)
        {
            (end - start).ShouldBeInRange(1, longest);
            for (int i = start; i < end; i++)
                Interlocked.Increment(ref hits[i]);
        }
    }

    private readonly struct FailAt(int bad, int[] hits) : IParallelBody
    {
        public void Run(int piece)
        {
            Interlocked.Increment(ref hits[piece]);
            if (piece == bad)
                throw new InvalidOperationException($"piece {piece}");
        }
    }

    private readonly struct Nested(int[] hits, int inner) : IParallelBody
    {
        public void Run(int piece)
        {
            int[] own = new int[inner];
            WorkerPool.Run(inner, new Count(own));
            Interlocked.Add(ref hits[piece], own.Sum());
        }
    }

    private readonly struct Meet(Barrier barrier) : IParallelBody
    {
        public void Run(int piece) => barrier.SignalAndWait(TimeSpan.FromSeconds(20)).ShouldBeTrue();
    }

    private readonly struct NoteThread(int[] ids) : IParallelBody
    {
        public void Run(int piece) => ids[piece] = Environment.CurrentManagedThreadId;
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void Every_piece_runs_exactly_once(int threads)
    {
        WorkerPool.Threads = threads;
        for (int round = 0; round < 2_000; round++)
        {
            int[] hits = new int[round % 37];
            WorkerPool.Run(hits.Length, new Count(hits));
            hits.ShouldAllBe(hit => hit == 1);
        }
    }

    [Theory]
    [InlineData(0, 4)]
    [InlineData(1, 4)]
    [InlineData(4, 4)]
    [InlineData(1001, 10)]
    [InlineData(5, int.MaxValue)]
    public void Chunks_cover_the_range_once(int length, int chunkSize)
    {
        WorkerPool.Threads = 3;
        int[] hits = new int[length];
        WorkerPool.RunChunks(length, chunkSize, new CountChunks(hits, chunkSize));
        hits.ShouldAllBe(hit => hit == 1);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void That_many_threads_take_part(int threads)
    {
        WorkerPool.Threads = threads;
        using var barrier = new Barrier(threads);
        WorkerPool.Run(threads, new Meet(barrier)); // returns only if each piece has a thread of its own
    }

    [Fact]
    public void One_thread_means_the_callers()
    {
        WorkerPool.Threads = 4;
        WorkerPool.Run(64, new Count(new int[64]));
        WorkerPool.Threads = 1;
        int[] ids = new int[64];
        WorkerPool.Run(ids.Length, new NoteThread(ids));
        ids.ShouldAllBe(id => id == Environment.CurrentManagedThreadId);
    }

    [Fact]
    public void Sleeping_workers_are_woken()
    {
        WorkerPool.Threads = 3;
        for (int round = 0; round < 20; round++)
        {
            using var barrier = new Barrier(3);
            WorkerPool.Run(3, new Meet(barrier));
            Thread.Sleep(5);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void An_exception_reaches_the_caller_and_the_pool_survives(int threads)
    {
        WorkerPool.Threads = threads;
        for (int round = 0; round < 50; round++)
        {
            int[] hits = new int[40];
            int bad = round % hits.Length;
            Should.Throw<InvalidOperationException>(() => WorkerPool.Run(hits.Length, new FailAt(bad, hits)))
                .Message.ShouldBe($"piece {bad}");
            hits.ShouldAllBe(hit => hit <= 1);
        }

        Every_piece_runs_exactly_once(threads);
    }

    [Fact]
    public void Nested_runs_are_complete()
    {
        WorkerPool.Threads = 3;
        int[] hits = new int[50];
        WorkerPool.Run(hits.Length, new Nested(hits, 17));
        hits.ShouldAllBe(hit => hit == 17);
    }

    [Fact]
    public void Several_callers_at_once_are_complete()
    {
        WorkerPool.Threads = 3;
        var callers = Enumerable.Range(0, 4).Select(caller => new Thread(() =>
        {
            for (int round = 0; round < 1_000; round++)
            {
                int[] hits = new int[1 + (round + caller) % 20];
                WorkerPool.Run(hits.Length, new Count(hits));
                if (hits.Any(hit => hit != 1))
                    throw new InvalidOperationException("a piece was lost or ran twice");
            }
        })).ToList();
        callers.ForEach(caller => caller.Start());
        callers.ForEach(caller => caller.Join());
    }

    [Fact]
    public void The_number_of_threads_may_change_at_any_time()
    {
        using var stop = new CancellationTokenSource();
        var changer = new Thread(() =>
        {
            for (int i = 0; !stop.IsCancellationRequested; i++)
            {
                WorkerPool.Threads = 1 + i % 5;
                Thread.SpinWait(200);
            }
        });
        changer.Start();
        for (int round = 0; round < 5_000; round++)
        {
            int[] hits = new int[12];
            WorkerPool.Run(hits.Length, new Count(hits));
            hits.ShouldAllBe(hit => hit == 1);
        }

        stop.Cancel();
        changer.Join();
    }

    [Fact]
    public void A_warm_call_allocates_nothing()
    {
        WorkerPool.Threads = 2;
        int[] hits = new int[8];
        for (int round = 0; round < 100; round++)
            WorkerPool.Run(hits.Length, new Count(hits));
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int round = 0; round < 100; round++)
            WorkerPool.Run(hits.Length, new Count(hits));
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Fact]
    public void Wrong_arguments_are_named()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => WorkerPool.Threads = 0)
            .Message.ShouldContain("0 is not between 1");
        Should.Throw<ArgumentOutOfRangeException>(() => WorkerPool.Threads = 5000);
        Should.Throw<ArgumentOutOfRangeException>(() => WorkerPool.Run(-1, new Count([]))).Message.ShouldContain("-1");
        Should.Throw<ArgumentOutOfRangeException>(() => WorkerPool.RunChunks(-1, 1, new CountChunks([], 1)));
        Should.Throw<ArgumentOutOfRangeException>(() => WorkerPool.RunChunks(1, 0, new CountChunks([], 1)));
    }

    [Fact]
    public void An_interrupt_waits_until_the_job_is_done()
    {
        WorkerPool.Threads = 2;
        using var bothRun = new Barrier(3);
        using var finish = new ManualResetEventSlim();
        int done = 0, doneAtInterrupt = -1;
        var owner = new Thread(() =>
        {
            try
            {
                WorkerPool.Run(2, new SlowForTheWorker(bothRun, finish, () => Interlocked.Increment(ref done)));
                Thread.Sleep(Timeout.Infinite);
            }
            catch (ThreadInterruptedException)
            {
                doneAtInterrupt = Volatile.Read(ref done);
            }
        });
        owner.Start();
        bothRun.SignalAndWait(TimeSpan.FromSeconds(20)).ShouldBeTrue();
        SpinWait.SpinUntil(() => owner.ThreadState.HasFlag(System.Threading.ThreadState.WaitSleepJoin), 20_000)
            .ShouldBeTrue();
        owner.Interrupt();
        Thread.Sleep(20); // were the interrupt not put off, the owner would have left by now
        finish.Set();
        owner.Join(TimeSpan.FromSeconds(20)).ShouldBeTrue();
        doneAtInterrupt.ShouldBe(2);
    }

    private readonly struct SlowForTheWorker(Barrier bothRun, ManualResetEventSlim finish, Action done) : IParallelBody
    {
        public void Run(int piece)
        {
            bothRun.SignalAndWait(TimeSpan.FromSeconds(20)).ShouldBeTrue();
            if (Thread.CurrentThread.Name == "Nabla worker")
                finish.Wait(TimeSpan.FromSeconds(20)).ShouldBeTrue();
            done();
        }
    }
}
