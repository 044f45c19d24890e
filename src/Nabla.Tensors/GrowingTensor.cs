using Nabla.Tensors.Memory;
using Nabla.Tensors.Ops;

namespace Nabla.Tensors;

/// <summary>
/// A tensor of shape [B, H, T, D] whose T grows by appending, up to a fixed capacity: the keys or values of a KV cache.
/// What it returns are views, valid until <see cref="Clear"/>; nothing is copied twice.
/// </summary>
public sealed class GrowingTensor
{
    private readonly TensorBuffer buffer;
    private readonly int batch, heads, dim;

    /// <summary>An empty one with room for <paramref name="capacity"/> positions.</summary>
    public GrowingTensor(int batch, int heads, int capacity, int dim)
    {
        Shape shape = [batch, capacity, heads, dim];
        (this.batch, this.heads, this.dim) = (batch, heads, dim);
        Capacity = capacity;
        buffer = TensorBuffer.AllocateOutsideScope(shape.ElementCount);
    }

    /// <summary>The largest T.</summary>
    public int Capacity { get; }

    /// <summary>T, the positions held so far.</summary>
    public int Length { get; private set; }

    /// <summary>Copies <paramref name="part"/>, [B, H, t, D], behind what is there and returns all of it, [B, H, T, D].</summary>
    /// <exception cref="ArgumentException">The shape does not fit, or there is no room.</exception>
    public Tensor Append(Tensor part)
    {
        int added = part.Rank == 4 ? part.Shape[2] : 0;
        if (part.Shape != Shape.Create([batch, heads, added, dim]))
            throw new ArgumentException($"GrowingTensor: {part.Shape} does not fit [{batch}, {heads}, t, {dim}].");
        if (Length + added > Capacity)
            throw new ArgumentException($"GrowingTensor: {Length} + {added} positions exceed the capacity of {Capacity}. Clear it and append the last positions again.");
        int rowSize = heads * dim;
        float[] rows = part.Transpose(1, 2).ToArray(); // [B, t, H, D]
        for (int b = 0; b < batch; b++)
            rows.AsSpan(b * added * rowSize, added * rowSize).CopyTo(buffer.Span[((b * Capacity + Length) * rowSize)..]);
        Length += added;
        return new Tensor([batch, heads, Length, dim], buffer, [Capacity * rowSize, dim, rowSize, 1], 0);
    }

    /// <summary>Forgets everything appended.</summary>
    public void Clear() => Length = 0;

    /// <summary>Forgets what was appended after the first <paramref name="length"/> positions.</summary>
    public void Truncate(int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)length, (uint)Length, nameof(length));
        Length = length;
    }
}
