using System.Runtime.CompilerServices;

namespace Nabla.Numerics.Kernels.Products;

/// <summary>Plain floats, for hardware without vectors and for <c>DOTNET_EnableHWIntrinsic=0</c>.</summary>
internal unsafe struct Register1(float value) : IRegister<Register1>
{
    private float value = value;

    public static int Width => 1;

    public static int MostRows => 6;

    public static int MostDotRows => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register1 Load(float* source) => new(*source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register1 Broadcast(float* source) => new(*source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Register1 value, float* target) => *target = value.value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register1 Add(Register1 a, Register1 b) => new(a.value + b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MultiplyAdd(Register1 a, Register1 b, ref Register1 sum) =>
        sum.value += a.value * b.value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Register1 value) => value.value;
}
