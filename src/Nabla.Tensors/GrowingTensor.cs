using Nabla.Numerics.Kernels;
using Nabla.Tensors.Memory;

namespace Nabla.Tensors;

/// <summary>
/// A tensor of shape [B, H, T, D] whose T grows by appending, up to a fixed capacity: the keys or values of a KV cache.
/// What it returns are views, valid until <see cref="Clear"/> or <see cref="Truncate"/>; each part is copied once.
/// </summary>
public sealed class GrowingTensor
{
    private readonly TensorBuffer buffer;
    private readonly int batch, heads, dim;

    /// <summary>An empty one with room for <paramref name="capacity"/> positions.</summary>
    /// <exception cref="ArgumentException">A size is negative, or all together are too large for a tensor.</exception>
    public GrowingTensor(int batch, int heads, int capacity, int dim)
    {
        Shape shape = [batch, capacity, heads, dim];
        (this.batch, this.heads, this.dim) = (batch, heads, dim);
        Capacity = capacity;
        buffer = TensorBuffer.AllocateLasting(shape.ElementCount);
    }

    /// <summary>The largest T.</summary>
    public int Capacity { get; }

    /// <summary>T, the positions held so far.</summary>
    public int Length { get; private set; }

    /// <summary>
    /// Copies <paramref name="part"/>, [B, H, t, D], behind what is there and returns all of it, [B, H, T, D].
    /// </summary>
    /// <exception cref="ArgumentException">The shape does not fit, or there is no room.</exception>
    /// <exception cref="InvalidOperationException">
    /// The part's gradient is asked for: appending has no derivative.
    /// </exception>
    public Tensor Append(Tensor part)
    {
        int added = part.Rank == 4 ? part.Shape[2] : 0;
        if (part.Shape != Shape.Create([batch, heads, added, dim]))
            throw new ArgumentException($"GrowingTensor: {part.Shape} does not fit [{batch}, {heads}, t, {dim}].");
        if ((long)Length + added > Capacity)
            throw new ArgumentException(
                $"GrowingTensor: {Length} + {added} positions exceed the capacity of {Capacity}. " +
                "Clear it and append the last positions again.");
        if (part.RequiresGradient && TensorScope.Recording)
            throw new InvalidOperationException(
                "GrowingTensor: appending has no derivative, and this part asks for one. " +
                "Append in a TensorScope.Inference(), or append part.Detach().");
        int rowSize = heads * dim;
        Shape rows = [added, heads, dim]; // as they lie in the buffer
        ReadOnlySpan<int> strides = [part.Strides[2], part.Strides[1], part.Strides[3]];
        for (int b = 0; b < batch && rows.ElementCount > 0; b++)
            StridedCopy.Gather(
                part.Buffer.Span[(part.Offset + b * part.Strides[0])..], rows, strides,
                buffer.Span.Slice((b * Capacity + Length) * rowSize, added * rowSize));
        Length += added;
        return new Tensor([batch, heads, Length, dim], buffer, [Capacity * rowSize, dim, rowSize, 1], 0);
    }

    /// <summary>Copies one position of each sequence, [H, D], behind what is there.</summary>
    /// <param name="position">
    /// The first sequence's numbers; those of the next begin <paramref name="stride"/> later.
    /// </param>
    /// <param name="stride">Numbers from one sequence to the next, H·D or more.</param>
    /// <exception cref="ArgumentException">There is no room, or there are too few numbers.</exception>
    public void AppendPosition(ReadOnlySpan<float> position, int stride)
    {
        if (Length == Capacity)
            throw new ArgumentException(
                $"GrowingTensor: all {Capacity} positions are taken. Clear it and append the last positions again.");
        int rowSize = heads * dim;
        for (int b = 0; b < batch; b++)
            position.Slice(b * stride, rowSize).CopyTo(buffer.Span[((b * Capacity + Length) * rowSize)..]);
        Length++;
    }

    /// <summary>
    /// All its memory, [B, Capacity, H, D]; the first <see cref="Length"/> positions of each sequence count.
    /// </summary>
    public ReadOnlySpan<float> Memory => buffer.Span;

    /// <summary>Where in <see cref="Memory"/> the kernels find batches, heads and positions.</summary>
    public HeadStrides Strides => new(Capacity * heads * dim, dim, heads * dim);

    /// <summary>Forgets everything appended.</summary>
    public void Clear() => Length = 0;

    /// <summary>Forgets what was appended after the first <paramref name="length"/> positions.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are not so many positions.</exception>
    public void Truncate(int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)length, (uint)Length, nameof(length));
        Length = length;
    }
}
