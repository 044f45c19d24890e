using System.Runtime.CompilerServices;
using Nabla.Numerics.Lanes;

namespace Nabla.Numerics.Kernels;

public static unsafe partial class Elementwise
{
    /// <summary>y += α·x.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Axpy(float alpha, ReadOnlySpan<float> x, Span<float> y)
    {
        Require.Length("Axpy", y.Length, x.Length);
        fixed (float* px = x, py = y)
            Chunked<AxpyStep>.Run(new(alpha, px, py), x.Length);
    }

    private readonly struct AxpyStep(float alpha, float* x, float* y) : ILaneStep
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step<L>(int i, int count) where L : struct, ILane<L> => L.Store(
            L.MultiplyAdd(L.Broadcast(alpha), L.Load(x + i, count), L.Load(y + i, count)), y + i, count);
    }
}
