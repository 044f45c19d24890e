using Nabla.Tensors.Ops;

namespace Nabla.Learning.Layers;

/// <summary>Settings of a convolution layer: how the kernel moves, and whether there is a bias.</summary>
public sealed record ConvOptions : ConvolutionOptions
{
    /// <summary>Whether a learned number is added to each channel.</summary>
    public bool Bias { get; init; } = true;
}
