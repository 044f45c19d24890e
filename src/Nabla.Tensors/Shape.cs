using System.Collections;
using System.Runtime.CompilerServices;
using Nabla.Tensors.Memory;

namespace Nabla.Tensors;

/// <summary>
/// The sizes of a tensor's dimensions, outermost first: <c>[B, T, C]</c>. The empty shape <c>[]</c> is a scalar.
/// </summary>
/// <example><code>
/// Shape shape = [2, 3];
/// int elements = shape.ElementCount;      // 6
/// int last = shape[-1];            // 3
/// </code></example>
[CollectionBuilder(typeof(Shape), nameof(Create))]
public readonly struct Shape : IEquatable<Shape>, IEnumerable<int>
{
    internal const int MostDimensions = 64;

    private readonly int[]? sizes;

    private Shape(int[] sizes) => this.sizes = sizes;

    /// <summary>The shape with these sizes.</summary>
    /// <exception cref="ArgumentException">
    /// A size is negative, the product is 2³¹ or more, or there are more than 64 sizes.
    /// </exception>
    public static Shape Create(ReadOnlySpan<int> sizes)
    {
        if (sizes.Length > MostDimensions)
            throw new ArgumentException(
                $"Shape: {sizes.Length} dimensions are too many; a tensor has at most {MostDimensions}.");
        long count = 1;
        foreach (int size in sizes)
        {
            if (size < 0)
                throw new ArgumentException($"Shape: size {size} is negative. Sizes are 0 or more.");
            count = Math.Min(count * size, long.MaxValue >> 32);
        }
        if (count > Array.MaxLength)
            throw new ArgumentException(
                $"Shape: [{string.Join(", ", sizes.ToArray())}] has more than {Array.MaxLength} elements. " +
                "Split the tensor.");
        return new Shape(SharedInts.Of(sizes));
    }

    /// <summary>The shape with these sizes.</summary>
    public static implicit operator Shape(int[] sizes) => Create(sizes);

    /// <summary>Number of dimensions; 0 for a scalar.</summary>
    public int Rank => Sizes.Length;

    /// <summary>Number of elements, the product of the sizes; 1 for a scalar.</summary>
    /// <remarks>
    /// Not named Count: a shape is a collection of sizes, and spreading one, <c>[.. shape, n]</c>, would take Count for
    /// their number.
    /// </remarks>
    public int ElementCount
    {
        get
        {
            int count = 1;
            foreach (int size in Sizes)
                count *= size;
            return count;
        }
    }

    /// <summary>The sizes, outermost first.</summary>
    public ReadOnlySpan<int> AsSpan() => Sizes;

    /// <summary>The size of dimension <paramref name="dim"/>; negative counts from the last.</summary>
    public int this[int dim] => Sizes[Dimension(dim, "Shape")];

    /// <summary>Turns a dimension that may be negative (−1 is the last) into 0 … Rank − 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such dimension.</exception>
    public int Dimension(int dim, string operation)
    {
        int positive = dim < 0 ? dim + Rank : dim;
        return (uint)positive < (uint)Rank
            ? positive
            : throw new ArgumentOutOfRangeException(
                nameof(dim),
                $"{operation}: dimension {dim} does not exist in {this}; " +
                $"{(Rank == 0 ? "a scalar has none" : $"use {-Rank} … {Rank - 1}")}.");
    }

    /// <summary>The same shape with dimension <paramref name="dim"/> set to <paramref name="size"/>.</summary>
    public Shape With(int dim, int size)
    {
        Span<int> copy = stackalloc int[Rank];
        Sizes.CopyTo(copy);
        copy[Dimension(dim, "Shape")] = size;
        return Create(copy);
    }

    /// <summary>The same shape without dimension <paramref name="dim"/>.</summary>
    public Shape Without(int dim)
    {
        int positive = Dimension(dim, "Shape");
        Span<int> rest = stackalloc int[Rank - 1];
        Sizes[..positive].CopyTo(rest);
        Sizes[(positive + 1)..].CopyTo(rest[positive..]);
        return Create(rest);
    }

    /// <summary>The same shape with a dimension of this size put in before <paramref name="dim"/>, 0 … Rank.</summary>
    internal Shape Insert(int dim, int size)
    {
        Span<int> sizes = stackalloc int[Rank + 1];
        Sizes[..dim].CopyTo(sizes);
        sizes[dim] = size;
        Sizes[dim..].CopyTo(sizes[(dim + 1)..]);
        return Create(sizes);
    }

    /// <summary>The shape both can be stretched to: aligned at the last dimension, a size of 1 fits any size.</summary>
    /// <exception cref="ArgumentException">Two sizes differ and neither is 1.</exception>
    public static Shape Broadcast(Shape a, Shape b, string operation)
    {
        if (a == b)
            return a;
        int rank = Math.Max(a.Rank, b.Rank);
        Span<int> sizes = stackalloc int[rank];
        for (int i = 1; i <= rank; i++)
        {
            int sizeA = i <= a.Rank ? a.Sizes[^i] : 1;
            int sizeB = i <= b.Rank ? b.Sizes[^i] : 1;
            if (sizeA != sizeB && sizeA != 1 && sizeB != 1)
                throw new ArgumentException(
                    $"{operation}: shapes {a} and {b} do not broadcast: {sizeA} against {sizeB} in dimension {-i}. " +
                    "Sizes must be equal, or one of them 1.");
            sizes[^i] = sizeA == 1 ? sizeB : sizeA;
        }
        return Create(sizes);
    }

    /// <summary>Strides of a dense row-major tensor of this shape, in elements.</summary>
    internal int[] DenseStrides()
    {
        Span<int> strides = stackalloc int[Rank];
        int stride = 1;
        for (int d = Rank - 1; d >= 0; d--)
        {
            strides[d] = stride;
            stride *= Math.Max(1, Sizes[d]);
        }
        return SharedInts.Of(strides);
    }

    /// <inheritdoc/>
    public bool Equals(Shape other) => Sizes.SequenceEqual(other.Sizes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Shape other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (int size in Sizes)
            hash.Add(size);
        return hash.ToHashCode();
    }

    /// <summary>Equal in every size.</summary>
    public static bool operator ==(Shape a, Shape b) => a.Equals(b);

    /// <summary>Different in rank or in a size.</summary>
    public static bool operator !=(Shape a, Shape b) => !a.Equals(b);

    /// <summary>The shape as people write it: <c>[2, 3]</c>.</summary>
    public override string ToString() => $"[{string.Join(", ", sizes ?? [])}]";

    /// <inheritdoc/>
    public IEnumerator<int> GetEnumerator() => ((IEnumerable<int>)(sizes ?? [])).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private ReadOnlySpan<int> Sizes => sizes;
}
