using Nabla.Numerics.Kernels;

namespace Nabla.Tensors.Ops;

/// <summary>
/// How the kernel of a convolution moves. A single number stands for both directions; in one dimension, the widths
/// count.
/// </summary>
public record ConvolutionOptions
{
    /// <summary>Pixels from one output to the next, at least 1.</summary>
    public Size2d Stride { get; init; } = 1;

    /// <summary>Zeros around the image, on each side.</summary>
    public Size2d Padding { get; init; } = 0;

    /// <summary>Pixels from one place of the kernel to the next, at least 1.</summary>
    public Size2d Dilation { get; init; } = 1;

    /// <summary>G: the channels are cut into so many parts that know nothing of one another.</summary>
    public int Groups { get; init; } = 1;

    /// <summary>
    /// For a transposed convolution: rows and columns added below and to the right, less than the stride, because
    /// several sizes of an image have the same size of output.
    /// </summary>
    public Size2d OutputPadding { get; init; } = 0;

    /// <summary>Options that do nothing in height, for images that are lines.</summary>
    internal ConvolutionOptions AlongWidth() => this with
    {
        Stride = (1, Stride.Width),
        Padding = (0, Padding.Width),
        Dilation = (1, Dilation.Width),
        OutputPadding = (0, OutputPadding.Width),
    };

    /// <summary>Throws unless the numbers are possible.</summary>
    /// <exception cref="ArgumentException">
    /// One is out of its range, or the groups do not divide the channels.
    /// </exception>
    public void Validate(string operation, int inputs, int outputs)
    {
        if (Math.Min(Stride.Height, Stride.Width) < 1 || Math.Min(Dilation.Height, Dilation.Width) < 1)
            throw new ArgumentException(
                $"{operation}: stride {Stride} and dilation {Dilation} must be at least 1.");
        if (Math.Min(Padding.Height, Padding.Width) < 0)
            throw new ArgumentException($"{operation}: padding {Padding} is negative; slice the image instead.");
        if (Groups < 1 || inputs % Groups != 0 || outputs % Groups != 0)
            throw new ArgumentException(
                $"{operation}: {Groups} groups do not divide {inputs} input and {outputs} output channels evenly.");
    }
}
