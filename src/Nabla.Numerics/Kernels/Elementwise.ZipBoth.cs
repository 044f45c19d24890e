using System.Runtime.CompilerServices;
using Nabla.Numerics.Lanes;

namespace Nabla.Numerics.Kernels;

/// <summary>What the derivatives of y = f(a, b) are computed from, all [n].</summary>
public readonly ref struct ZipOperands(
    ReadOnlySpan<float> a, ReadOnlySpan<float> b, ReadOnlySpan<float> y, ReadOnlySpan<float> dy)
{
    /// <summary>The first argument.</summary>
    public ReadOnlySpan<float> A { get; } = a;

    /// <summary>The second argument.</summary>
    public ReadOnlySpan<float> B { get; } = b;

    /// <summary>The result.</summary>
    public ReadOnlySpan<float> Y { get; } = y;

    /// <summary>dL/dy.</summary>
    public ReadOnlySpan<float> Dy { get; } = dy;
}

public static unsafe partial class Elementwise
{
    /// <summary>
    /// da = ∂f/∂a·dy (+=) and db = ∂f/∂b·dy (+=) in one pass, all [n], with the bits of <see cref="ZipBackwardA"/> and
    /// <see cref="ZipBackwardB"/>. A gradient may lie where an operand lies: each number is read before it is written.
    /// </summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void ZipBackward<TOp>(
        in ZipOperands operands, Span<float> da, bool accumulateA, Span<float> db, bool accumulateB)
        where TOp : struct, IBinaryOp
    {
        int length = operands.Dy.Length;
        Require.Length("ZipBackward", operands.A.Length, length);
        Require.Length("ZipBackward", operands.B.Length, length);
        Require.Length("ZipBackward", operands.Y.Length, length);
        Require.Length("ZipBackward", da.Length, length);
        Require.Length("ZipBackward", db.Length, length);
        fixed (float* a = operands.A, b = operands.B, y = operands.Y, dy = operands.Dy, pa = da, pb = db)
            Chunked<ZipBothStep<TOp>>.Run(new(new(a, b, y, dy, pa), pb, accumulateA, accumulateB), length);
    }

    private readonly struct ZipBothStep<TOp>(Arrays arrays, float* db, bool accumulateA, bool accumulateB) : ILaneStep
        where TOp : struct, IBinaryOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step<L>(int i, int count) where L : struct, ILane<L>
        {
            L a = L.Load(arrays.A + i, count), b = L.Load(arrays.B + i, count);
            L y = L.Load(arrays.Y + i, count), dy = L.Load(arrays.Dy + i, count);
            L forA = TOp.BackwardA(a, b, y, dy), forB = TOp.BackwardB(a, b, y, dy);
            L.Store(accumulateA ? L.Load(arrays.Gradient + i, count) + forA : forA, arrays.Gradient + i, count);
            L.Store(accumulateB ? L.Load(db + i, count) + forB : forB, db + i, count);
        }
    }
}
