using System.Runtime.Intrinsics;
using Nabla.Numerics.Threading;

namespace Nabla.Numerics.Lanes;

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
    /// <summary>One loop over a short row, within a piece.</summary>
    public static void RunRow<TStep>(TStep step, int length) where TStep : struct, ILaneStep
    {
        if (Vector512.IsHardwareAccelerated)
            LaneLoop.Run<F32x16, TStep>(step, 0, length);
        else if (Vector256.IsHardwareAccelerated)
            LaneLoop.Run<F32x8, TStep>(step, 0, length);
        else
            LaneLoop.Run<F32, TStep>(step, 0, length);
    }

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
