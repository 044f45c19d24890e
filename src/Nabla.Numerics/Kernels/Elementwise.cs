using System.Runtime.CompilerServices;
using Nabla.Numerics.Lanes;

namespace Nabla.Numerics.Kernels;

/// <summary>
/// Loops over arrays: elementwise ops, sums, updates. The output may be one of the inputs, but must not overlap one in
/// part. Every element has the same bits whatever the length, the lane width and the number of threads.
/// </summary>
public static unsafe partial class Elementwise
{
    /// <summary>y = f(x), element by element.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Map<TOp>(ReadOnlySpan<float> x, Span<float> y) where TOp : struct, IUnaryOp
    {
        Require.Length("Map", y.Length, x.Length);
        fixed (float* px = x, py = y)
            Chunked<MapStep<TOp>>.Run(new(px, py), x.Length);
    }

    /// <summary>dx = f′(x)·dy (dx += … if accumulating), element by element, with y = f(x).</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void MapBackward<TOp>(
        ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> dy, Span<float> dx, bool accumulate)
        where TOp : struct, IUnaryOp
    {
        Require.Length("MapBackward", y.Length, x.Length);
        Require.Length("MapBackward", dy.Length, x.Length);
        Require.Length("MapBackward", dx.Length, x.Length);
        fixed (float* px = x, py = y, pdy = dy, pdx = dx)
            if (accumulate)
                Chunked<MapBackwardStep<TOp, Add>>.Run(new(px, py, pdy, pdx), x.Length);
            else
                Chunked<MapBackwardStep<TOp, Write>>.Run(new(px, py, pdy, pdx), x.Length);
    }

    /// <summary>How a result meets what the output holds.</summary>
    private interface ITarget
    {
        static abstract void StoreOrAdd<L>(L value, float* target, int count) where L : struct, ILane<L>;
    }

    private readonly struct Write : ITarget
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void StoreOrAdd<L>(L value, float* target, int count) where L : struct, ILane<L> =>
            L.Store(value, target, count);
    }

    private readonly struct Add : ITarget
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void StoreOrAdd<L>(L value, float* target, int count) where L : struct, ILane<L> =>
            L.Store(L.Load(target, count) + value, target, count);
    }

    private readonly struct MapStep<TOp>(float* x, float* y) : ILaneStep where TOp : struct, IUnaryOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step<L>(int i, int count) where L : struct, ILane<L> =>
            L.Store(TOp.Forward(L.Load(x + i, count)), y + i, count);
    }

    private readonly struct MapBackwardStep<TOp, TTarget>(float* x, float* y, float* dy, float* dx) : ILaneStep
        where TOp : struct, IUnaryOp
        where TTarget : struct, ITarget
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step<L>(int i, int count) where L : struct, ILane<L> => TTarget.StoreOrAdd(
            TOp.Backward(L.Load(x + i, count), L.Load(y + i, count), L.Load(dy + i, count)), dx + i, count);
    }
}
