using System.Runtime.CompilerServices;

namespace Nabla.Numerics.Kernels.MatrixProduct;

/// <summary>Plain floats, for hardware without vectors and for <c>DOTNET_EnableHWIntrinsic=0</c>.</summary>
internal unsafe struct Lane1(float value) : ILane<Lane1>
{
    private float _value = value;

    public static int Width => 1;

    public static int MostRows => 6;

    public static int MostDotRows => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1 Load(float* source) => new(*source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1 Broadcast(float* source) => new(*source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lane1 value, float* target) => *target = value._value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1 Add(Lane1 a, Lane1 b) => new(a._value + b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MultiplyAdd(Lane1 a, Lane1 b, ref Lane1 sum) =>
        sum._value += a._value * b._value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Lane1 value) => value._value;
}
