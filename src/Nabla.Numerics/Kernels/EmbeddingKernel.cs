using System.Runtime.CompilerServices;
using Nabla.Numerics.Lanes;
using Nabla.Numerics.Threading;

namespace Nabla.Numerics.Kernels;

/// <summary>Rows of a table by number, and the sum of their gradients.</summary>
public static unsafe class EmbeddingKernel
{
    /// <summary>y[n] = table[ids[n]]; table is [V, columns], ids [N], y [N, columns].</summary>
    /// <exception cref="ArgumentException">The lengths do not fit, or an id is not 0 … V − 1.</exception>
    public static void Forward(ReadOnlySpan<float> table, int columns, ReadOnlySpan<int> ids, Span<float> y)
    {
        Check("Embedding", table.Length, columns, ids);
        Require.Length("Embedding", y.Length, (long)ids.Length * columns);
        fixed (float* from = table, to = y)
        fixed (int* id = ids)
            WorkerPool.Run(RowPieces.Count(ids.Length, columns), new GatherBody(from, id, to, ids.Length, columns));
    }

    /// <summary>
    /// dtable[ids[n]] += dy[n]; dtable is [V, columns] and keeps what it holds. A piece is a few columns and takes the
    /// ids in order, so that equal ids add up in one order.
    /// </summary>
    /// <exception cref="ArgumentException">The lengths do not fit, or an id is not 0 … V − 1.</exception>
    public static void Backward(ReadOnlySpan<float> dy, ReadOnlySpan<int> ids, int columns, Span<float> dTable)
    {
        Check("Embedding backward", dTable.Length, columns, ids);
        Require.Length("Embedding backward", dy.Length, (long)ids.Length * columns);
        fixed (float* from = dy, to = dTable)
        fixed (int* id = ids)
            Widest.Run(ColumnPieces.Count(columns), new ScatterBody(from, id, to, ids.Length, columns));
    }

    private static void Check(string operation, int length, int columns, ReadOnlySpan<int> ids)
    {
        int rows = Require.Rows(operation, length, columns);
        for (int n = 0; n < ids.Length; n++)
            if ((uint)ids[n] >= (uint)rows)
                throw new ArgumentException(
                    $"{operation}: id {n} is {ids[n]}; the table has {rows} rows, 0 … {rows - 1}.");
    }

    private readonly struct GatherBody(float* table, int* ids, float* y, int count, int columns) : IParallelBody
    {
        public void Run(int piece)
        {
            (int start, int end) = RowPieces.Range(piece, count, columns);
            for (int n = start; n < end; n++)
                new ReadOnlySpan<float>(table + (long)ids[n] * columns, columns)
                    .CopyTo(new Span<float>(y + (long)n * columns, columns));
        }
    }

    private readonly struct ScatterBody(float* dy, int* ids, float* dTable, int count, int columns) : ILaneBody
    {
        [MethodImpl(MethodImplOptions.NoInlining)]
        public void Run<L>(int piece) where L : struct, ILane<L>
        {
            int start = ColumnPieces.Start(piece), end = ColumnPieces.End(piece, columns);
            for (int n = 0; n < count; n++)
                LaneLoop.Run<L, AddStep>(new(dy + (long)n * columns, dTable + (long)ids[n] * columns), start, end);
        }
    }
}
