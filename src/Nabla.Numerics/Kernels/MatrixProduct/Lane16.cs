using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nabla.Numerics.Kernels.MatrixProduct;

/// <summary>AVX-512: 32 registers of 16 floats, so 14 rows × 2 registers of sums, 2 of B, 1 of A.</summary>
internal unsafe struct Lane16(Vector512<float> value) : ILane<Lane16>
{
    private Vector512<float> _value = value;

    public static int Width => 16;

    public static int MostRows => 14;

    public static int MostDotRows => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane16 Load(float* source) => new(Vector512.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane16 Broadcast(float* source) => new(Vector512.Create(*source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lane16 value, float* target) => value._value.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane16 Add(Lane16 a, Lane16 b) => new(a._value + b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MultiplyAdd(Lane16 a, Lane16 b, ref Lane16 sum) =>
        sum._value = Vector512.MultiplyAddEstimate(a._value, b._value, sum._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Lane16 value) => Vector512.Sum(value._value);
}
