using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Nabla.Numerics.Threading;

namespace Nabla.Numerics.Lanes;

/// <summary>
/// Work in pieces, written once over the lane type. Run is never inlined: the JIT grants each method a budget of
/// inlining, and a long op body needs it whole.
/// </summary>
internal interface ILaneBody
{
    /// <summary>Runs piece number <paramref name="piece"/> on lanes of type <typeparamref name="L"/>.</summary>
    void Run<L>(int piece) where L : struct, ILane<L>;
}

/// <summary>Runs a lane body on the widest lanes of this machine.</summary>
internal readonly struct Widest<TBody>(TBody body) : IParallelBody where TBody : struct, ILaneBody
{
    public void Run(int piece)
    {
        if (Vector512.IsHardwareAccelerated)
            body.Run<F32x16>(piece);
        else if (Vector256.IsHardwareAccelerated)
            body.Run<F32x8>(piece);
        else
            body.Run<F32>(piece);
    }
}

/// <summary>Entry points of all lane kernels.</summary>
internal static class Widest
{
    /// <summary>Runs all pieces, on several threads if there are several pieces.</summary>
    public static void Run<TBody>(int pieces, in TBody body) where TBody : struct, ILaneBody
    {
        var widest = new Widest<TBody>(body);
        if (pieces == 1)
            widest.Run(0);
        else if (pieces > 1)
            WorkerPool.Run(pieces, widest);
    }
}

/// <summary>One step of a loop over arrays.</summary>
internal interface ILaneStep
{
    /// <summary>Works on elements i … i + count − 1; count is at most the width of the lane.</summary>
    void Step<L>(int i, int count) where L : struct, ILane<L>;
}

/// <summary>Loops over arrays: full registers, then one part of a register.</summary>
internal static class LaneLoop
{
    /// <summary>Steps over start … end − 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<L, TStep>(TStep step, int start, int end)
        where L : struct, ILane<L>
        where TStep : struct, ILaneStep
    {
        int i = start;
        for (int last = end - L.Count; i <= last; i += L.Count)
            step.Step<L>(i, L.Count);
        if (i < end)
            Tail<L, TStep>(step, i, end - i);
    }

    // Apart, because the JIT's inlining budget for one method is spent on a single copy of a long step.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Tail<L, TStep>(TStep step, int i, int count)
        where L : struct, ILane<L>
        where TStep : struct, ILaneStep => step.Step<L>(i, count);
}

/// <summary>One step of a reduction over arrays.</summary>
internal interface ILaneFold
{
    /// <summary>Takes elements i … i + count − 1 into the running value, lane by lane.</summary>
    L Fold<L>(L running, int i, int count) where L : struct, ILane<L>;
}

/// <summary>Reductions over arrays: full registers, then one part of a register.</summary>
internal static class LaneFold
{
    /// <summary>Folds elements 0 … length − 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Run<L, TFold>(TFold fold, L running, int length)
        where L : struct, ILane<L>
        where TFold : struct, ILaneFold
    {
        int i = 0;
        for (int last = length - L.Count; i <= last; i += L.Count)
            running = fold.Fold(running, i, L.Count);
        return i < length ? Tail(fold, running, i, length - i) : running;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static L Tail<L, TFold>(TFold fold, L running, int i, int count)
        where L : struct, ILane<L>
        where TFold : struct, ILaneFold => fold.Fold(running, i, count);
}

/// <summary>Steps over an array in fixed chunks.</summary>
internal readonly struct Chunked<TStep>(TStep step, int length) : ILaneBody where TStep : struct, ILaneStep
{
    private const int Chunk = 1 << 14;

    /// <summary>Runs the step over elements 0 … length − 1 of large arrays on several threads.</summary>
    public static void Run(TStep step, int length) =>
        Widest.Run((int)(((long)length + Chunk - 1) / Chunk), new Chunked<TStep>(step, length));

    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Run<L>(int piece) where L : struct, ILane<L>
    {
        int start = piece * Chunk;
        LaneLoop.Run<L, TStep>(step, start, (int)Math.Min((long)start + Chunk, length));
    }
}
