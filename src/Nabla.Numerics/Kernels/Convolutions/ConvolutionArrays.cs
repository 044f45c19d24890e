namespace Nabla.Numerics.Kernels.Convolutions;

/// <summary>Where the arrays of a convolution lie.</summary>
internal unsafe struct ConvolutionArrays
{
    /// <summary>[B, C, H, W].</summary>
    public float* X;

    /// <summary>The weights, in whatever layout the product wants.</summary>
    public float* Weights;

    /// <summary>[O], or null for none.</summary>
    public float* Bias;

    /// <summary>[B, O, OH, OW].</summary>
    public float* Y;
}
