using System.Runtime.CompilerServices;
using Nabla.Numerics.Lanes;

namespace Nabla.Numerics.Kernels;

public static unsafe partial class Elementwise
{
    /// <summary>y = a where the condition is not 0, else b, all [n]; a NaN among the conditions counts as 0.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Select(
        ReadOnlySpan<float> condition, ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> y)
    {
        Require.Length("Select", condition.Length, y.Length);
        Require.Length("Select", a.Length, y.Length);
        Require.Length("Select", b.Length, y.Length);
        fixed (float* pc = condition, pa = a, pb = b, py = y)
            Chunked<SelectStep>.Run(new(pc, pa, pb, py), y.Length);
    }

    /// <summary>
    /// dx = dy (+=) where <see cref="Select"/> took a, or b if not <paramref name="chosen"/>; 0 elsewhere. All [n].
    /// </summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void SelectBackward(
        ReadOnlySpan<float> condition, ReadOnlySpan<float> dy, bool chosen, Span<float> dx, bool accumulate)
    {
        Require.Length("SelectBackward", condition.Length, dx.Length);
        Require.Length("SelectBackward", dy.Length, dx.Length);
        fixed (float* pc = condition, pdy = dy, pdx = dx)
            Chunked<SelectBackwardStep>.Run(new(pc, pdy, pdx, chosen, accumulate), dx.Length);
    }

    private readonly struct SelectStep(float* condition, float* a, float* b, float* y) : ILaneStep
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step<L>(int i, int count) where L : struct, ILane<L> => L.Store(
            L.WherePositive(L.Abs(L.Load(condition + i, count)), L.Load(a + i, count), L.Load(b + i, count)),
            y + i, count);
    }

    private readonly struct SelectBackwardStep(float* condition, float* dy, float* dx, bool chosen, bool accumulate)
        : ILaneStep
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step<L>(int i, int count) where L : struct, ILane<L>
        {
            L c = L.Abs(L.Load(condition + i, count)), upstream = L.Load(dy + i, count), zero = L.Broadcast(0);
            L part = chosen ? L.WherePositive(c, upstream, zero) : L.WherePositive(c, zero, upstream);
            L.Store(accumulate ? L.Load(dx + i, count) + part : part, dx + i, count);
        }
    }
}
