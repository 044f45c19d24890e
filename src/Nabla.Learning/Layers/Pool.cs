using Nabla.Numerics.Kernels;

namespace Nabla.Learning.Layers;

/// <summary>A layer that makes one number of each window of a line.</summary>
public abstract class Pool1d : Module
{
    private protected Pool1d(int kernel, int? stride, int padding)
    {
        Kernel = Require.Positive(kernel, GetType().Name);
        Stride = Require.Positive(stride ?? kernel, GetType().Name, nameof(stride));
        Padding = Require.NotNegative(padding, GetType().Name);
    }

    private protected int Kernel { get; }

    private protected int Stride { get; }

    private protected int Padding { get; }
}

/// <summary>A layer that makes one number of each window of an image.</summary>
public abstract class Pool2d : Module
{
    private protected Pool2d(Size2d kernel, Size2d? stride, Size2d padding)
    {
        Kernel = Require.Positive(kernel, GetType().Name);
        Stride = Require.Positive(stride ?? kernel, GetType().Name, nameof(stride));
        Padding = Require.NotNegative(padding, GetType().Name);
    }

    private protected Size2d Kernel { get; }

    private protected Size2d Stride { get; }

    private protected Size2d Padding { get; }
}
