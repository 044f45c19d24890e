using System.Runtime.CompilerServices;

namespace Nabla.Numerics.Lanes;

/// <summary>Rows of which every two neighbours belong together.</summary>
internal static unsafe class Pairs
{
    /// <summary>How many of 2·count numbers the first and the second register hold.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (int First, int Second) Counts(int count, int width) =>
        count == width ? (width, width) : (Math.Min(width, 2 * count), Math.Max(0, 2 * count - width));

    /// <summary>Every second of so many pairs' numbers, from the first on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L LoadFirsts<L>(float* source, int count) where L : struct, ILane<L>
    {
        (int first, int second) = Counts(count, L.Count);
        return L.Even(L.Load(source, first), second > 0 ? L.Load(source + L.Count, second) : default);
    }

    /// <summary>Writes (or adds) left₀, right₀, left₁, right₁, …, so many pairs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<L>(L left, L right, float* target, int count, bool accumulate) where L : struct, ILane<L>
    {
        (int first, int second) = Counts(count, L.Count);
        L low = L.InterleaveLow(left, right), high = L.InterleaveHigh(left, right);
        L.Store(accumulate ? L.Load(target, first) + low : low, target, first);
        if (second > 0)
            L.Store(accumulate ? L.Load(target + L.Count, second) + high : high, target + L.Count, second);
    }
}
