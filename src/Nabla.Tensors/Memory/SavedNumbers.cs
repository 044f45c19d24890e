using System.Runtime.InteropServices;

namespace Nabla.Tensors.Memory;

/// <summary>
/// Numbers that an op keeps for its backward pass: token ids, classes, a mask, or the places that it found. In a scope
/// they lie in memory of the pool, as tensors do, so that a step with many tokens allocates no more than one with few.
/// </summary>
internal readonly struct SavedNumbers<T> where T : unmanaged
{
    /// <summary>Room for numbers, which are not initialised.</summary>
    public SavedNumbers(int length)
    {
        Length = length;
        long bytes = (long)length * MemoryMarshal.AsBytes<T>([default]).Length;
        Buffer = TensorBuffer.Allocate((int)((bytes + sizeof(float) - 1) / sizeof(float)));
    }

    public SavedNumbers(ReadOnlySpan<T> numbers) : this(numbers.Length) => numbers.CopyTo(Writable);

    public TensorBuffer Buffer { get; }

    public int Length { get; }

    public ReadOnlySpan<T> Span => Writable;

    public Span<T> Writable => MemoryMarshal.Cast<float, T>(Buffer.Span)[..Length];
}
