using System.Runtime.InteropServices;

namespace Nabla.Tensors.Memory;

/// <summary>
/// The numbers behind one or more tensors. Where they are used again and again, in a scope or for a parameter, the
/// array is pinned and the first number lies on a 64-byte boundary, so that a SIMD load never straddles two cache
/// lines; other arrays are left where the garbage collector wants them. A buffer that a <see cref="TensorScope"/> took
/// back refuses further use.
/// </summary>
internal sealed class TensorBuffer
{
    private const int Alignment = 16; // floats in a cache line

    private readonly int start;
    private float[]? array;
    private int shares;

    private TensorBuffer(float[] array, int start, int length)
    {
        this.array = array;
        this.start = start;
        Length = length;
    }

    public int Length { get; }

    /// <summary>Set while a scope owns the buffer and will take it back.</summary>
    public TensorScope? Scope { get; set; }

    /// <summary>Whether training writes to these numbers.</summary>
    public bool BelongsToParameter { get; set; }

    /// <summary>Whether a scope took the buffer back.</summary>
    public bool WasReturned => array is null;

    public Span<float> Span => array is null ? throw Returned() : array.AsSpan(start, Length);

    /// <summary>
    /// A buffer of the current scope, or a plain garbage-collected one; its numbers are not initialised.
    /// </summary>
    public static TensorBuffer Allocate(int length)
    {
        if (TensorScope.Current is not { } scope)
            return new TensorBuffer(GC.AllocateUninitializedArray<float>(length), 0, length);
        TensorBuffer buffer = Aligned(BufferPool.Rent(length + Alignment), length);
        buffer.Scope = scope;
        scope.Register(buffer);
        return buffer;
    }

    /// <summary>
    /// A buffer that lives long and that no scope takes back: for parameters, their gradients and caches.
    /// </summary>
    public static TensorBuffer AllocateLasting(int length) =>
        Aligned(GC.AllocateUninitializedArray<float>(length + Alignment, pinned: true), length);

    /// <summary>Gives the array back to the pool; called by the scope.</summary>
    public void Return()
    {
        if (array is not null)
            BufferPool.Return(array);
        array = null;
    }

    /// <summary>
    /// In a backward pass: this buffer is a gradient that the pass itself made, and one tensor holds it. From here on
    /// its holders are counted, and the last one may write to it.
    /// </summary>
    public void BeginSharing() => shares = 1;

    /// <summary>One more tensor holds the gradient. A buffer that the pass did not make is not counted.</summary>
    public void Share() => shares += shares > 0 ? 1 : 0;

    /// <summary>One tensor less holds it.</summary>
    public void Release() => shares -= shares > 0 ? 1 : 0;

    /// <summary>Whether the pass made this gradient and a single tensor holds it.</summary>
    public bool IsSoleShare => shares == 1;

    private static TensorBuffer Aligned(float[] pinned, int length)
    {
        long address = Marshal.UnsafeAddrOfPinnedArrayElement(pinned, 0);
        return new TensorBuffer(pinned, (int)((-(address >> 2)) & (Alignment - 1)), length);
    }

    private static InvalidOperationException Returned() => new(
        "This tensor's TensorScope has ended and its buffer was reused. " +
        "Call scope.Keep(tensor) before the scope ends, or copy what you need with ToArray().");
}
