using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nabla.Numerics.Kernels.Products;

/// <summary>AVX2 with FMA: 16 registers of 8 floats, so 6 rows × 2 registers of sums, 2 of B, 1 of A.</summary>
internal unsafe struct Register8(Vector256<float> value) : IRegister<Register8>
{
    private Vector256<float> value = value;

    public static int Width => 8;

    public static int MostRows => 6;

    public static int MostDotRows => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register8 Load(float* source) => new(Vector256.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register8 Broadcast(float* source) => new(Vector256.Create(*source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Register8 value, float* target) => value.value.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register8 Add(Register8 a, Register8 b) => new(a.value + b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MultiplyAdd(Register8 a, Register8 b, ref Register8 sum) =>
        sum.value = Vector256.MultiplyAddEstimate(a.value, b.value, sum.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Register8 value) => Vector256.Sum(value.value);
}
