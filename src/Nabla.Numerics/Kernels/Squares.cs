using System.Runtime.CompilerServices;
using Nabla.Numerics.Lanes;

namespace Nabla.Numerics.Kernels;

/// <summary>Squares of 2×2 pixels to one pixel: y = scale·(sum of the square), added to y if accumulating.</summary>
internal readonly unsafe struct SquareSumStep(float* x, int rowStep, float* y, float scale, bool accumulate) : ILaneStep
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Step<L>(int i, int count) where L : struct, ILane<L>
    {
        (int first, int second) = Pairs.Counts(count, L.Count);
        float* above = x + 2 * i, below = above + rowStep;
        L left = L.Load(above, first) + L.Load(below, first), right = default;
        if (second > 0)
            right = L.Load(above + L.Count, second) + L.Load(below + L.Count, second);
        L sum = (L.Even(left, right) + L.Odd(left, right)) * L.Broadcast(scale);
        L.Store(accumulate ? L.Load(y + i, count) + sum : sum, y + i, count);
    }
}

/// <summary>One pixel to a square of 2×2: each becomes scale·x, or that is added if accumulating.</summary>
internal readonly unsafe struct SquareFillStep(float* x, float* y, int rowStep, float scale, bool accumulate)
    : ILaneStep
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Step<L>(int i, int count) where L : struct, ILane<L>
    {
        L value = L.Load(x + i, count) * L.Broadcast(scale);
        Pairs.Store(value, value, y + 2 * i, count, accumulate);
        Pairs.Store(value, value, y + rowStep + 2 * i, count, accumulate);
    }
}
