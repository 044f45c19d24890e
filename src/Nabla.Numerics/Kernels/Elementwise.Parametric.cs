using System.Runtime.CompilerServices;
using Nabla.Numerics.Lanes;

namespace Nabla.Numerics.Kernels;

public static unsafe partial class Elementwise
{
    /// <summary>y = f(x), element by element, for a function with settings.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Map<TOp>(TOp f, ReadOnlySpan<float> x, Span<float> y) where TOp : struct, IParametricOp<TOp>
    {
        Require.Length("Map", y.Length, x.Length);
        fixed (float* px = x, py = y)
            Chunked<ParametricStep<TOp>>.Run(new(f, px, py), x.Length);
    }

    /// <summary>dx = f′(x)·dy (dx += … if accumulating), element by element, all arrays of <c>operands.Dy</c>'s length.
    /// </summary>
    /// <param name="f">The function with its settings.</param>
    /// <param name="operands">x as A, y and dy; B is not read.</param>
    /// <param name="dx">The gradient.</param>
    /// <param name="accumulate">Whether to add to what is there.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void MapBackward<TOp>(TOp f, in ZipOperands operands, Span<float> dx, bool accumulate)
        where TOp : struct, IParametricOp<TOp>
    {
        int length = operands.Dy.Length;
        Require.Length("MapBackward", operands.A.Length, length);
        Require.Length("MapBackward", operands.Y.Length, length);
        Require.Length("MapBackward", dx.Length, length);
        fixed (float* px = operands.A, py = operands.Y, pdy = operands.Dy, pdx = dx)
            if (accumulate)
                Chunked<ParametricBackwardStep<TOp, Add>>.Run(new(f, px, py, pdy, pdx), length);
            else
                Chunked<ParametricBackwardStep<TOp, Write>>.Run(new(f, px, py, pdy, pdx), length);
    }

    private readonly struct ParametricStep<TOp>(TOp f, float* x, float* y) : ILaneStep
        where TOp : struct, IParametricOp<TOp>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step<L>(int i, int count) where L : struct, ILane<L> =>
            L.Store(f.Forward(L.Load(x + i, count)), y + i, count);
    }

    private readonly struct ParametricBackwardStep<TOp, TTarget>(TOp f, float* x, float* y, float* dy, float* dx)
        : ILaneStep
        where TOp : struct, IParametricOp<TOp>
        where TTarget : struct, ITarget
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step<L>(int i, int count) where L : struct, ILane<L> => TTarget.StoreOrAdd(
            f.Backward(L.Load(x + i, count), L.Load(y + i, count), L.Load(dy + i, count)), dx + i, count);
    }
}
