using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;
using Nabla.Numerics.Kernels;
using Nabla.Numerics.Threading;

namespace Nabla.Numerics.LinearAlgebra;

/// <summary>
/// Products of blocks, on which all the decompositions rest: <c>float</c> goes to <see cref="Gemm"/>, <c>double</c> to
/// the small tiles below.
/// </summary>
internal static class BlockProduct
{
    private const int DepthOfPart = 128;

    /// <summary>C = A·B.</summary>
    public static void Multiply<T>(Block<T> c, Factor<T> a, Factor<T> b)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Run(c, a, b, accumulate: false);

    /// <summary>
    /// C = A·B with the sums over the inner size taken in parts. A float that sums a thousand equal terms in one go
    /// drifts by hundreds of roundings, all to one side: enough to spoil the reflections of a matrix of ones.
    /// </summary>
    public static void MultiplyInParts<T>(Block<T> c, Factor<T> a, Factor<T> b)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int first = 0, depth = a.Columns;
        do
        {
            int count = Math.Min(DepthOfPart, depth - first);
            Run(c, a.ColumnPart(first, count), b.RowPart(first, count), accumulate: first > 0);
            first += DepthOfPart;
        }
        while (first < depth);
    }

    /// <summary>C += A·B.</summary>
    public static void Add<T>(Block<T> c, Factor<T> a, Factor<T> b)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Run(c, a, b, accumulate: true);

    /// <summary>C −= A·B: the smaller factor is copied with the other sign.</summary>
    public static void Subtract<T>(Block<T> c, Factor<T> a, Factor<T> b)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        bool first = (long)a.Rows * a.Columns <= (long)b.Rows * b.Columns;
        Block<T> small = first ? a.Stored : b.Stored;
        T[] rented = ArrayPool<T>.Shared.Rent(small.Rows * small.Columns);
        var negative = new Block<T>(rented, small.Rows, small.Columns);
        for (int i = 0; i < small.Rows; i++)
            Vectors.Negate(small[i], negative[i]);
        if (first)
            Run(c, new Factor<T>(negative, a.IsTransposed), b, accumulate: true);
        else
            Run(c, a, new Factor<T>(negative, b.IsTransposed), accumulate: true);
        ArrayPool<T>.Shared.Return(rented);
    }

    private static void Run<T>(Block<T> c, Factor<T> a, Factor<T> b, bool accumulate)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (c.Rows == 0 || c.Columns == 0)
            return;
        if (typeof(T) != typeof(float))
        {
            RunTiles(c, a, b, accumulate);
            return;
        }
        Gemm.Multiply(
            new GemmShape(c.Rows, c.Columns, a.Columns)
            {
                TransposeA = a.IsTransposed,
                TransposeB = b.IsTransposed,
                RowStrideA = a.Stored.Stride,
                RowStrideB = b.Stored.Stride,
                RowStrideC = c.Stride,
                Accumulate = accumulate,
            },
            MemoryMarshal.Cast<T, float>(a.Stored.Values), MemoryMarshal.Cast<T, float>(b.Stored.Values),
            MemoryMarshal.Cast<T, float>(c.Values));
    }

    private static unsafe void RunTiles<T>(Block<T> c, Factor<T> a, Factor<T> b, bool accumulate)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[]? plainA = null, plainB = null;
        Block<T> left = Plain(a, ref plainA), right = Plain(b, ref plainB);
        fixed (T* pa = left.Values, pb = right.Values, pc = c.Values)
        {
            var tiles = new Tiles<T>(
                new Strided<T>(pa, left.Stride), new Strided<T>(pb, right.Stride), new Strided<T>(pc, c.Stride),
                (c.Rows, c.Columns, left.Columns), accumulate);
            WorkerPool.RunChunks(c.Rows, Tiles<T>.RowsInPiece(c.Columns, left.Columns), tiles);
        }
        if (plainA is not null)
            ArrayPool<T>.Shared.Return(plainA);
        if (plainB is not null)
            ArrayPool<T>.Shared.Return(plainB);
    }

    private static Block<T> Plain<T>(Factor<T> factor, ref T[]? rented)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (!factor.IsTransposed)
            return factor.Stored;
        rented = ArrayPool<T>.Shared.Rent(factor.Rows * factor.Columns);
        var plain = new Block<T>(rented, factor.Rows, factor.Columns);
        factor.Stored.TransposeInto(plain);
        return plain;
    }

    private readonly unsafe struct Strided<T>(T* p, int stride) where T : unmanaged
    {
        public T* At(int row, int column) => p + (long)row * stride + column;
    }

    /// <summary>Tiles of C, four rows × two registers, held in registers while k runs.</summary>
    private readonly unsafe struct Tiles<T>(
        Strided<T> a, Strided<T> b, Strided<T> c, (int M, int N, int K) size, bool accumulate) : IChunkBody
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private const int Rows = 4;
        private const double MultipliesInPiece = 1 << 18;

        public static int RowsInPiece(int columns, int depth) =>
            Math.Max(1, (int)(MultipliesInPiece / Math.Max(1.0, (double)columns * depth) / Rows)) * Rows;

        public void Run(int start, int end)
        {
            int width = 2 * Vector<T>.Count, whole = size.N - size.N % width;
            for (int column = 0; column < whole; column += width)
                for (int row = start; row < end; row += Rows)
                    Tile(row, Math.Min(Rows, end - row), column);
            for (int column = whole; column < size.N; column++)
                for (int row = start; row < end; row++)
                {
                    T sum = accumulate ? *c.At(row, column) : T.Zero;
                    for (int k = 0; k < size.K; k++)
                        sum += *a.At(row, k) * *b.At(k, column);
                    *c.At(row, column) = sum;
                }
        }

        // Rows beyond the last are computed as copies of the last and not stored.
        private void Tile(int row, int rows, int column)
        {
            T* a0 = a.At(row, 0), a1 = a.At(row + Math.Min(1, rows - 1), 0);
            T* a2 = a.At(row + Math.Min(2, rows - 1), 0), a3 = a.At(row + rows - 1, 0);
            Vector<T> c00 = default, c01 = default, c10 = default, c11 = default;
            Vector<T> c20 = default, c21 = default, c30 = default, c31 = default;
            for (int k = 0; k < size.K; k++)
            {
                T* bk = b.At(k, column);
                Vector<T> b0 = Vector.Load(bk), b1 = Vector.Load(bk + Vector<T>.Count);
                c00 += b0 * a0[k];
                c01 += b1 * a0[k];
                c10 += b0 * a1[k];
                c11 += b1 * a1[k];
                c20 += b0 * a2[k];
                c21 += b1 * a2[k];
                c30 += b0 * a3[k];
                c31 += b1 * a3[k];
            }
            Store(c00, c01, row, column);
            if (rows > 1)
                Store(c10, c11, row + 1, column);
            if (rows > 2)
                Store(c20, c21, row + 2, column);
            if (rows > 3)
                Store(c30, c31, row + 3, column);
        }

        private void Store(Vector<T> low, Vector<T> high, int row, int column)
        {
            T* p = c.At(row, column);
            Vector.Store(accumulate ? Vector.Load(p) + low : low, p);
            p += Vector<T>.Count;
            Vector.Store(accumulate ? Vector.Load(p) + high : high, p);
        }
    }
}
