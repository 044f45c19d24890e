using System.Runtime.CompilerServices;
using Nabla.Numerics.Lanes;

namespace Nabla.Numerics.Kernels;

/// <summary>
/// The largest number under each window, and which it was: the first of them in reading order, as in PyTorch. A place
/// is kept as a float, u·(window's width) + v, so that it is found in the same registers as the number; a float holds
/// it exactly in windows of up to 2²⁴ places. NaN counts as larger than any number, the last NaN as the largest.
/// Rectified, what is not above 0 becomes 0 on its way out, so that no pass over the image is needed for it; such a
/// window's place is −1, which is none, and so the backward pass gives its dy to nobody.
/// </summary>
public static unsafe class MaxPoolKernel
{
    private const int MostPlaces = 1 << 24;

    /// <summary>y and the places from x.</summary>
    /// <param name="shape">The sizes.</param>
    /// <param name="x">[planes, H, W].</param>
    /// <param name="y">[planes, OH, OW].</param>
    /// <param name="places">[planes, OH, OW], for the backward pass.</param>
    /// <param name="rectify">max(0, y) instead of y; NaN stays NaN, but has no place.</param>
    /// <exception cref="ArgumentException">A size is impossible, or a length does not fit.</exception>
    public static void Forward(
        in PoolShape shape, ReadOnlySpan<float> x, Span<float> y, Span<float> places, bool rectify = false)
    {
        shape.Validate("MaxPool", x.Length, y.Length);
        Require.Length("MaxPool", places.Length, y.Length);
        if (shape.Window.LongArea > MostPlaces)
            throw new ArgumentException(
                $"MaxPool: a window of {shape.Window} has more than {MostPlaces} places; pool in two steps instead.");
        if (y.IsEmpty)
            return;
        fixed (float* px = x, py = y, pp = places)
            Widest.Run(shape.Pieces, new ForwardBody(shape, px, py, pp, rectify));
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

    /// <summary>
    /// One row of windows. A row narrower than a register is done as a whole register where more of the piece follows:
    /// writing a part of a register takes far longer, and the next rows overwrite what is too much.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void RunRow<L, TStep>(TStep step, int width, bool moreFollows)
        where L : struct, ILane<L>
        where TStep : struct, ILaneStep
    {
        if (moreFollows && width < L.Count)
            step.Step<L>(0, L.Count);
        else
            LaneLoop.Run<L, TStep>(step, 0, width);
    }

    private readonly struct ForwardBody(PoolShape shape, float* x, float* y, float* places, bool rectify)
        : ILaneBody
    {
        [MethodImpl(MethodImplOptions.NoInlining)]
        public void Run<L>(int piece) where L : struct, ILane<L>
        {
            (int start, int end) = shape.PlanesOf(piece);
            if (shape.IsHalving)
                Halve<L>(start, end);
            else
                Search(start, end);
        }

        private void Halve<L>(int start, int end) where L : struct, ILane<L>
        {
            int rows = shape.Output.Height, columns = shape.Output.Width, rowStep = shape.Image.Width;
            float* to = y + (long)start * rows * columns, place = places + (to - y);
            float* last = y + (long)end * rows * columns - L.Count;
            for (int plane = start; plane < end; plane++)
            {
                float* from = x + (long)plane * shape.Image.Area;
                for (int i = 0; i < rows; i++, from += 2 * rowStep, to += columns, place += columns)
                    RunRow<L, HalveStep>(new(from, rowStep, to, place, rectify), columns, to <= last);
            }
        }

        private void Search(int start, int end)
        {
            Size2d output = shape.Output;
            for (int plane = start; plane < end; plane++)
                for (int i = 0; i < output.Height; i++)
                    for (int j = 0; j < output.Width; j++)
                    {
                        long at = ((long)plane * output.Height + i) * output.Width + j;
                        Find(x + (long)plane * shape.Image.Area, (i, j), y + at, places + at);
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
            if (rectify)
                (largest, found) = (MathF.Max(largest, 0), largest > 0 ? found : -1);
            *y = largest;
            *place = found;
        }
    }

    /// <summary>Windows of 2×2: neighbours are taken apart into registers of even and odd columns.</summary>
    private readonly struct HalveStep(float* x, int rowStep, float* y, float* places, bool rectify)
        : ILaneStep
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
            if (rectify)
            {
                place = L.WherePositive(largest, place, L.Broadcast(-1));
                largest = L.Max(largest, default);
            }
            L.Store(largest, y + i, count);
            L.Store(place, places + i, count);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void Compare<L>(L x, float index, ref L largest, ref L place) where L : struct, ILane<L>
        {
            place = L.WherePositive(x - largest, L.Broadcast(index), place);
            // NaN is the largest
            place = L.WherePositive(L.MultiplyAdd(x, x, L.Broadcast(1)), place, L.Broadcast(index));
            largest = L.Max(largest, x);
        }
    }

    private readonly struct BackwardBody(PoolShape shape, float* dy, float* places, float* dx, bool accumulate)
        : ILaneBody
    {
        [MethodImpl(MethodImplOptions.NoInlining)]
        public void Run<L>(int piece) where L : struct, ILane<L>
        {
            (int start, int end) = shape.PlanesOf(piece);
            bool covered = shape.IsHalving && shape.Image == (2 * shape.Output.Height, 2 * shape.Output.Width);
            if (!accumulate && !covered)
                new Span<float>(dx + (long)start * shape.Image.Area, (end - start) * shape.Image.Area).Clear();
            if (shape.IsHalving)
                Spread<L>(start, end, !accumulate && covered);
            else
                SendAll(start, end);
        }

        private void Spread<L>(int start, int end, bool overwrites) where L : struct, ILane<L>
        {
            int rows = shape.Output.Height, columns = shape.Output.Width, rowStep = shape.Image.Width;
            float* from = dy + (long)start * rows * columns, place = places + (from - dy);
            float* last = overwrites ? dy + (long)end * rows * columns - L.Count : null;
            for (int plane = start; plane < end; plane++)
            {
                float* to = dx + (long)plane * shape.Image.Area;
                for (int i = 0; i < rows; i++, from += columns, place += columns, to += 2 * rowStep)
                    RunRow<L, SpreadStep>(new(from, place, to, rowStep, accumulate), columns, from <= last);
            }
        }

        private void SendAll(int start, int end)
        {
            Size2d output = shape.Output;
            for (int plane = start; plane < end; plane++)
                for (int i = 0; i < output.Height; i++)
                    for (int j = 0; j < output.Width; j++)
                    {
                        long at = ((long)plane * output.Height + i) * output.Width + j;
                        Send(dx + (long)plane * shape.Image.Area, (i, j), (int)places[at], dy[at]);
                    }
        }

        private void Send(float* image, (int Row, int Column) output, int place, float value)
        {
            if (place < 0)
                return;
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
