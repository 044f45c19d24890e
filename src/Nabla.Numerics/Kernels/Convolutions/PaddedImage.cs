using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Nabla.Numerics.Lanes;

namespace Nabla.Numerics.Kernels.Convolutions;

/// <summary>
/// A copy of some rows of an image with its zeros around it, laid out so that what a kernel's place sees for
/// neighbouring outputs lies next to each other. Then every convolution, whatever its stride and dilation, reads whole
/// registers: x for output (i, j) and place (c, u, v) lies at <see cref="OfPlace"/> + <see cref="OfPixel"/>.
/// </summary>
/// <remarks>
/// With a stride of s, neighbouring outputs look at every s-th pixel. So each padded row is kept as s parts: the pixels
/// 0, s, 2s, …, then 1, s + 1, …. A place of the kernel stays within one part while the output moves along the row.
/// </remarks>
internal unsafe struct PaddedImage
{
    /// <summary>So far beyond its last number a row may be read: two registers, one of them two to the right.</summary>
    private const int Slack = 3 * 16;

    private readonly Size2d image;
    private readonly Size2d stride;
    private readonly Size2d dilation;
    private readonly int top;
    private readonly int left;
    private readonly int rows;
    private readonly int phaseWidth;

    /// <summary>What the outputs of rows <paramref name="band"/> see of some channels of one image.</summary>
    public PaddedImage(in ConvolutionShape shape, (int Start, int End) band)
    {
        (image, stride, dilation) = (shape.Image, shape.Stride, shape.Dilation);
        top = shape.Padding.Height - band.Start * stride.Height;
        left = shape.Padding.Width;
        rows = (band.End - 1 - band.Start) * stride.Height + (shape.Kernel.Height - 1) * dilation.Height + 1;
        int columns = (shape.Output.Width - 1) * stride.Width + (shape.Kernel.Width - 1) * dilation.Width + 1;
        phaseWidth = Cuts.Count(columns, stride.Width);
    }

    /// <summary>Where the copy lies; set by the caller.</summary>
    public float* Memory { get; set; }

    /// <summary>From a row to the next.</summary>
    public readonly int RowStep => phaseWidth * stride.Width;

    /// <summary>From a channel to the next.</summary>
    public readonly int PlaneStep => rows * RowStep;

    /// <summary>The memory for so many channels; a register may be read beyond the last number.</summary>
    public readonly long Floats(int channels) => (long)channels * PlaneStep + Slack;

    /// <summary>Where a place of the kernel lies, for output (0, 0) of the band.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly int OfPlace(int u, int v)
    {
        int column = v * dilation.Width;
        return u * dilation.Height * RowStep + column % stride.Width * phaseWidth + column / stride.Width;
    }

    /// <summary>What an output adds to that; its row counts from the band's first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly int OfPixel(int row, int column) => row * stride.Height * RowStep + column;

    /// <summary>Copies channels of x [C, H, W] in.</summary>
    public readonly void Fill(float* x, int channels)
    {
        float* target = Memory;
        for (int c = 0; c < channels; c++)
            for (int row = 0; row < rows; row++, target += RowStep)
            {
                int from = row - top;
                if ((uint)from >= (uint)image.Height)
                    new Span<float>(target, RowStep).Clear();
                else
                    FillRow(
                        x + ((long)c * image.Height + from) * image.Width,
                        c + 1 < channels || from + 1 < image.Height, target);
            }
        new Span<float>(target, Slack).Clear();
    }

    /// <summary>
    /// The opposite: y [C, H, W] = what lies inside the image, or y += … if accumulating. Rows that no output sees are
    /// missing here; they become <paramref name="outside"/> of the channel.
    /// </summary>
    public readonly void Read(int channels, float* y, float* outside, bool accumulate)
    {
        int seen = Math.Clamp(RowStep - left, 0, image.Width);
        for (int c = 0; c < channels; c++)
        {
            float missing = outside == null ? 0 : outside[c];
            for (int h = 0; h < image.Height; h++, y += image.Width)
            {
                int count = (uint)(h + top) < (uint)rows ? seen : 0;
                ReadRow(Memory + (long)c * PlaneStep + (long)(h + top) * RowStep, count, y, accumulate);
                for (int w = count; w < image.Width; w++)
                    y[w] = accumulate ? y[w] + missing : missing;
            }
        }
    }

