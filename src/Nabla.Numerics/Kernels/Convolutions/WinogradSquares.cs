using Nabla.Numerics.Lanes;

namespace Nabla.Numerics.Kernels.Convolutions;

/// <summary>Some rows of squares of one image: <see cref="Count"/> rows from <see cref="First"/>.</summary>
internal readonly record struct WinogradBand(int Item, int First, int Count);

/// <summary>
/// The squares of 4×4 outputs of a 3×3 convolution: rows of squares, those of one image after those of another, so that
/// any number of them can be worked on at a time.
/// </summary>
/// <remarks>
/// The transformations work on registers of channels, but in an image the channels of a pixel lie far apart. So some
/// rows of as many channels as a register has lanes are turned, [channels, pixels] to [pixels, channels], before or
/// after. Whatever the size of the image, registers are then full.
/// </remarks>
internal readonly unsafe struct WinogradSquares(ConvolutionShape shape)
{
    private const int Outputs = WinogradTiles.Outputs;

    private readonly ConvolutionShape shape = shape;

    /// <summary>Rows of squares of an image.</summary>
    public int Height { get; } = Cuts.Count(shape.Output.Height, Outputs);

    /// <summary>Squares of a row.</summary>
    public int Width { get; } = Cuts.Count(shape.Output.Width, Outputs);

    /// <summary>Rows of all images.</summary>
    public int Rows => shape.Batch * Height;

    /// <summary>Channels as a whole number of registers.</summary>
    public static int Padded<L>(int channels) where L : struct, ILane<L> => Cuts.Count(channels, L.Count) * L.Count;

    /// <summary>
    /// From a place to the next where each takes so many floats: whole cache lines and an odd number of them, else the
    /// 36 places of a square compete for the same few places of a cache.
    /// </summary>
    public static long PlaceStep(long floats) => ((floats + 15) / 16 | 1) * 16;

    /// <summary>Memory for turned rows of pixels or outputs that belong to so many rows of squares.</summary>
    public long TurnedFloats<L>(int rows) where L : struct, ILane<L> =>
        ((long)Outputs * Math.Min(rows, Height) + 2) * Math.Max(shape.Image.Width, shape.Output.Width) * L.Count;

    /// <summary>The rows from <paramref name="row"/> on that belong to the same image and lie before the end.</summary>
    public WinogradBand BandAt(int row, int end) =>
        new(row / Height, row % Height, Math.Min(end - row, Height - row % Height));

    /// <summary>V of some rows of squares and all channels.</summary>
    public void See<L>(float* x, (int Start, int End) rows, float* turned, WinogradSums target)
        where L : struct, ILane<L>
    {
        for (int row = rows.Start; row < rows.End;)
        {
            WinogradBand band = BandAt(row, rows.End);
            for (int c = 0; c < shape.InChannels; c += L.Count)
            {
                Turn<L>(x, (shape.InChannels, shape.Image), (band.Item, c),
                    (Outputs * band.First - shape.Padding.Height, Outputs * band.Count + 2), turned);
                SeeBand<L>(turned, band.Count, target.At(row - rows.Start, Width, c));
            }
            row += band.Count;
        }
    }

    private void SeeBand<L>(float* turned, int rows, WinogradSums target) where L : struct, ILane<L>
    {
        nint rowStep = (nint)shape.Image.Width * L.Count;
        float* to = target.First;
        for (int i = 0; i < rows; i++, turned += Outputs * rowStep)
            for (int j = 0; j < Width; j++, to += target.SquareStep)
            {
                int left = Outputs * j - shape.Padding.Width;
                (int, int) columns = (Math.Max(0, -left), Math.Min(WinogradTiles.Side, shape.Image.Width - left));
                WinogradTiles.Pixels<L>(turned + (nint)left * L.Count, rowStep, columns, to, (nint)target.PlaceStep);
            }
    }

    /// <summary>A square's outputs in the turned rows of a band.</summary>
    public WinogradPixels OutputsOf<L>(float* turned, WinogradBand band, (int Row, int Column) square)
        where L : struct, ILane<L>
    {
        Size2d size = shape.Output;
        return new(
            turned + ((nint)Outputs * square.Row * size.Width + Outputs * square.Column) * L.Count,
            (nint)size.Width * L.Count,
            Math.Min(Outputs, size.Height - Outputs * (band.First + square.Row)),
            Math.Min(Outputs, size.Width - Outputs * square.Column));
    }

    /// <summary>
    /// Rows of a register's channels of an array [B, C, H, W], to [rows, W, lanes]; zeros for rows and channels that do
    /// not exist.
    /// </summary>
    public static void Turn<L>(
        float* array, (int Channels, Size2d Size) of, (int Item, int Channel) at, (int First, int Count) rows,
        float* turned) where L : struct, ILane<L>
    {
        int width = of.Size.Width, channels = Math.Min(L.Count, of.Channels - at.Channel);
        int start = Math.Clamp(rows.First, 0, of.Size.Height);
        int end = Math.Clamp(rows.First + rows.Count, start, of.Size.Height);
        int above = start == end ? rows.Count : start - rows.First, below = rows.Count - above - (end - start);
        new Span<float>(turned, above * width * L.Count).Clear();
        float* seen = turned + (nint)above * width * L.Count;
        if (channels < L.Count)
            new Span<float>(seen, (end - start) * width * L.Count).Clear();
        float* from = array + ((long)at.Item * of.Channels + at.Channel) * of.Size.Area + (long)start * width;
        Transposition.Run(new(from, of.Size.Area), channels, (end - start) * width, new(seen, L.Count));
        new Span<float>(seen + (nint)(end - start) * width * L.Count, below * width * L.Count).Clear();
    }
}

/// <summary>Where numbers [36, squares, channels] lie.</summary>
internal readonly unsafe struct WinogradSums(float* first, long placeStep, int squareStep)
{
    /// <summary>Place 0 of the first square.</summary>
    public readonly float* First = first;

    /// <summary>From one of the 36 places to the next.</summary>
    public readonly long PlaceStep = placeStep;

    /// <summary>From a square to the next.</summary>
    public readonly int SquareStep = squareStep;

    /// <summary>From the first square of a row on, and from a channel on.</summary>
    public WinogradSums At(int row, int rowWidth, int channel) =>
        new(First + (long)row * rowWidth * SquareStep + channel, PlaceStep, SquareStep);
}
