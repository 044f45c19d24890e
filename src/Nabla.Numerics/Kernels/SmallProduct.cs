using System.Runtime.CompilerServices;
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
/// consecutive numbers. Six rows of C and two registers across are summed at a time, k in order.
/// </summary>
internal static unsafe class SmallProduct
{
    private const int Rows = 6;

    public static void Run<L>((int M, int N, int K) size, Matrix a, Matrix b, Matrix c, bool accumulate)
        where L : struct, ILane<L>
    {
        int j = 0;
        for (; j <= size.N - 2 * L.Count; j += 2 * L.Count)
            for (int i = 0; i < size.M; i += Rows)
                Wide<L>(size.K, Math.Min(Rows, size.M - i), At(a, i, 0), At(b, 0, j), At(c, i, j), accumulate);
        for (; j < size.N; j += L.Count)
        {
            int count = Math.Min(L.Count, size.N - j);
            for (int i = 0; i < size.M; i += Rows)
                Narrow<L>((size.K, count), Math.Min(Rows, size.M - i), At(a, i, 0), At(b, 0, j), At(c, i, j), accumulate);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Matrix At(Matrix m, int i, int j) => new(m.P + (long)i * m.Row + (long)j * m.Column, m.Row, m.Column);

    // Rows beyond the last are computed as copies of the last and not stored: one kernel serves all heights.
    private static void Wide<L>(int size, int rows, Matrix a, Matrix b, Matrix c, bool accumulate)
        where L : struct, ILane<L>
    {
        long r1 = Math.Min(1, rows - 1) * (long)a.Row, r2 = Math.Min(2, rows - 1) * (long)a.Row;
        long r3 = Math.Min(3, rows - 1) * (long)a.Row, r4 = Math.Min(4, rows - 1) * (long)a.Row;
        float* a0 = a.P, a1 = a0 + r1, a2 = a0 + r2, a3 = a0 + r3, a4 = a0 + r4, a5 = a0 + (rows - 1) * (long)a.Row;
        float* pb = b.P;
        long step = a.Column, at = 0;
        L c00 = default, c01 = default, c10 = default, c11 = default, c20 = default, c21 = default;
        L c30 = default, c31 = default, c40 = default, c41 = default, c50 = default, c51 = default;
        for (int k = 0; k < size; k++, at += step, pb += b.Row)
        {
            L b0 = L.Load(pb, L.Count), b1 = L.Load(pb + L.Count, L.Count);
            L x = L.Broadcast(a0[at]);
            c00 = L.MultiplyAdd(x, b0, c00);
            c01 = L.MultiplyAdd(x, b1, c01);
            x = L.Broadcast(a1[at]);
            c10 = L.MultiplyAdd(x, b0, c10);
            c11 = L.MultiplyAdd(x, b1, c11);
            x = L.Broadcast(a2[at]);
            c20 = L.MultiplyAdd(x, b0, c20);
            c21 = L.MultiplyAdd(x, b1, c21);
            x = L.Broadcast(a3[at]);
            c30 = L.MultiplyAdd(x, b0, c30);
            c31 = L.MultiplyAdd(x, b1, c31);
            x = L.Broadcast(a4[at]);
            c40 = L.MultiplyAdd(x, b0, c40);
            c41 = L.MultiplyAdd(x, b1, c41);
            x = L.Broadcast(a5[at]);
            c50 = L.MultiplyAdd(x, b0, c50);
            c51 = L.MultiplyAdd(x, b1, c51);
        }
        StoreRow(c00, c01, c, 0, rows, accumulate);
        StoreRow(c10, c11, c, 1, rows, accumulate);
        StoreRow(c20, c21, c, 2, rows, accumulate);
        StoreRow(c30, c31, c, 3, rows, accumulate);
        StoreRow(c40, c41, c, 4, rows, accumulate);
        StoreRow(c50, c51, c, 5, rows, accumulate);
    }

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
    private static void StoreRow<L>(L left, L right, Matrix c, int row, int rows, bool accumulate) where L : struct, ILane<L>
    {
        if (row >= rows)
            return;
        float* p = c.P + (long)row * c.Row;
        L.Store(accumulate ? L.Load(p, L.Count) + left : left, p, L.Count);
        p += L.Count;
        L.Store(accumulate ? L.Load(p, L.Count) + right : right, p, L.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreRow<L>(L sum, Matrix c, int row, int rows, int count, bool accumulate) where L : struct, ILane<L>
    {
        if (row >= rows)
            return;
        float* p = c.P + (long)row * c.Row;
        L.Store(accumulate ? L.Load(p, count) + sum : sum, p, count);
    }
}
