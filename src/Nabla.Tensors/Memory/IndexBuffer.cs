using System.Runtime.InteropServices;

namespace Nabla.Tensors.Memory;

/// <summary>
/// A copy of whole numbers, such as token ids or classes, that an op keeps for its backward pass. In a scope it lies in
/// memory of the pool, as tensors do, so that a step with many tokens allocates no more than one with few.
/// </summary>
internal readonly struct IndexBuffer
{
    public IndexBuffer(ReadOnlySpan<int> indices)
    {
        Buffer = TensorBuffer.Allocate(indices.Length);
        indices.CopyTo(Numbers);
    }

    public TensorBuffer Buffer { get; }

    public int Length => Buffer.Length;

    public ReadOnlySpan<int> Span => Numbers;

    private Span<int> Numbers => MemoryMarshal.Cast<float, int>(Buffer.Span);
}
