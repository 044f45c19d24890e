using System.Runtime.CompilerServices;
using Nabla.Numerics.Lanes;

namespace Nabla.Numerics.Kernels;

/// <summary>
/// The largest number under each window, and which it was: the first of them in reading order, as in PyTorch. A place
/// is kept as a float, u·(window's width) + v, so that it is found in the same registers as the number; it is a small
/// whole number, which a float holds exactly.
/// </summary>
public static unsafe class MaxPoolKernel
{
    /// <summary>y and the places from x.</summary>
    /// <param name="shape">The sizes.</param>
    /// <param name="x">[planes, H, W].</param>
    /// <param name="y">[planes, OH, OW].</param>
    /// <param name="places">[planes, OH, OW], for the backward pass.</param>
    /// <exception cref="ArgumentException">A size is impossible, or a length does not fit.</exception>
    public static void Forward(in PoolShape shape, ReadOnlySpan<float> x, Span<float> y, Span<float> places)
    {
        shape.Validate("MaxPool", x.Length, y.Length);
        Require.Length("MaxPool", places.Length, y.Length);
        if (y.IsEmpty)
            return;
        fixed (float* px = x, py = y, pp = places)
            Widest.Run(shape.Pieces, new ForwardBody(shape, px, py, pp));
    }

    /// <summary>dx: each dy at its place, 0 elsewhere; dx += … if accumulating.</summary>
    /// <exception cref="ArgumentException">A size is impossible, or a length does not fit.</exception>
    public static void Backward(
        in PoolShape shape, ReadOnlySpan<float> dy, ReadOnlySpan<float> places, Span<float> dx, bool accumulate)
    {
        shape.Validate("MaxPool backward", dx.Length, dy.Length);
        Require.Length("MaxPool backward", places.Length, dy.Length);
        if (dx.IsEmpty)
            return;
        fixed (float* pdy = dy, pp = places, pdx = dx)
            Widest.Run(shape.Pieces, new BackwardBody(shape, pdy, pp, pdx, accumulate));
    }

    private readonly struct ForwardBody(PoolShape shape, float* x, float* y, float* places) : ILaneBody
    {
        [MethodImpl(MethodImplOptions.NoInlining)]
        public void Run<L>(int piece) where L : struct, ILane<L>
        {
            int end = Math.Min(shape.Planes, (piece + 1) * shape.PlanesInPiece);
            Size2d output = shape.Output;
            for (int plane = piece * shape.PlanesInPiece; plane < end; plane++)
                for (int i = 0; i < output.Height; i++)
                {
                    float* image = x + (long)plane * shape.Image.Area;
                    long at = ((long)plane * output.Height + i) * output.Width;
                    if (shape.IsHalving)
                        LaneLoop.Run<L, HalveStep>(
                            new(image + 2 * i * shape.Image.Width, shape.Image.Width, y + at, places + at),
                            0, output.Width);
                    else
                        for (int j = 0; j < output.Width; j++)
                            Find(image, (i, j), y + at + j, places + at + j);
                }
        }

        private void Find(float* image, (int Row, int Column) output, float* y, float* place)
        {
            (int Start, int End) rows = shape.Rows(output.Row), columns = shape.Columns(output.Column);
            int top = output.Row * shape.Stride.Height - shape.Padding.Height;
            int left = output.Column * shape.Stride.Width - shape.Padding.Width;
            float largest = float.NegativeInfinity;
            int found = (rows.Start - top) * shape.Window.Width + columns.Start - left;
            for (int h = rows.Start; h < rows.End; h++)
                for (int w = columns.Start; w < columns.End; w++)
                {
                    float value = image[h * shape.Image.Width + w];
                    if (value > largest || float.IsNaN(value))
                        (largest, found) = (value, (h - top) * shape.Window.Width + w - left);
                }
            *y = largest;
            *place = found;
        }
    }

    /// <summary>Windows of 2×2: neighbours are taken apart into registers of even and odd columns.</summary>
    private readonly struct HalveStep(float* x, int rowStep, float* y, float* places) : ILaneStep
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step<L>(int i, int count) where L : struct, ILane<L>
        {
            (int first, int second) = Pairs.Counts(count, L.Count);
            float* above = x + 2 * i, below = above + rowStep;
            L left = L.Load(above, first), right = second > 0 ? L.Load(above + L.Count, second) : default;
            L largest = L.Even(left, right), place = default;
            Compare(L.Odd(left, right), 1, ref largest, ref place);
            left = L.Load(below, first);
            right = second > 0 ? L.Load(below + L.Count, second) : default;
            Compare(L.Even(left, right), 2, ref largest, ref place);
            Compare(L.Odd(left, right), 3, ref largest, ref place);
            L.Store(largest, y + i, count);
            L.Store(place, places + i, count);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void Compare<L>(L x, float index, ref L largest, ref L place) where L : struct, ILane<L>
        {
            place = L.WherePositive(x - largest, L.Broadcast(index), place);
            largest = L.Max(largest, x);
        }
    }

    private readonly struct BackwardBody(PoolShape shape, float* dy, float* places, float* dx, bool accumulate)
        : ILaneBody
    {
        [MethodImpl(MethodImplOptions.NoInlining)]
        public void Run<L>(int piece) where L : struct, ILane<L>
        {
            int end = Math.Min(shape.Planes, (piece + 1) * shape.PlanesInPiece);
            Size2d output = shape.Output;
            for (int plane = piece * shape.PlanesInPiece; plane < end; plane++)
            {
                float* image = dx + (long)plane * shape.Image.Area;
                if (!accumulate && !(shape.IsHalving && shape.Image == (2 * output.Height, 2 * output.Width)))
                    new Span<float>(image, shape.Image.Area).Clear();
                for (int i = 0; i < output.Height; i++)
                {
                    long at = ((long)plane * output.Height + i) * output.Width;
                    if (shape.IsHalving)
                        LaneLoop.Run<L, SpreadStep>(
                            new(dy + at, places + at, image + 2 * i * shape.Image.Width, shape.Image.Width, accumulate),
                            0, output.Width);
                    else
                        for (int j = 0; j < output.Width; j++)
                            Send(image, (i, j), (int)places[at + j], dy[at + j]);
                }
            }
        }

        private void Send(float* image, (int Row, int Column) output, int place, float value)
        {
            int h = output.Row * shape.Stride.Height - shape.Padding.Height + place / shape.Window.Width;
            int w = output.Column * shape.Stride.Width - shape.Padding.Width + place % shape.Window.Width;
            image[h * shape.Image.Width + w] += value;
        }
    }

    private readonly struct SpreadStep(float* dy, float* places, float* dx, int rowStep, bool accumulate) : ILaneStep
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step<L>(int i, int count) where L : struct, ILane<L>
        {
            L value = L.Load(dy + i, count), place = L.Load(places + i, count);
            Pairs.Store(At(value, place, 0), At(value, place, 1), dx + 2 * i, count, accumulate);
            Pairs.Store(At(value, place, 2), At(value, place, 3), dx + rowStep + 2 * i, count, accumulate);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static L At<L>(L value, L place, float index) where L : struct, ILane<L> =>
            L.WherePositive(L.Broadcast(0.5f) - L.Abs(place - L.Broadcast(index)), value, default);
    }
}
