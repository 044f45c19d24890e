using System.Runtime.CompilerServices;
using Nabla.Numerics.Lanes;

namespace Nabla.Numerics.Kernels;

/// <summary>The mean of each window, zeros of the padding counted in, as PyTorch does by default.</summary>
public static unsafe class AveragePoolKernel
{
    /// <summary>y [planes, OH, OW] from x [planes, H, W].</summary>
    /// <exception cref="ArgumentException">A size is impossible, or a length does not fit.</exception>
    public static void Forward(in PoolShape shape, ReadOnlySpan<float> x, Span<float> y)
    {
        shape.Validate("AvgPool", x.Length, y.Length);
        if (y.IsEmpty)
            return;
        fixed (float* px = x, py = y)
            Widest.Run(shape.Pieces, new ForwardBody(shape, px, py));
    }

    /// <summary>dx from dy: every pixel of a window gets its share; dx += … if accumulating.</summary>
    /// <exception cref="ArgumentException">A size is impossible, or a length does not fit.</exception>
    public static void Backward(in PoolShape shape, ReadOnlySpan<float> dy, Span<float> dx, bool accumulate)
    {
        shape.Validate("AvgPool backward", dx.Length, dy.Length);
        if (dx.IsEmpty)
            return;
        fixed (float* pdy = dy, pdx = dx)
            Widest.Run(shape.Pieces, new BackwardBody(shape, pdy, pdx, accumulate));
    }

    private readonly struct ForwardBody(PoolShape shape, float* x, float* y) : ILaneBody
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
                    float* row = y + ((long)plane * output.Height + i) * output.Width;
                    if (shape.IsHalving)
                        LaneLoop.Run<L, SquareSumStep>(
                            new(image + 2 * i * shape.Image.Width, shape.Image.Width, row, 0.25f, false),
                            0, output.Width);
                    else
                        for (int j = 0; j < output.Width; j++)
                            row[j] = Sum(image, i, j) / shape.Window.LongArea;
                }
        }

        private float Sum(float* image, int i, int j)
        {
            (int Start, int End) rows = shape.Rows(i), columns = shape.Columns(j);
            float sum = 0;
            for (int h = rows.Start; h < rows.End; h++)
                for (int w = columns.Start; w < columns.End; w++)
                    sum += image[h * shape.Image.Width + w];
            return sum;
        }
    }

    private readonly struct BackwardBody(PoolShape shape, float* dy, float* dx, bool accumulate) : ILaneBody
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
                    float* row = dy + ((long)plane * output.Height + i) * output.Width;
                    if (shape.IsHalving)
                        LaneLoop.Run<L, SquareFillStep>(
                            new(row, image + 2 * i * shape.Image.Width, shape.Image.Width, 0.25f, accumulate),
                            0, output.Width);
                    else
                        for (int j = 0; j < output.Width; j++)
                            Share(image, i, j, row[j] / shape.Window.LongArea);
                }
            }
        }

        private void Share(float* image, int i, int j, float share)
        {
            (int Start, int End) rows = shape.Rows(i), columns = shape.Columns(j);
            for (int h = rows.Start; h < rows.End; h++)
                for (int w = columns.Start; w < columns.End; w++)
                    image[h * shape.Image.Width + w] += share;
        }
    }
}
