namespace Nabla.Numerics.Threading;

/// <summary>
/// Runs numbered pieces of work on the caller's thread and on worker threads. How the work is cut never depends on the
/// number of threads, so results do not either.
/// </summary>
/// <remarks>
/// A call inside a piece, or while another thread's call is under way, runs its pieces on the calling thread alone. In
/// steady state a call allocates nothing. Starting and joining costs well under a microsecond while the workers are
/// awake; a piece should be worth some microseconds.
/// </remarks>
public static class WorkerPool
{
    private const int MostThreads = 1024;

    /// <summary>How many threads take part, the caller included: 1 … 1024. At first the number of processors.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1 or above 1024.</exception>
    public static int Threads
    {
        get => WorkerCrew.Threads;
        set
        {
            if (value is < 1 or > MostThreads)
                throw new ArgumentOutOfRangeException(
                    nameof(value), value, $"WorkerPool.Threads: {value} is not between 1 and {MostThreads}.");
            WorkerCrew.Threads = value;
        }
    }

    /// <summary>Runs pieces 0 … <paramref name="pieces"/> − 1 and returns when all are done.</summary>
    /// <param name="pieces">How many pieces there are; 0 does nothing.</param>
    /// <param name="body">The work. Each thread uses its own copy of the struct.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="pieces"/> is negative.</exception>
    /// <remarks>
    /// If a piece throws, pieces not yet begun are dropped and the first exception is thrown here once the others that
    /// had begun are done.
    /// </remarks>
    public static void Run<TBody>(int pieces, in TBody body) where TBody : struct, IParallelBody
    {
        if (pieces < 0)
            throw new ArgumentOutOfRangeException(
                nameof(pieces), pieces, $"WorkerPool.Run: the number of pieces is negative: {pieces}.");
        if (pieces <= 1 || WorkerCrew.Threads == 1 || !WorkerCrew.TryEnter())
        {
            RunHere(pieces, body);
            return;
        }

        ParallelJob<TBody> job = ParallelJob<TBody>.Shared;
        try
        {
            job.Set(body);
            WorkerCrew.Run(job, pieces);
        }
        finally
        {
            job.Clear();
            WorkerCrew.Exit();
        }
    }

    /// <summary>
    /// Runs <paramref name="body"/> over the elements 0 … <paramref name="length"/> − 1 in chunks of
    /// <paramref name="chunkSize"/> (the last may be shorter) and returns when all are done.
    /// </summary>
    /// <param name="length">Number of elements; 0 does nothing.</param>
    /// <param name="chunkSize">
    /// Elements in a chunk, at least 1. A fixed number, so that results are reproducible.
    /// </param>
    /// <param name="body">The work.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is negative or the chunk size is below 1.</exception>
    public static void RunChunks<TBody>(int length, int chunkSize, in TBody body) where TBody : struct, IChunkBody
    {
        if (length < 0)
            throw new ArgumentOutOfRangeException(
                nameof(length), length, $"WorkerPool.RunChunks: the length is negative: {length}.");
        if (chunkSize < 1)
            throw new ArgumentOutOfRangeException(
                nameof(chunkSize), chunkSize, $"WorkerPool.RunChunks: the chunk size is below 1: {chunkSize}.");
        var chunks = new Chunks<TBody>(length, chunkSize, body);
        Run(chunks.Count, chunks);
    }

    private static void RunHere<TBody>(int pieces, TBody body) where TBody : struct, IParallelBody
    {
        for (int piece = 0; piece < pieces; piece++)
            body.Run(piece);
    }

    private readonly struct Chunks<TBody>(int length, int chunkSize, TBody body) : IParallelBody
        where TBody : struct, IChunkBody
    {
        public int Count => Cuts.Count(length, chunkSize);

        public void Run(int piece)
        {
            int start = piece * chunkSize; // below length, so it does not overflow
            TBody own = body;
            own.Run(start, start + Math.Min(chunkSize, length - start));
        }
    }
}
