using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Nabla.Numerics.Lanes;

namespace Nabla.Numerics.LinearAlgebra;

/// <summary>
/// Products of a block with one vector, which read each number of the block once and are as fast as the cache that it
/// lies in.
/// </summary>
/// <remarks>
/// Both products cut the block by rows, and the pool gives the first pieces to one thread and the last to another. So a
/// thread meets the same rows in A·x, in Aᵀ·x and in the next step, and finds them in its own cache.
/// </remarks>
internal static unsafe class MatrixVector
{
    private const int MostPieces = 8;
    private const int FloatsInPiece = 1 << 15;

    /// <summary>y = A·x.</summary>
    public static void Multiply<T>(Block<T> a, ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Check(a, columns: x.Length, rows: y.Length);
        if (typeof(T) == typeof(float) && a.Rows > 0)
        {
            fixed (float* pa = Floats(a.Values), px = Floats(x), py = Floats(y))
                Widest.Run(Pieces(a), new RowsBody(pa, px, py, new(a.Rows, a.Columns, a.Stride, Pieces(a))));
            return;
        }
        for (int i = 0; i < a.Rows; i++)
            y[i] = Vectors.Dot(a[i], x);
    }

    /// <summary>y = Aᵀ·x, or y += Aᵀ·x.</summary>
    public static void MultiplyTransposed<T>(Block<T> a, ReadOnlySpan<T> x, Span<T> y, bool accumulate = false)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Check(a, columns: y.Length, rows: x.Length);
        if (!accumulate)
            y.Clear();
        if (a.Rows == 0 || a.Columns == 0)
            return;
        if (typeof(T) == typeof(float))
        {
            fixed (float* pa = Floats(a.Values), px = Floats(x), py = Floats(y))
                AddTransposed(pa, px, py, new(a.Rows, a.Columns, a.Stride, Pieces(a)));
            return;
        }
        for (int i = 0; i < a.Rows; i++)
            Vectors.AddScaled(y, x[i], a[i]);
    }

    private static void AddTransposed(float* a, float* x, float* y, Cut cut)
    {
        if (cut.Pieces == 1)
        {
            Widest.Run(1, new ColumnsBody(a, x, y, cut));
            return;
        }
        float[] rented = ArrayPool<float>.Shared.Rent(cut.Pieces * cut.Columns);
        fixed (float* sums = rented)
        {
            new Span<float>(sums, cut.Pieces * cut.Columns).Clear();
            Widest.Run(cut.Pieces, new ColumnsBody(a, x, sums, cut));
            for (int piece = 0; piece < cut.Pieces; piece++)
                Widest.RunRow(new AddStep(sums + (long)piece * cut.Columns, y), cut.Columns);
        }
        ArrayPool<float>.Shared.Return(rented);
    }

    private static int Pieces<T>(Block<T> a) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        (int)Math.Clamp((long)a.Rows * a.Columns / FloatsInPiece, 1, MostPieces);

    private static Span<float> Floats<T>(Span<T> x) where T : unmanaged => MemoryMarshal.Cast<T, float>(x);

    private static ReadOnlySpan<float> Floats<T>(ReadOnlySpan<T> x) where T : unmanaged =>
        MemoryMarshal.Cast<T, float>(x);

    private static void Check<T>(Block<T> a, int columns, int rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (a.Columns != columns || a.Rows != rows)
            throw new ArgumentException(
                $"MatrixVector: a is [{a.Rows}, {a.Columns}]; the vectors fit [{rows}, {columns}].");
    }

    private readonly record struct Cut(int Rows, int Columns, int Stride, int Pieces)
    {
        public (int First, int End) Piece(int piece) =>
            (Cuts.Start(Rows, piece, Pieces), Cuts.Start(Rows, piece + 1, Pieces));
    }

    /// <summary>
    /// Dot products with four rows at a time, two sums each, which begin anew after so many terms that a sum of equal
    /// ones does not drift.
    /// </summary>
    private readonly struct RowsBody(float* a, float* x, float* y, Cut cut) : ILaneBody
    {
        private const int Group = 4, TermsOfPart = 128;

        public void Run<L>(int piece) where L : struct, ILane<L>
        {
            (int first, int end) = cut.Piece(piece);
            for (int row = first; row < end; row += Group)
                Four<L>(row, end - 1);
        }

        // Beyond the last row, the last one is computed again and written to the same place.
        private void Four<L>(int row, int last) where L : struct, ILane<L>
        {
            int row1 = Math.Min(row + 1, last), row2 = Math.Min(row + 2, last), row3 = Math.Min(row + 3, last);
            float* a0 = a + (long)row * cut.Stride, a1 = a + (long)row1 * cut.Stride;
            float* a2 = a + (long)row2 * cut.Stride, a3 = a + (long)row3 * cut.Stride;
            L s0 = default, s1 = default, s2 = default, s3 = default;
            for (int from = 0; from < cut.Columns; from += TermsOfPart * L.Count)
            {
                int to = Math.Min(cut.Columns, from + TermsOfPart * L.Count), j = from;
                L p0 = default, p1 = default, p2 = default, p3 = default;
                L t0 = default, t1 = default, t2 = default, t3 = default;
                for (int whole = to - 2 * L.Count; j <= whole; j += 2 * L.Count)
                {
                    L x0 = L.Load(x + j, L.Count), x1 = L.Load(x + j + L.Count, L.Count);
                    p0 = L.MultiplyAdd(L.Load(a0 + j, L.Count), x0, p0);
                    p1 = L.MultiplyAdd(L.Load(a1 + j, L.Count), x0, p1);
                    p2 = L.MultiplyAdd(L.Load(a2 + j, L.Count), x0, p2);
                    p3 = L.MultiplyAdd(L.Load(a3 + j, L.Count), x0, p3);
                    t0 = L.MultiplyAdd(L.Load(a0 + j + L.Count, L.Count), x1, t0);
                    t1 = L.MultiplyAdd(L.Load(a1 + j + L.Count, L.Count), x1, t1);
                    t2 = L.MultiplyAdd(L.Load(a2 + j + L.Count, L.Count), x1, t2);
                    t3 = L.MultiplyAdd(L.Load(a3 + j + L.Count, L.Count), x1, t3);
                }
                for (; j < to; j += L.Count)
                {
                    int count = Math.Min(L.Count, to - j);
                    L part = L.Load(x + j, count);
                    p0 = L.MultiplyAdd(L.Load(a0 + j, count), part, p0);
                    p1 = L.MultiplyAdd(L.Load(a1 + j, count), part, p1);
                    p2 = L.MultiplyAdd(L.Load(a2 + j, count), part, p2);
                    p3 = L.MultiplyAdd(L.Load(a3 + j, count), part, p3);
                }
                (s0, s1, s2, s3) = (s0 + (p0 + t0), s1 + (p1 + t1), s2 + (p2 + t2), s3 + (p3 + t3));
            }
            y[row] = L.SumAcross(s0);
            y[row1] = L.SumAcross(s1);
            y[row2] = L.SumAcross(s2);
            y[row3] = L.SumAcross(s3);
        }
    }

    /// <summary>Each piece adds its rows, six at a time, to a row of sums of its own.</summary>
    private readonly struct ColumnsBody(float* a, float* x, float* sums, Cut cut) : ILaneBody
    {
        private const int Group = 6;

        public void Run<L>(int piece) where L : struct, ILane<L>
        {
            (int first, int end) = cut.Piece(piece);
            float* target = sums + (long)piece * cut.Columns;
            int row = first;
            for (; row + Group <= end; row += Group)
                LaneLoop.Run<L, SixRows>(new(a + (long)row * cut.Stride, cut.Stride, x + row, target), 0, cut.Columns);
            for (; row < end; row++)
                LaneLoop.Run<L, OneRow>(new(a + (long)row * cut.Stride, x[row], target), 0, cut.Columns);
        }
    }

    private readonly struct SixRows(float* a, nint stride, float* x, float* y) : ILaneStep
    {
        private readonly float x0 = x[0], x1 = x[1], x2 = x[2], x3 = x[3], x4 = x[4], x5 = x[5];

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step<L>(int i, int count) where L : struct, ILane<L>
        {
            float* p = a + i, q = p + 3 * stride;
            L even = L.MultiplyAdd(L.Load(p, count), L.Broadcast(x0), L.Load(y + i, count));
            L odd = L.Load(p + stride, count) * L.Broadcast(x1);
            even = L.MultiplyAdd(L.Load(p + 2 * stride, count), L.Broadcast(x2), even);
            odd = L.MultiplyAdd(L.Load(q, count), L.Broadcast(x3), odd);
            even = L.MultiplyAdd(L.Load(q + stride, count), L.Broadcast(x4), even);
            odd = L.MultiplyAdd(L.Load(q + 2 * stride, count), L.Broadcast(x5), odd);
            L.Store(even + odd, y + i, count);
        }
    }

    private readonly struct OneRow(float* a, float x, float* y) : ILaneStep
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step<L>(int i, int count) where L : struct, ILane<L> =>
            L.Store(L.MultiplyAdd(L.Load(a + i, count), L.Broadcast(x), L.Load(y + i, count)), y + i, count);
    }
}
