using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nabla.Numerics.Lanes;

/// <summary>Loads and stores of part of a register where the machine has no masked ones.</summary>
internal static unsafe class PartialLanes
{
    public static Vector256<float> Load8(float* source, int count)
    {
        Vector256<float> v = default;
        Unsafe.CopyBlockUnaligned(&v, source, (uint)count * sizeof(float));
        return v;
    }

    public static void Store8(Vector256<float> v, float* target, int count) =>
        Unsafe.CopyBlockUnaligned(target, &v, (uint)count * sizeof(float));

    public static Vector512<float> Load16(float* source, int count)
    {
        Vector512<float> v = default;
        Unsafe.CopyBlockUnaligned(&v, source, (uint)count * sizeof(float));
        return v;
    }

    public static void Store16(Vector512<float> v, float* target, int count) =>
        Unsafe.CopyBlockUnaligned(target, &v, (uint)count * sizeof(float));
}
