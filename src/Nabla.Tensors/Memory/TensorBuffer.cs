using System.Runtime.InteropServices;

namespace Nabla.Tensors.Memory;

/// <summary>
/// The numbers behind one or more tensors. The array is pinned and the first number lies on a 64-byte boundary, so that
/// a SIMD load never straddles two cache lines. A buffer that a <see cref="TensorScope"/> took back refuses further use.
/// </summary>
internal sealed class TensorBuffer
{
    private const int Alignment = 16; // floats in a cache line

    private float[]? array;
    private readonly int start;

    private TensorBuffer(float[] array, int length)
    {
        this.array = array;
        Length = length;
        long address = Marshal.UnsafeAddrOfPinnedArrayElement(array, 0);
        start = (int)((-(address >> 2)) & (Alignment - 1));
    }

    public int Length { get; }

    /// <summary>Set while a scope owns the buffer and will take it back.</summary>
    public TensorScope? Scope { get; set; }

    public Span<float> Span => array is null ? throw Returned() : array.AsSpan(start, Length);

    /// <summary>A buffer of the current scope, or a plain garbage-collected one; its numbers are not initialised.</summary>
    public static TensorBuffer Allocate(int length)
    {
        if (TensorScope.Current is not { } scope)
            return AllocateOutsideScope(length);
        var buffer = new TensorBuffer(BufferPool.Rent(length + Alignment), length) { Scope = scope };
        scope.Register(buffer);
        return buffer;
    }

    /// <summary>A buffer that no scope takes back: for parameters, optimizer state and caches.</summary>
    public static TensorBuffer AllocateOutsideScope(int length) =>
        new(GC.AllocateUninitializedArray<float>(length + Alignment, pinned: true), length);

    /// <summary>Gives the array back to the pool; called by the scope.</summary>
    public void Return()
    {
        if (array is not null)
            BufferPool.Return(array);
        array = null;
    }

    private static InvalidOperationException Returned() => new(
        "This tensor's TensorScope has ended and its buffer was reused. Call scope.Keep(tensor) before the scope ends, " +
        "or copy what you need with ToArray().");
}
