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

    /// <summary>
    /// The sum over elements 0 … length − 1, taken in four registers, so that one addition need not wait for the last.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float RunInFour<L, TFold>(TFold fold, int length)
        where L : struct, ILane<L>
        where TFold : struct, ILaneFold
    {
        L a = default, b = default, c = default, d = default;
        int i = 0;
        for (int last = length - 4 * L.Count; i <= last; i += 4 * L.Count)
        {
            a = fold.Fold(a, i, L.Count);
            b = fold.Fold(b, i + L.Count, L.Count);
            c = fold.Fold(c, i + 2 * L.Count, L.Count);
            d = fold.Fold(d, i + 3 * L.Count, L.Count);
        }
        L sum = a + b + (c + d); // before the tail: registers that live across a call are kept in memory
        for (int last = length - L.Count; i <= last; i += L.Count)
            sum = fold.Fold(sum, i, L.Count);
        return L.SumAcross(i < length ? Tail(fold, sum, i, length - i) : sum);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static L Tail<L, TFold>(TFold fold, L running, int i, int count)
        where L : struct, ILane<L>
        where TFold : struct, ILaneFold => fold.Fold(running, i, count);
}
