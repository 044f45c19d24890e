using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Nabla.Numerics.Memory;

/// <summary>
/// Scratch memory of the current thread for kernels: aligned to a cache line, kept from call to call, grown when
/// needed. What one kernel leaves in it the next one overwrites.
/// </summary>
internal sealed unsafe class Workspace
{
    private const int CacheLine = 64;
    private const int FloatsInLine = CacheLine / sizeof(float);
    private const int LeastFloats = 1 << 14; // needs that grow a little each time, as in generation, do not allocate

    [ThreadStatic]
    private static Workspace? current;

    [ThreadStatic]
    private static Workspace? common;

    private float[] buffer = [];

    /// <summary>
    /// At least <paramref name="floats"/> floats with any content, valid until this thread's next call. The memory is
    /// pinned and stays alive with the thread.
    /// </summary>
    public static float* Get(int floats) => (current ??= new Workspace()).Reserve(floats);

    /// <summary>
    /// The same, apart from what <see cref="Get"/> gives: for what a kernel prepares once and the pieces, each with
    /// scratch memory of its own, then share.
    /// </summary>
    public static float* GetCommon(int floats) => (common ??= new Workspace()).Reserve(floats);

    private float* Reserve(int floats)
    {
        if (buffer.Length < floats + FloatsInLine)
            Grow(floats + FloatsInLine);
        var start = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(buffer));
        return (float*)((start + CacheLine - 1) & ~(nuint)(CacheLine - 1));
    }

    private void Grow(int floats) =>
        buffer = GC.AllocateUninitializedArray<float>(Math.Max(Math.Max(floats, LeastFloats), 2 * buffer.Length), pinned: true);
}
