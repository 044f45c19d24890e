namespace Nabla.Numerics.Kernels;

/// <summary>A height and a width, in pixels or in steps of them. A single number stands for both.</summary>
/// <param name="Height">Along the rows of an image.</param>
/// <param name="Width">Along a row.</param>
public readonly record struct Size2d(int Height, int Width)
{
    /// <summary>Height · Width.</summary>
    /// <exception cref="OverflowException">It is larger than an int; see <see cref="LongArea"/>.</exception>
    public int Area => checked(Height * Width);

    /// <summary>Height · Width, whatever they are.</summary>
    public long LongArea => (long)Height * Width;

    /// <summary>The same number in both directions.</summary>
    public static implicit operator Size2d(int side) => new(side, side);

    /// <summary>(height, width).</summary>
    public static implicit operator Size2d((int Height, int Width) size) => new(size.Height, size.Width);

    /// <summary>As people write it: <c>3×5</c>.</summary>
    public override string ToString() => $"{Height}×{Width}";
}
