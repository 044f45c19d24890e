using System.Buffers;
using System.Numerics;

namespace Nabla.Numerics.LinearAlgebra;

/// <summary>
/// An orthogonal matrix as a product of reflections, Q = H₀·H₁·…, Hᵢ = I − τᵢ·vᵢ·vᵢᵀ, where vᵢ is 0 before index
/// i + offset. Row i of <see cref="Rows"/> is vᵢ.
/// </summary>
/// <remarks>
/// k of them at once are I − Vᵀ·T·V with an upper triangular T [k, k] (Schreiber and Van Loan 1989, "compact WY"), so
/// that applying Q is nearly all matrix products.
/// </remarks>
internal sealed class Reflectors<T>(int count, int length, int offset) : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int BlockSize = 64;
    private readonly T[] vectors = Rented(count * length);
    private readonly T[] tau = new T[count];

    public int Count => count;

    public Span<T> Tau => tau;

    /// <summary>The vectors as rows; zero before index i + offset.</summary>
    public Block<T> Rows => new(vectors, count, length);

    public void Dispose() => ArrayPool<T>.Shared.Return(vectors);

    /// <summary>C = Q·C, or Qᵀ·C.</summary>
    public void Apply(Block<T> c, bool transpose = false)
    {
        int blocks = Cuts.Count(count, BlockSize);
        for (int step = 0; step < blocks; step++)
            ApplyBlock(transpose ? step : blocks - 1 - step, c, transpose, firstColumn: 0);
    }

    /// <summary>C = C·Qᵀ.</summary>
    public void ApplyTransposedRight(Block<T> c)
    {
        for (int block = Cuts.Count(count, BlockSize) - 1; block >= 0; block--)
        {
            int first = block * BlockSize, number = Math.Min(BlockSize, count - first);
            Block<T> v = Rows.Part(first, number, first + offset, length - first - offset);
            Block<T> reached = c.From(0, first + offset);
            T[] memory = ArrayPool<T>.Shared.Rent(2 * number * number + 2 * number * c.Rows);
            Span<T> rest = memory;
            Block<T> negativeT = Take(ref rest, number, number), gram = Take(ref rest, number, number);
            Block<T> inside = Take(ref rest, c.Rows, number), turned = Take(ref rest, c.Rows, number);
            FormNegativeT(v, tau.AsSpan(first, number), gram, negativeT);
            BlockProduct.MultiplyInParts(inside, reached, v.Transposed);
            BlockProduct.Multiply(turned, inside, negativeT.Transposed);
            BlockProduct.Add(reached, turned, v);
            ArrayPool<T>.Shared.Return(memory);
        }
    }

    /// <summary>Q's first columns: C, [length, columns], becomes Q·I.</summary>
    public void Form(Block<T> c)
    {
        c.SetIdentity();
        for (int block = Cuts.Count(count, BlockSize) - 1; block >= 0; block--)
            ApplyBlock(block, c, transpose: false, firstColumn: Math.Min(block * BlockSize + offset, c.Columns));
    }

    /// <summary>
    /// Applies vectors <paramref name="first"/> … of the number given, to C, whose rows are those of the first one's
    /// reach.
    /// </summary>
    public void Apply(int first, int number, Block<T> c, bool transpose)
    {
        if (c.Columns == 0 || number == 0)
            return;
        Block<T> v = Rows.Part(first, number, first + offset, length - first - offset);
        T[] memory = ArrayPool<T>.Shared.Rent(2 * number * number + 2 * number * c.Columns);
        Span<T> rest = memory;
        Block<T> negativeT = Take(ref rest, number, number), gram = Take(ref rest, number, number);
        Block<T> inside = Take(ref rest, number, c.Columns), turned = Take(ref rest, number, c.Columns);
        FormNegativeT(v, tau.AsSpan(first, number), gram, negativeT);
        BlockProduct.MultiplyInParts(inside, v, c);
        BlockProduct.Multiply(turned, transpose ? negativeT.Transposed : negativeT, inside);
        BlockProduct.Add(c, v.Transposed, turned);
        ArrayPool<T>.Shared.Return(memory);
    }

    private void ApplyBlock(int block, Block<T> c, bool transpose, int firstColumn)
    {
        int first = block * BlockSize;
        Apply(first, Math.Min(BlockSize, count - first), c.From(first + offset, firstColumn), transpose);
    }

    /// <summary>
    /// −T, column by column: Tᵢᵢ = τᵢ, and above it −τᵢ·T·(V·vᵢ).
    /// </summary>
    private static void FormNegativeT(Block<T> v, ReadOnlySpan<T> tau, Block<T> gram, Block<T> negativeT)
    {
        BlockProduct.MultiplyInParts(gram, v, v.Transposed);
        negativeT.Clear();
        for (int i = 0; i < tau.Length; i++)
        {
            for (int row = 0; row < i; row++)
                negativeT[row, i] =
                    -tau[i] * Vectors.Dot<T>(negativeT[row][row..i], gram[i][row..i]);
            negativeT[i, i] = -tau[i];
        }
    }

    private static Block<T> Take(ref Span<T> memory, int rows, int columns)
    {
        var block = new Block<T>(memory[..(rows * columns)], rows, columns);
        memory = memory[(rows * columns)..];
        return block;
    }

    private static T[] Rented(int length)
    {
        T[] memory = ArrayPool<T>.Shared.Rent(length);
        Array.Clear(memory, 0, length);
        return memory;
    }
}