    private readonly void ReadRow(float* row, int count, float* y, bool accumulate)
    {
        if (stride.Width == 1 && !accumulate)
        {
            new ReadOnlySpan<float>(row + left, count).CopyTo(new Span<float>(y, count));
            return;
        }

        int w = 0;
        if (stride.Width == 2)
        {
            float* even = row + left % 2 * phaseWidth + left / 2;
            float* odd = row + (left + 1) % 2 * phaseWidth + (left + 1) / 2;
            Widest.RunRow(new JoinStep(even, odd, y, accumulate), count / 2);
            w = count / 2 * 2;
        }
        for (; w < count; w++)
        {
            float value = row[(w + left) % stride.Width * phaseWidth + (w + left) / stride.Width];
            y[w] = accumulate ? y[w] + value : value;
        }
    }

    /// <summary>A row; whether more numbers follow tells whether one beyond it may be read.</summary>
    private readonly void FillRow(float* x, bool moreFollows, float* target)
    {
        if (stride.Width == 1)
        {
            int first = Math.Min(left, RowStep), count = Math.Clamp(RowStep - left, 0, image.Width);
            Clear(target, first);
            Copy(x, count, target + first);
            Clear(target + first + count, RowStep - first - count);
            return;
        }

        for (int phase = 0; phase < stride.Width; phase++, target += phaseWidth)
        {
            // target[i] = x[i·stride + phase − left] where that is a pixel
            int first = FirstFrom(left - phase), end = FirstFrom((long)left - phase + image.Width), i = first;
            float* from = x + phase - left;
            Clear(target, first);
            if (stride.Width == 2)
            {
                i = moreFollows ? end : Math.Max(first, end - 1);
                Widest.RunRow(new SplitStep(from + 2 * first, target + first), i - first);
            }
            for (; i < end; i++)
                target[i] = from[i * stride.Width];
            Clear(target + end, phaseWidth - end);
        }
    }

    /// <summary>The first number of a phase whose pixel is not before this one.</summary>
    private readonly int FirstFrom(long pixel) =>
        (int)Math.Clamp((pixel + stride.Width - 1) / stride.Width, 0, phaseWidth);

    // Rows are short and many, so a call into the library for each would take longer than the copying. The last
    // register overlaps the one before.
    private static void Copy(float* from, int count, float* to)
    {
        if (count >= Vector512<float>.Count)
        {
            int last = count - Vector512<float>.Count;
            for (int i = 0; i < last; i += Vector512<float>.Count)
                Vector512.Load(from + i).Store(to + i);
            Vector512.Load(from + last).Store(to + last);
        }
        else if (count >= Vector256<float>.Count)
        {
            Vector256.Load(from).Store(to);
            Vector256.Load(from + count - Vector256<float>.Count).Store(to + count - Vector256<float>.Count);
        }
        else if (count >= Vector128<float>.Count)
        {
            Vector128.Load(from).Store(to);
            Vector128.Load(from + count - Vector128<float>.Count).Store(to + count - Vector128<float>.Count);
        }
        else
        {
            for (int i = 0; i < count; i++)
                to[i] = from[i];
        }
    }

    private static void Clear(float* target, int count)
    {
        for (int i = 0; i < count; i++)
            target[i] = 0;
    }

    /// <summary>Every second number of a row.</summary>
    private readonly struct SplitStep(float* x, float* firsts) : ILaneStep
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step<L>(int i, int count) where L : struct, ILane<L> =>
            L.Store(Pairs.LoadFirsts<L>(x + 2 * i, count), firsts + i, count);
    }

    /// <summary>The opposite, from both halves.</summary>
    private readonly struct JoinStep(float* even, float* odd, float* y, bool accumulate) : ILaneStep
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step<L>(int i, int count) where L : struct, ILane<L> =>
            Pairs.Store(L.Load(even + i, count), L.Load(odd + i, count), y + 2 * i, count, accumulate);
    }
}
