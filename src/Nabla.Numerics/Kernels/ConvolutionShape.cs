namespace Nabla.Numerics.Kernels;

/// <summary>
/// The sizes of a convolution: x [B, C, H, W], weight [O, C/G, KH, KW], y [B, O, OH, OW], all dense.
/// y(b, o, i, j) = Σ w(o, c, u, v) · x(b, c, i·stride + u·dilation − padding, …) over the channels c of o's group and
/// the places (u, v) of the kernel; x is 0 outside the image.
/// </summary>
/// <param name="Batch">B, the number of images.</param>
/// <param name="InChannels">C.</param>
/// <param name="OutChannels">O.</param>
/// <param name="Image">H and W.</param>
/// <param name="Kernel">KH and KW.</param>
public readonly record struct ConvolutionShape(
    int Batch, int InChannels, int OutChannels, Size2d Image, Size2d Kernel)
{
    /// <summary>How far the kernel moves from one output to the next, at least 1.</summary>
    public Size2d Stride { get; init; } = 1;

    /// <summary>Zeros around the image, on each side.</summary>
    public Size2d Padding { get; init; } = 0;

    /// <summary>From one place of the kernel to the next, at least 1.</summary>
    public Size2d Dilation { get; init; } = 1;

    /// <summary>G: channels are cut into so many parts, each with its own inputs, outputs and weights.</summary>
    public int Groups { get; init; } = 1;

    /// <summary>Adds to what the result holds instead of overwriting it.</summary>
    public bool Accumulate { get; init; }

    /// <summary>
    /// OH and OW: ⌊(H + 2·padding − dilation·(KH − 1) − 1)/stride⌋ + 1; 0 where the kernel does not fit.
    /// </summary>
    public Size2d Output => new(
        Steps(Image.Height, Kernel.Height, Stride.Height, Padding.Height, Dilation.Height),
        Steps(Image.Width, Kernel.Width, Stride.Width, Padding.Width, Dilation.Width));

    internal int GroupInputs => InChannels / Groups;

    internal int GroupOutputs => OutChannels / Groups;

    /// <summary>Weights of one output: products that are summed for a pixel.</summary>
    internal int Depth => GroupInputs * Kernel.Area;

    /// <summary>
    /// Whether a plane of x with its padding, as far as the outputs see it, fits into an array: even a tiny image may
    /// have a huge padding.
    /// </summary>
    internal bool IsPlaneAddressable =>
        (Int128)Seen(Output.Height, Kernel.Height, Stride.Height, Dilation.Height)
        * (Seen(Output.Width, Kernel.Width, Stride.Width, Dilation.Width) + Stride.Width) <= Array.MaxLength;

    private Int128 InputLength => (Int128)Batch * InChannels * Image.LongArea;

    private Int128 OutputLength => (Int128)Batch * OutChannels * Output.LongArea;

    private Int128 WeightLength => (Int128)OutChannels * GroupInputs * Kernel.LongArea;

    private static int Steps(int size, int kernel, int stride, int padding, int dilation)
    {
        long room = size + 2L * padding - (long)dilation * (kernel - 1) - 1;
        return room < 0 ? 0 : (int)Math.Min(room / stride + 1, int.MaxValue);
    }

    /// <summary>Pixels from the first to the last that the outputs see.</summary>
    private static long Seen(int outputs, int kernel, int stride, int dilation) =>
        (outputs - 1L) * stride + (kernel - 1L) * dilation + 1;

    /// <summary>Throws unless the sizes are possible and the three arrays have the lengths that they ask for.</summary>
    internal void Validate(int x, int weight, int y)
    {
        if (Batch < 0 || InChannels < 0 || OutChannels < 0 || Image.Height < 0 || Image.Width < 0)
            throw new ArgumentException($"Convolution: a size is negative in {this}.");
        if (Groups < 1 || InChannels % Groups != 0 || OutChannels % Groups != 0)
            throw new ArgumentException(
                $"Convolution: {Groups} groups do not divide {InChannels} inputs and {OutChannels} outputs.");
        if (Least(Kernel) < 1 || Least(Stride) < 1 || Least(Dilation) < 1 || Least(Padding) < 0)
            throw new ArgumentException(
                $"Convolution: kernel {Kernel}, stride {Stride} and dilation {Dilation} must be at least 1, " +
                $"and padding {Padding} at least 0.");
        Require.Length("Convolution", x, InputLength);
        Require.Length("Convolution", weight, WeightLength);
        Require.Length("Convolution", y, OutputLength);
        if (!IsPlaneAddressable)
            throw new ArgumentException(
                $"Convolution: the image {Image} with padding {Padding}, as a kernel of {Kernel} with dilation " +
                $"{Dilation} and stride {Stride} sees it, has more pixels than an array can hold; use less of them.");
    }

    private static int Least(Size2d size) => Math.Min(size.Height, size.Width);
}
