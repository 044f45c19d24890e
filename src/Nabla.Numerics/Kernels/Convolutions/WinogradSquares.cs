using Nabla.Numerics.Lanes;

namespace Nabla.Numerics.Kernels.Convolutions;

/// <summary>Where the V of some squares go, and where there is room for what they are made from.</summary>
internal readonly unsafe struct WinogradSeen(float* target, int placeStep, float* planes)
{
    /// <summary>V [16, channels, squares].</summary>
    public readonly float* Target = target;

    /// <summary>From one of the 16 places to the next.</summary>
    public readonly int PlaceStep = placeStep;

    /// <summary><see cref="WinogradSquares.PlanesFloats"/> floats.</summary>
    public readonly float* Planes = planes;
}

/// <summary>
/// The 2×2 squares of all outputs of a 3×3 convolution: rows of squares, those of one image after those of another,
/// which are worked on some rows at a time.
/// </summary>
internal readonly unsafe struct WinogradSquares
{
    // What a transformation reads and writes too much.
    private const int Slack = 64;

    private readonly ConvolutionShape shape;

    /// <summary>So many rows in a block; a channel's squares get room for whole panels.</summary>
    public WinogradSquares(in ConvolutionShape shape, int rowsInBlock, int panelWidth)
    {
        this.shape = shape;
        (Height, Width) = Of(shape.Output);
        RowsInBlock = rowsInBlock;
        ChannelStep = Cuts.Count(rowsInBlock * Width, panelWidth) * panelWidth + F32x16.Count;
    }

    /// <summary>Rows of squares of an image.</summary>
    public int Height { get; }

    /// <summary>Squares of a row.</summary>
    public int Width { get; }

    /// <summary>Rows that are worked on at a time.</summary>
    public int RowsInBlock { get; }

    /// <summary>From a channel to the next, with room for what a register brings too much.</summary>
    public int ChannelStep { get; }

    /// <summary>Rows of all images.</summary>
    public int Rows => shape.Batch * Height;

    /// <summary>Memory in which two planes are padded.</summary>
    public int PlanesFloats => Slack + 2 * PlaneFloats;

    private int PlaneFloats => (2 * RowsInBlock + 2) * (shape.Output.Width + 2) + Slack;

    /// <summary>Squares down and across that cover outputs of this size.</summary>
    public static Size2d Of(Size2d outputs) => (Cuts.Count(outputs.Height, 2), Cuts.Count(outputs.Width, 2));

    /// <summary>From a place to the next, for so many channels.</summary>
    /// <remarks>
    /// Not a multiple of 4 KiB, else all 16 places of a square compete for the same few places of the cache.
    /// </remarks>
    public int PlaceStep(int channels) => checked(channels * ChannelStep + F32x16.Count);

    /// <summary>V of some rows and channels.</summary>
    public void See<L>(float* x, (int Start, int End) rows, (int Start, int End) channels, in WinogradSeen seen)
        where L : struct, ILane<L>
    {
        for (int row = rows.Start; row < rows.End;)
        {
            int item = row / Height, first = row % Height, count = Math.Min(rows.End - row, Height - first);
            float* from = x + ((long)item * shape.InChannels + channels.Start) * shape.Image.Area;
            var target = new WinogradSeen(
                seen.Target + (row - rows.Start) * Width, seen.PlaceStep, seen.Planes + Slack);
            See<L>(from, (first, count), channels.End - channels.Start, target);
            row += count;
        }
    }

    /// <summary>The same within one image, a channel after the other.</summary>
    private void See<L>(float* x, (int First, int Count) rows, int channels, in WinogradSeen seen)
        where L : struct, ILane<L>
    {
        var image = new PaddedImage(shape, (2 * rows.First, 2 * (rows.First + rows.Count)));
        float* target = seen.Target;
        for (int c = 0; c <= channels; c++, x += shape.Image.Area)
        {
            // The next plane is copied before this one is read: reading what was just written would wait for it.
            image.Memory = seen.Planes + (c & 1) * PlaneFloats;
            if (c < channels)
                image.Fill(x, 1);
            if (c == 0)
                continue;
            image.Memory = seen.Planes + (~c & 1) * PlaneFloats;
            for (int row = 0; row < rows.Count; row++)
                for (int i = 0; i < Width; i += L.Count)
                    WinogradTiles.Image<L>(
                        image.Memory + 2 * row * image.RowStep + 2 * i, image.RowStep,
                        target + row * Width + i, seen.PlaceStep);
            target += ChannelStep;
        }
    }
}
