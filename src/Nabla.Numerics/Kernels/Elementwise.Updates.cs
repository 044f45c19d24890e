using System.Runtime.CompilerServices;
using Nabla.Numerics.Lanes;
using Nabla.Numerics.Threading;

namespace Nabla.Numerics.Kernels;

public static unsafe partial class Elementwise
{
    /// <summary>y += α·x.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Axpy(float alpha, ReadOnlySpan<float> x, Span<float> y)
    {
        Require.Length("Axpy", y.Length, x.Length);
        fixed (float* px = x, py = y)
            Chunked<AxpyStep>.Run(new(alpha, px, py), x.Length);
    }

    /// <summary>y[c, r] = x[r, c]; x is [rows, columns], y is [columns, rows], both dense.</summary>
    /// <exception cref="ArgumentException">A length is not rows · columns.</exception>
    public static void Transpose(ReadOnlySpan<float> x, int rows, int columns, Span<float> y)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        Require.Length("Transpose", x.Length, (long)rows * columns);
        Require.Length("Transpose", y.Length, (long)rows * columns);
        fixed (float* px = x, py = y)
            WorkerPool.Run(TransposeBody.Pieces(rows), new TransposeBody(px, py, rows, columns));
    }

    private readonly struct AxpyStep(float alpha, float* x, float* y) : ILaneStep
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step<L>(int i, int count) where L : struct, ILane<L> => L.Store(
            L.MultiplyAdd(L.Broadcast(alpha), L.Load(x + i, count), L.Load(y + i, count)), y + i, count);
    }

    /// <summary>
    /// A piece is 64 rows of x; blocks of 16 columns keep the lines of y that are being filled in cache.
    /// </summary>
    private readonly struct TransposeBody(float* x, float* y, int rows, int columns) : IParallelBody
    {
        private const int Rows = 64, Block = 16;

        public static int Pieces(int rows) => Cuts.Count(rows, Rows);

        public void Run(int piece)
        {
            int start = piece * Rows, height = Math.Min(Rows, rows - start);
            for (int c = 0; c < columns; c += Block)
                Transposition.Run(new(x + (long)start * columns + c, columns), height, Math.Min(Block, columns - c),
                    new(y + (long)c * rows + start, rows));
        }
    }
}
