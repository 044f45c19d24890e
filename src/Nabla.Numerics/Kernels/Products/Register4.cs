using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nabla.Numerics.Kernels.Products;

/// <summary>SSE or Arm: 16 or more registers of 4 floats.</summary>
internal unsafe struct Register4(Vector128<float> value) : IRegister<Register4>
{
    private Vector128<float> value = value;

    public static int Width => 4;

    public static int MostRows => 6;

    public static int MostDotRows => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register4 Load(float* source) => new(Vector128.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register4 Broadcast(float* source) => new(Vector128.Create(*source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Register4 value, float* target) => value.value.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register4 Add(Register4 a, Register4 b) => new(a.value + b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MultiplyAdd(Register4 a, Register4 b, ref Register4 sum) =>
        sum.value = Vector128.MultiplyAddEstimate(a.value, b.value, sum.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Register4 value) => Vector128.Sum(value.value);
}
