using System.Runtime.CompilerServices;

namespace Nabla.Numerics.Lanes;

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
