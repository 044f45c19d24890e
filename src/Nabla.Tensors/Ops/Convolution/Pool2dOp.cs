using Nabla.Numerics.Kernels;

namespace Nabla.Tensors.Ops;

/// <summary>A number for each window of an image, x [B, C, H, W] → y [B, C, OH, OW].</summary>
public abstract class Pool2dOp : Op
{
    private protected Pool2dOp(Tensor x, PoolShape shape) : base(x) => (X, Sizes) = (x, shape);

    /// <inheritdoc/>
    protected internal override bool ReadsInputs => false;

    /// <inheritdoc/>
    protected internal override bool ReadsResult => false;

    private protected Tensor X { get; }

    private protected PoolShape Sizes { get; }

    private protected Shape Result => [X.Shape[0], X.Shape[1], Sizes.Output.Height, Sizes.Output.Width];
}
