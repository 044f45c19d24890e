using System.Runtime.CompilerServices;
using Nabla.Numerics.Lanes;

namespace Nabla.Numerics.Kernels.Convolutions;

/// <summary>
/// Images with zeros between their pixels: pixel (i, j) of each plane goes to (2i, 2j) of a larger one. A convolution
/// with a stride of 2 is one with a stride of 1 of which every second output is looked at, so that its dx is that of
/// the latter for a dy that is zero between.
/// </summary>
internal readonly unsafe struct SpreadImages(
    int planes, (Size2d Small, Size2d Large) size, float* images, float* target)
    : ILaneBody
{
    private const int FloatsInPiece = 1 << 14;

    /// <summary>How many pieces there are.</summary>
    public int Pieces => Cuts.Count(planes, PlanesInPiece);

    private int PlanesInPiece => Math.Max(1, FloatsInPiece / size.Large.Area);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Run<L>(int piece) where L : struct, ILane<L>
    {
        int start = piece * PlanesInPiece, end = Math.Min(planes, start + PlanesInPiece), width = size.Large.Width;
        float* from = images + (long)start * size.Small.Area, to = target + (long)start * size.Large.Area;
        int pairs = Math.Min(size.Small.Width, width / 2);
        for (int row = 0; row < (end - start) * size.Large.Height; row++, to += width)
        {
            int line = row % size.Large.Height, done = 0;
            if (line % 2 == 0 && line / 2 < size.Small.Height)
            {
                LaneLoop.Run<L, SpreadStep>(new(from, to), 0, pairs);
                done = 2 * pairs;
                if (pairs < size.Small.Width)
                    to[done++] = from[pairs];
                from += size.Small.Width;
            }
            new Span<float>(to + done, width - done).Clear();
        }
    }

    private readonly struct SpreadStep(float* x, float* y) : ILaneStep
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step<L>(int i, int count) where L : struct, ILane<L> =>
            Pairs.Store(L.Load(x + i, count), default, y + 2 * i, count, accumulate: false);
    }
}
