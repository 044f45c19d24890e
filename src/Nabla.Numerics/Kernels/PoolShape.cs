namespace Nabla.Numerics.Kernels;

/// <summary>
/// The sizes of pooling: every plane [H, W] of x becomes one of y [OH, OW], a number for each window.
/// </summary>
/// <param name="Planes">How many planes, images times channels.</param>
/// <param name="Image">H and W.</param>
/// <param name="Window">The size of the window.</param>
/// <param name="Stride">How far it moves, at least 1.</param>
/// <param name="Padding">Places around the image, at most half the window.</param>
public readonly record struct PoolShape(int Planes, Size2d Image, Size2d Window, Size2d Stride, Size2d Padding)
{
    /// <summary>OH and OW: ⌊(H + 2·padding − window)/stride⌋ + 1; 0 where the window does not fit.</summary>
    public Size2d Output => new ConvolutionShape(1, 1, 1, Image, Window) { Stride = Stride, Padding = Padding }.Output;

    /// <summary>Squares of 2×2 that do not overlap, by far the most common windows.</summary>
    internal bool IsHalving => Window == 2 && Stride == 2 && Padding == 0;

    /// <summary>Planes that make up a piece of work.</summary>
    internal int PlanesInPiece => Math.Max(1, (1 << 14) / Math.Max(1, Image.Area));

    internal int Pieces => Cuts.Count(Planes, PlanesInPiece);

    /// <summary>The planes of a piece.</summary>
    internal (int Start, int End) PlanesOf(int piece) =>
        (piece * PlanesInPiece, Math.Min(Planes, (piece + 1) * PlanesInPiece));

    /// <summary>The part of the image under a window, in one direction.</summary>
    internal static (int Start, int End) Under(int output, (int Window, int Stride, int Padding) along, int size)
    {
        int start = output * along.Stride - along.Padding;
        return (Math.Max(0, start), (int)Math.Min(size, (long)start + along.Window));
    }

    internal (int Start, int End) Rows(int output) =>
        Under(output, (Window.Height, Stride.Height, Padding.Height), Image.Height);

    internal (int Start, int End) Columns(int output) =>
        Under(output, (Window.Width, Stride.Width, Padding.Width), Image.Width);

    internal void Validate(string operation, int x, int y)
    {
        if (Planes < 0 || Math.Min(Image.Height, Image.Width) < 0)
            throw new ArgumentException($"{operation}: a size is negative in {this}.");
        if (Math.Min(Window.Height, Window.Width) < 1 || Math.Min(Stride.Height, Stride.Width) < 1)
            throw new ArgumentException($"{operation}: window {Window} and stride {Stride} must be at least 1.");
        if (Math.Min(Padding.Height, Padding.Width) < 0
            || 2L * Padding.Height > Window.Height || 2L * Padding.Width > Window.Width)
            throw new ArgumentException(
                $"{operation}: padding {Padding} must be at least 0 and at most half the window {Window}.");
        Require.Length(operation, x, (Int128)Planes * Image.LongArea);
        Require.Length(operation, y, (Int128)Planes * Output.LongArea);
        if (x == 0 && y > 0)
            throw new ArgumentException($"{operation}: an image of {Image} has no pixels to pool.");
    }
}
