using System.Runtime.CompilerServices;
using Nabla.Numerics.Lanes;
using Nabla.Numerics.Memory;

namespace Nabla.Numerics.Kernels;

/// <summary>Resizes planes of images, and sends gradients back to the pixels they came from.</summary>
public static unsafe class ResizeKernel
{
    /// <summary>y [planes, resized] from x [planes, H, W].</summary>
    /// <exception cref="ArgumentException">A size is impossible, or a length does not fit.</exception>
    public static void Forward(in ResizeShape shape, ReadOnlySpan<float> x, Span<float> y)
    {
        shape.Validate(x.Length, y.Length);
        if (y.IsEmpty)
            return;
        fixed (float* px = x, py = y)
            Widest.Run(shape.Pieces, new ForwardBody(shape, px, py, Columns(shape)));
    }

    /// <summary>dx from dy; dx += … if accumulating.</summary>
    /// <exception cref="ArgumentException">A size is impossible, or a length does not fit.</exception>
    public static void Backward(in ResizeShape shape, ReadOnlySpan<float> dy, Span<float> dx, bool accumulate)
    {
        shape.Validate(dx.Length, dy.Length);
        if (dx.IsEmpty)
            return;
        fixed (float* pdy = dy, pdx = dx)
            Widest.Run(shape.Pieces, new BackwardBody(shape, pdy, pdx, Columns(shape), accumulate));
    }

    /// <summary>Where each column comes from, the same for all rows and planes; doubling needs none.</summary>
    private static Source* Columns(in ResizeShape shape)
    {
        if (shape.IsDoubling)
            return null;
        var columns = (Source*)Workspace.GetCommon((long)shape.Resized.Width * sizeof(Source) / sizeof(float));
        for (int j = 0; j < shape.Resized.Width; j++)
            columns[j] = new(shape.Column(j));
        return columns;
    }

    private readonly struct Source(in ResizeSource of)
    {
        public readonly int First = of.First, Second = of.Second;
        public readonly float Share = (float)of.Share;

        public float Rest => 1 - Share;
    }

    private readonly struct ForwardBody(ResizeShape shape, float* x, float* y, Source* columns) : ILaneBody
    {
        [MethodImpl(MethodImplOptions.NoInlining)]
        public void Run<L>(int piece) where L : struct, ILane<L>
        {
            int width = shape.Image.Width, end = Math.Min(shape.Planes, (piece + 1) * shape.PlanesInPiece);
            for (int plane = piece * shape.PlanesInPiece; plane < end; plane++)
            {
                float* image = x + (long)plane * shape.Image.Area, resized = y + (long)plane * shape.Resized.Area;
                if (shape.IsDoubling)
                    for (int h = 0; h < shape.Image.Height; h++)
                        LaneLoop.Run<L, SquareFillStep>(
                            new(image + h * width, resized + 4 * h * width, 2 * width, 1, false), 0, width);
                else
                    for (int i = 0; i < shape.Resized.Height; i++)
                        ComputeRow(image, new(shape.Row(i)), resized + i * shape.Resized.Width);
            }
        }

        private void ComputeRow(float* image, in Source row, float* target)
        {
            float* above = image + row.First * shape.Image.Width, below = image + row.Second * shape.Image.Width;
            if (shape.Mode == ResizeMode.Nearest)
                for (int j = 0; j < shape.Resized.Width; j++)
                    target[j] = above[columns[j].First];
            else
                for (int j = 0; j < shape.Resized.Width; j++)
                {
                    Source c = columns[j];
                    target[j] = row.Rest * (c.Rest * above[c.First] + c.Share * above[c.Second])
                        + row.Share * (c.Rest * below[c.First] + c.Share * below[c.Second]);
                }
        }
    }

    private readonly struct BackwardBody(ResizeShape shape, float* dy, float* dx, Source* columns, bool accumulate)
        : ILaneBody
    {
        [MethodImpl(MethodImplOptions.NoInlining)]
        public void Run<L>(int piece) where L : struct, ILane<L>
        {
            int width = shape.Image.Width, end = Math.Min(shape.Planes, (piece + 1) * shape.PlanesInPiece);
            for (int plane = piece * shape.PlanesInPiece; plane < end; plane++)
            {
                float* image = dx + (long)plane * shape.Image.Area, resized = dy + (long)plane * shape.Resized.Area;
                if (shape.IsDoubling)
                {
                    for (int h = 0; h < shape.Image.Height; h++)
                        LaneLoop.Run<L, SquareSumStep>(
                            new(resized + 4 * h * width, 2 * width, image + h * width, 1, accumulate), 0, width);
                    continue;
                }
                if (!accumulate)
                    new Span<float>(image, shape.Image.Area).Clear();
                for (int i = 0; i < shape.Resized.Height; i++)
                    SendRow(resized + i * shape.Resized.Width, new(shape.Row(i)), image);
            }
        }

        private void SendRow(float* gradient, in Source row, float* image)
        {
            float* above = image + row.First * shape.Image.Width, below = image + row.Second * shape.Image.Width;
            for (int j = 0; j < shape.Resized.Width; j++)
            {
                Source c = columns[j];
                float top = row.Rest * gradient[j], bottom = row.Share * gradient[j];
                above[c.First] += c.Rest * top;
                above[c.Second] += c.Share * top;
                below[c.First] += c.Rest * bottom;
                below[c.Second] += c.Share * bottom;
            }
        }
    }
}
