using System.Runtime.InteropServices;

namespace Nabla.Tensors.Memory;

/// <summary>
/// A copy of token ids, classes or a mask that an op keeps for its backward pass. In a scope it lies in memory of the
/// pool, as tensors do, so that a step with many tokens allocates no more than one with few.
/// </summary>
internal readonly struct SavedNumbers<T> where T : unmanaged
{
    public SavedNumbers(ReadOnlySpan<T> numbers)
    {
        Length = numbers.Length;
        long bytes = MemoryMarshal.AsBytes(numbers).Length;
        Buffer = TensorBuffer.Allocate((int)((bytes + sizeof(float) - 1) / sizeof(float)));
        numbers.CopyTo(Numbers);
    }

    public TensorBuffer Buffer { get; }

    public int Length { get; }

    public ReadOnlySpan<T> Span => Numbers;

    private Span<T> Numbers => MemoryMarshal.Cast<float, T>(Buffer.Span)[..Length];
}
