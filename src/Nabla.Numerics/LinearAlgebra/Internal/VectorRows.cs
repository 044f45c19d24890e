using System.Buffers;
using System.Numerics;

namespace Nabla.Numerics.LinearAlgebra;

/// <summary>A range of indices.</summary>
internal readonly record struct IndexRange(int Start, int End)
{
    public int Count => End - Start;
}

/// <summary>
/// Vectors as rows of a matrix, block-diagonal while two halves are apart: rows of the first half are zero outside the
/// columns of the first half.
/// </summary>
/// <remarks>
/// Where only numbers and no vectors are wanted, two columns stand for all: each vector's first and last component are
/// what the next merge asks for. Then column 0 belongs to the first half and column 1 to the second.
/// </remarks>
internal sealed class VectorRows<T> : IDisposable where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int size;
    private readonly T[] memory;
    private readonly T[] gathered;

    public VectorRows(int size, bool endsOnly)
    {
        this.size = size;
        EndsOnly = endsOnly;
        Stride = endsOnly ? 2 : Math.Max(1, size);
        memory = ArrayPool<T>.Shared.Rent(size * Stride);
        gathered = ArrayPool<T>.Shared.Rent(size * Stride);
        Array.Clear(memory, 0, size * Stride);
    }

    public bool EndsOnly { get; }

    public int Stride { get; }

    /// <summary>All rows.</summary>
    public Block<T> Block => new(memory, size, Stride);

    public void Dispose()
    {
        ArrayPool<T>.Shared.Return(memory);
        ArrayPool<T>.Shared.Return(gathered);
    }

    /// <summary>Makes row i the unit vector of index i, alone in its half.</summary>
    public void SetUnit(int i)
    {
        Block[i].Clear();
        if (EndsOnly)
            Block[i].Fill(T.One);
        else
            Block[i, i] = T.One;
    }

    public T First(int row, IndexRange half) => Block[row, EndsOnly ? 0 : half.Start];

    public T Last(int row, IndexRange half) => Block[row, EndsOnly ? 1 : half.End - 1];

    /// <summary>The columns in which vectors over these indices are stored, as one half of a pair.</summary>
    public IndexRange Columns(IndexRange half, bool isSecond) =>
        !EndsOnly ? half : isSecond ? new(1, 2) : new(0, 1);

    /// <summary>The row within the columns of both halves.</summary>
    public Span<T> Row(int row, IndexRange whole) =>
        EndsOnly ? Block[row] : Block[row][whole.Start..whole.End];

    /// <summary>
    /// Rows of a half that is now part of a pair: with ends alone, the component that has become inner goes.
    /// </summary>
    public void Join(int row, bool isSecond)
    {
        if (EndsOnly)
            Block[row, isSecond ? 0 : 1] = T.Zero;
    }

    /// <summary>
    /// The vectors of a merged part: first those of the roots, coefficients times the kept rows, half by half; then the
    /// dropped rows as they are.
    /// </summary>
    /// <param name="merge">What is kept and dropped.</param>
    /// <param name="part">Which part.</param>
    /// <param name="columns">The columns of the first and of the second half.</param>
    /// <param name="coefficients">A row for each root, a column for each kept slot in the order of the halves.</param>
    public void Combine<TGap>(
        Merge<T, TGap> merge, IndexRange part, (IndexRange First, IndexRange Second) columns, Block<T> coefficients)
        where TGap : struct, IGap
    {
        (int[] inFirst, int[] inSecond) = merge.SlotsByHalf(part);
        ReadOnlySpan<int> dropped = merge.Dropped(part);
        var all = new IndexRange(columns.First.Start, columns.Second.End);
        int roots = coefficients.Rows, offset = part.Start * Stride;
        Block<T> first = Gather(inFirst, columns.First, ref offset);
        Block<T> second = Gather(inSecond, columns.Second, ref offset);
        Block<T> kept = Gather(dropped, all, ref offset);
        BlockProduct.Multiply(
            Block.Part(part.Start, roots, columns.First.Start, columns.First.Count),
            coefficients.Part(0, roots, 0, inFirst.Length), first);
        BlockProduct.Multiply(
            Block.Part(part.Start, roots, columns.Second.Start, columns.Second.Count),
            coefficients.Part(0, roots, roots - inSecond.Length, inSecond.Length), second);
        kept.CopyTo(Block.Part(part.Start + roots, dropped.Length, all.Start, all.Count));
    }

    // Each part has scratch memory of its own: as many rows as it has slots.
    private Block<T> Gather(ReadOnlySpan<int> slots, IndexRange columns, ref int offset)
    {
        var result = new Block<T>(gathered.AsSpan(offset, slots.Length * columns.Count), slots.Length, columns.Count);
        for (int i = 0; i < slots.Length; i++)
            Block[slots[i]][columns.Start..columns.End].CopyTo(result[i]);
        offset += slots.Length * columns.Count;
        return result;
    }
}
