using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nabla.Numerics.Kernels.MatrixProduct;

/// <summary>SSE or Arm: 16 or more registers of 4 floats.</summary>
internal unsafe struct Lane4(Vector128<float> value) : ILane<Lane4>
{
    private Vector128<float> _value = value;

    public static int Width => 4;

    public static int MostRows => 6;

    public static int MostDotRows => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane4 Load(float* source) => new(Vector128.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane4 Broadcast(float* source) => new(Vector128.Create(*source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lane4 value, float* target) => value._value.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane4 Add(Lane4 a, Lane4 b) => new(a._value + b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MultiplyAdd(Lane4 a, Lane4 b, ref Lane4 sum) =>
        sum._value = Vector128.MultiplyAddEstimate(a._value, b._value, sum._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Lane4 value) => Vector128.Sum(value._value);
}
