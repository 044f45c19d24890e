using System.Runtime.CompilerServices;
using Nabla.Numerics.Lanes;
using Nabla.Numerics.Threading;

namespace Nabla.Numerics.Kernels;

/// <summary>
/// Numbers put in other places: y[n] = x[sources[n]], where each n stands for a block of neighbouring numbers, and a
/// source of −1 for a constant; and the transpose of that, dx[sources[n]] += dy[n].
/// </summary>
public static unsafe class RearrangeKernel
{
    /// <summary>y[n] = x[sources[n]], or <paramref name="fill"/> where the source is −1; x is [V, block], y [N, block].
    /// </summary>
    /// <exception cref="ArgumentException">The lengths do not fit, or a source is not −1 … V − 1.</exception>
    public static void Forward(
        ReadOnlySpan<float> x, ReadOnlySpan<int> sources, int block, float fill, Span<float> y)
    {
        Check(x.Length, sources, block);
        Require.Length("Rearrange", y.Length, (long)sources.Length * block);
        fixed (float* from = x, to = y)
        fixed (int* source = sources)
            WorkerPool.Run(
                RowPieces.Count(sources.Length, block), new TakeBody(from, source, to, sources.Length, block, fill));
    }

    /// <summary>
    /// dx[sources[n]] += dy[n], nothing where the source is −1. A piece is a few columns and takes the blocks in order,
    /// so that equal sources add up in one order.
    /// </summary>
    /// <exception cref="ArgumentException">The lengths do not fit, or a source is not −1 … V − 1.</exception>
    public static void Backward(ReadOnlySpan<float> dy, ReadOnlySpan<int> sources, int block, Span<float> dx)
    {
        Check(dx.Length, sources, block);
        Require.Length("Rearrange backward", dy.Length, (long)sources.Length * block);
        fixed (float* from = dy, to = dx)
        fixed (int* source = sources)
            if (block == 1)
                AddSingly(from, source, to, sources.Length);
            else
                Widest.Run(ColumnPieces.Count(block), new AddBody(from, source, to, sources.Length, block));
    }

    private static void Check(int length, ReadOnlySpan<int> sources, int block)
    {
        int blocks = Require.Rows("Rearrange", length, block);
        for (int n = 0; n < sources.Length; n++)
            if (sources[n] < -1 || sources[n] >= blocks)
                throw new ArgumentException(
                    $"Rearrange: source {n} is {sources[n]}; there are {blocks} blocks, 0 … {blocks - 1}, and -1 for " +
                    "a constant.");
    }

    private static void AddSingly(float* dy, int* sources, float* dx, int count)
    {
        for (int n = 0; n < count; n++)
            if (sources[n] >= 0)
                dx[sources[n]] += dy[n];
    }

    private readonly struct TakeBody(float* x, int* sources, float* y, int count, int block, float fill) : IParallelBody
    {
        public void Run(int piece)
        {
            (int start, int end) = RowPieces.Range(piece, count, block);
            if (block == 1)
            {
                for (int n = start; n < end; n++)
                    y[n] = sources[n] < 0 ? fill : x[sources[n]];
                return;
            }
            for (int n = start; n < end; n++)
            {
                var to = new Span<float>(y + (long)n * block, block);
                if (sources[n] < 0)
                    to.Fill(fill);
                else
                    new ReadOnlySpan<float>(x + (long)sources[n] * block, block).CopyTo(to);
            }
        }
    }

    private readonly struct AddBody(float* dy, int* sources, float* dx, int count, int block) : ILaneBody
    {
        [MethodImpl(MethodImplOptions.NoInlining)]
        public void Run<L>(int piece) where L : struct, ILane<L>
        {
            int start = ColumnPieces.Start(piece), end = ColumnPieces.End(piece, block);
            for (int n = 0; n < count; n++)
                if (sources[n] >= 0)
                    LaneLoop.Run<L, AddStep>(new(dy + (long)n * block, dx + (long)sources[n] * block), start, end);
        }
    }
}
