using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nabla.Numerics.Kernels.Products;

/// <summary>AVX-512: 32 registers of 16 floats, so 14 rows × 2 registers of sums, 2 of B, 1 of A.</summary>
internal unsafe struct Register16(Vector512<float> value) : IRegister<Register16>
{
    private Vector512<float> value = value;

    public static int Width => 16;

    public static int MostRows => 14;

    public static int MostDotRows => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register16 Load(float* source) => new(Vector512.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register16 Broadcast(float* source) => new(Vector512.Create(*source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Register16 value, float* target) => value.value.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register16 Add(Register16 a, Register16 b) => new(a.value + b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MultiplyAdd(Register16 a, Register16 b, ref Register16 sum) =>
        sum.value = Vector512.MultiplyAddEstimate(a.value, b.value, sum.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Register16 value) => Vector512.Sum(value.value);
}
