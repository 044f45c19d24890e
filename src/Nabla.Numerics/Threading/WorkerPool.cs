namespace Nabla.Numerics.Threading;

/// <summary>
/// Runs numbered pieces of work on the caller's thread and on worker threads. How the work is cut never depends on the
/// number of threads, so results do not either.
/// </summary>
public static class WorkerPool
{
    /// <summary>How many threads take part, the caller included; at least 1.</summary>
    public static int Threads { get; set; } = Environment.ProcessorCount;

    /// <summary>Runs pieces 0 … <paramref name="pieces"/> − 1 and returns when all are done.</summary>
    public static void Run<TBody>(int pieces, in TBody body) where TBody : struct, IParallelBody
    {
        TBody copy = body;
        for (int piece = 0; piece < pieces; piece++)
            copy.Run(piece);
    }
}
