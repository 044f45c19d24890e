using System.Runtime.CompilerServices;

namespace Nabla.Numerics.Lanes;

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
