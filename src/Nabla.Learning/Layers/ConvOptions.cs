using Nabla.Tensors;
using Nabla.Tensors.Ops;

namespace Nabla.Learning.Layers;

/// <summary>
/// Settings of a convolution layer: how the kernel moves, what is beyond the edges, and whether there is a bias.
/// </summary>
public sealed record ConvOptions : ConvolutionOptions
{
    /// <summary>Whether a learned number is added to each channel.</summary>
    public bool Bias { get; init; } = true;

    /// <summary>
    /// What the padding is made of: zeros, or with other modes the image itself. Not of a transposed one.
    /// </summary>
    public PadMode PaddingMode { get; init; }

    /// <summary>Throws if the padding is not of zeros.</summary>
    internal ConvOptions OnlyZeros(string owner) => PaddingMode == PadMode.Constant
        ? this
        : throw new ArgumentException($"{owner}: PaddingMode {PaddingMode} is none of a transposed convolution.");

    /// <summary>
    /// x with the padding that is not of zeros around it, and what is left for the convolution to do.
    /// </summary>
    internal (Tensor X, ConvOptions Options) Pad(Tensor x, bool line)
    {
        if (PaddingMode == PadMode.Constant || (Padding.Width == 0 && (line || Padding.Height == 0)))
            return (x, this);
        Tensor padded = line
            ? x.Pad([Padding.Width, Padding.Width], PaddingMode)
            : x.Pad([Padding.Width, Padding.Width, Padding.Height, Padding.Height], PaddingMode);
        return (padded, this with { Padding = 0 });
    }
}
