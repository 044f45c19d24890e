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
    /// <exception cref="ArgumentException">It is more than an array can hold.</exception>
    public static float* Get(long floats) => (current ??= new Workspace()).Reserve(floats);

    /// <summary>
    /// The same, apart from what <see cref="Get"/> gives: for what a kernel prepares once and the pieces, each with
    /// scratch memory of its own, then share.
    /// </summary>
    /// <exception cref="ArgumentException">It is more than an array can hold.</exception>
    public static float* GetCommon(long floats) => (common ??= new Workspace()).Reserve(floats);

    private float* Reserve(long floats)
    {
        if (floats < 0 || floats > buffer.Length - FloatsInLine)
            Grow(floats);
        var start = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(buffer));
        return (float*)((start + CacheLine - 1) & ~(nuint)(CacheLine - 1));
    }

    private void Grow(long floats)
    {
        if (floats < 0 || floats > Array.MaxLength - FloatsInLine)
            throw new ArgumentException(
                $"The kernel needs scratch memory for {floats} numbers, more than the {Array.MaxLength} of an array; " +
                "use smaller sizes, such as smaller images, or less padding or dilation in a convolution.");
        long length = Math.Max(Math.Max(floats + FloatsInLine, LeastFloats), 2L * buffer.Length);
        buffer = GC.AllocateUninitializedArray<float>((int)Math.Min(length, Array.MaxLength), pinned: true);
    }
}
