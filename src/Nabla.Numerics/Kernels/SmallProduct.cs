using System.Runtime.CompilerServices;
using Nabla.Numerics.Kernels.Products;
using Nabla.Numerics.Lanes;

namespace Nabla.Numerics.Kernels;

/// <summary>A matrix in memory: element (i, j) stands at P[i·Row + j·Column].</summary>
internal readonly unsafe struct Matrix(float* p, int row, int column = 1)
{
    public readonly float* P = p;
    public readonly int Row = row, Column = column;
}

/// <summary>
/// C = A·B (or C += A·B) for matrices that sit in cache: A [M, K] with any strides, B [K, N] and C [M, N] with rows of
/// consecutive numbers. Whole registers of columns go through the matrix product's own tile kernels, read where they
/// lie; the columns that are left, fewer than a register, six rows at a time. k is summed in order.
/// </summary>
internal static unsafe class SmallProduct
{
    private const int Rows = 6;

    public static void Run<L>((int M, int N, int K) size, Matrix a, Matrix b, Matrix c, bool accumulate)
        where L : struct, ILane<L>
    {
        int column = 0;
        for (int width; (width = WidthOf<L>(size.N - column)) > 0; column += width)
            MultiplyTiles<L>((size.M, width, size.K), a, At(b, 0, column), At(c, 0, column), accumulate);
        if (column == size.N)
            return;
        for (int i = 0; i < size.M; i += Rows)
            Narrow<L>((size.K, size.N - column), Math.Min(Rows, size.M - i), At(a, i, 0), At(b, 0, column),
                At(c, i, column), accumulate);
    }

    /// <summary>How many of the columns that are left the next tiles take: two registers, one, or none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int WidthOf<L>(int columns) where L : struct, ILane<L> =>
        columns >= 2 * L.Count ? 2 * L.Count : columns >= L.Count ? L.Count : 0;

    /// <summary>Tiles of nearly equal height, one below the other.</summary>
    private static void MultiplyTiles<L>((int M, int Width, int K) size, Matrix a, Matrix b, Matrix c, bool accumulate)
        where L : struct, ILane<L>
    {
        var tile = new Tile
        {
            Depth = size.K,
            RowStepA = a.Row,
            DepthStepA = a.Column,
            B = b.P,
            DepthStepB = b.Row,
            RowStepC = c.Row,
            Accumulate = accumulate,
        };
        int tiles = Cuts.Count(size.M, MostRows<L>());
        for (int index = 0, first = 0; index < tiles; index++)
        {
            int end = Cuts.Start(size.M, index + 1, tiles);
            tile.A = a.P + (long)first * a.Row;
            tile.C = c.P + (long)first * c.Row;
            Kernel<L>(end - first, size.Width > L.Count)(&tile);
            first = end;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int MostRows<L>() where L : struct, ILane<L> =>
        L.Count == 16 ? Register16.MostRows : L.Count == 8 ? Register8.MostRows : Register1.MostRows;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static delegate*<Tile*, void> Kernel<L>(int rows, bool wide) where L : struct, ILane<L> =>
        L.Count == 16 ? KernelOf<Register16>(rows, wide)
        : L.Count == 8 ? KernelOf<Register8>(rows, wide)
        : KernelOf<Register1>(rows, wide);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static delegate*<Tile*, void> KernelOf<TRegister>(int rows, bool wide)
        where TRegister : struct, IRegister<TRegister> => wide
        ? TileKernels<TRegister, DoubleRow<TRegister>>.OfHeight(rows)
        : TileKernels<TRegister, SingleRow<TRegister>>.OfHeight(rows);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Matrix At(Matrix m, int i, int j) =>
        new(m.P + (long)i * m.Row + (long)j * m.Column, m.Row, m.Column);

    // Rows beyond the last are computed as copies of the last and not stored: one kernel serves all heights.
    private static void Narrow<L>((int K, int Count) size, int rows, Matrix a, Matrix b, Matrix c, bool accumulate)
        where L : struct, ILane<L>
    {
        long r1 = Math.Min(1, rows - 1) * (long)a.Row, r2 = Math.Min(2, rows - 1) * (long)a.Row;
        long r3 = Math.Min(3, rows - 1) * (long)a.Row, r4 = Math.Min(4, rows - 1) * (long)a.Row;
        float* a0 = a.P, a1 = a0 + r1, a2 = a0 + r2, a3 = a0 + r3, a4 = a0 + r4, a5 = a0 + (rows - 1) * (long)a.Row;
        float* pb = b.P;
        long step = a.Column, at = 0;
        L c0 = default, c1 = default, c2 = default, c3 = default, c4 = default, c5 = default;
        for (int k = 0; k < size.K; k++, at += step, pb += b.Row)
        {
            L x = L.Load(pb, size.Count);
            c0 = L.MultiplyAdd(L.Broadcast(a0[at]), x, c0);
            c1 = L.MultiplyAdd(L.Broadcast(a1[at]), x, c1);
            c2 = L.MultiplyAdd(L.Broadcast(a2[at]), x, c2);
            c3 = L.MultiplyAdd(L.Broadcast(a3[at]), x, c3);
            c4 = L.MultiplyAdd(L.Broadcast(a4[at]), x, c4);
            c5 = L.MultiplyAdd(L.Broadcast(a5[at]), x, c5);
        }
        StoreRow(c0, c, 0, rows, size.Count, accumulate);
        StoreRow(c1, c, 1, rows, size.Count, accumulate);
        StoreRow(c2, c, 2, rows, size.Count, accumulate);
        StoreRow(c3, c, 3, rows, size.Count, accumulate);
        StoreRow(c4, c, 4, rows, size.Count, accumulate);
        StoreRow(c5, c, 5, rows, size.Count, accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreRow<L>(L sum, Matrix c, int row, int rows, int count, bool accumulate)
        where L : struct, ILane<L>
    {
        if (row >= rows)
            return;
        float* p = c.P + (long)row * c.Row;
        L.Store(accumulate ? L.Load(p, count) + sum : sum, p, count);
    }
}
