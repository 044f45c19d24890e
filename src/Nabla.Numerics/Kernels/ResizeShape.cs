namespace Nabla.Numerics.Kernels;

/// <summary>Where a resized image takes its numbers from.</summary>
public enum ResizeMode
{
    /// <summary>From one pixel: ⌊i·size/resized⌋.</summary>
    Nearest,

    /// <summary>
    /// Between the two nearest in each direction: at (i + 1/2)·size/resized − 1/2, from 0, so that the corners of the
    /// images, not of the pixels, lie on one another (PyTorch's <c>align_corners=False</c>).
    /// </summary>
    Bilinear,
}

/// <summary>The sizes of a resize: every plane [H, W] of x becomes one of y.</summary>
/// <param name="Planes">How many planes, images times channels.</param>
/// <param name="Image">H and W, at least 1.</param>
/// <param name="Resized">Those of y, at least 1.</param>
/// <param name="Mode">Where y takes its numbers from.</param>
public readonly record struct ResizeShape(int Planes, Size2d Image, Size2d Resized, ResizeMode Mode)
{
    internal bool IsDoubling => Mode == ResizeMode.Nearest && Resized == (2 * Image.Height, 2 * Image.Width);

    internal int PlanesInPiece => Math.Max(1, (1 << 14) / Math.Max(Image.Area, Resized.Area));

    internal int Pieces => Cuts.Count(Planes, PlanesInPiece);

    internal ResizeSource Row(int i) => ResizeSource.Of(Mode, i, Image.Height, Resized.Height);

    internal ResizeSource Column(int j) => ResizeSource.Of(Mode, j, Image.Width, Resized.Width);

    internal void Validate(int x, int y)
    {
        if (Planes < 0 || Math.Min(Image.Height, Image.Width) < 1 || Math.Min(Resized.Height, Resized.Width) < 1)
            throw new ArgumentException($"Resize: {Image} to {Resized}: an image needs at least one pixel.");
        Require.Length("Resize", x, (Int128)Planes * Image.LongArea);
        Require.Length("Resize", y, (Int128)Planes * Resized.LongArea);
    }
}

/// <summary>The two places that a place of the resized image lies between, and the share of the second.</summary>
/// <param name="First">The nearer to 0.</param>
/// <param name="Second">The next, or the same at the edge.</param>
/// <param name="Share">0 … 1.</param>
public readonly record struct ResizeSource(int First, int Second, double Share)
{
    /// <summary>For place <paramref name="i"/> of <paramref name="resized"/>, in an image of so many.</summary>
    public static ResizeSource Of(ResizeMode mode, int i, int size, int resized)
    {
        if (mode == ResizeMode.Nearest)
        {
            int nearest = (int)((long)i * size / resized);
            return new(nearest, nearest, 0);
        }
        double at = Math.Max(0, (i + 0.5) * size / resized - 0.5);
        int first = (int)at;
        return new(first, Math.Min(first + 1, size - 1), at - first);
    }
}
