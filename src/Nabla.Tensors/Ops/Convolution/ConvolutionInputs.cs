using Nabla.Numerics.Kernels;

namespace Nabla.Tensors.Ops;

/// <summary>What a convolution, or a transposed one, is applied to.</summary>
internal readonly record struct ConvolutionInputs(Tensor X, Tensor Weight, Tensor? Bias)
{
    /// <summary>The tensors that there are.</summary>
    public Tensor[] ToArray() => Bias is null ? [X, Weight] : [X, Weight, Bias];

    /// <summary>
    /// Their gradients. Transposed: the sizes are those of the convolution that goes the other way, from y to x.
    /// </summary>
    public void AddGradients(Gradients gradients, Tensor dy, in ConvolutionShape sizes, bool transposed)
    {
        if (gradients.Wants(X))
        {
            GradientSlot dx = gradients.Slot(X);
            ConvolutionShape shape = sizes with { Accumulate = dx.Accumulate };
            ReadOnlySpan<float> weights = Weight.Dense().AsSpan();
            if (transposed)
                ConvolutionKernel.Forward(shape, dy.AsSpan(), weights, default, dx.Span);
            else
                ConvolutionKernel.BackwardInput(shape, dy.AsSpan(), weights, default, dx.Span);
        }
        if (gradients.Wants(Weight))
        {
            GradientSlot dw = gradients.Slot(Weight);
            ReadOnlySpan<float> x = X.Dense().AsSpan();
            ConvolutionKernel.BackwardWeights(
                sizes with { Accumulate = dw.Accumulate }, transposed ? dy.AsSpan() : x, transposed ? x : dy.AsSpan(),
                dw.Span);
        }
        if (Bias is not null && gradients.Wants(Bias))
            AddChannelSums(dy, gradients.Slot(Bias));
    }

    /// <summary>Σ over images and pixels of dy [B, C, …]: the sum of each plane, then of the images in order.</summary>
    private static void AddChannelSums(Tensor dy, in GradientSlot slot)
    {
        Tensor planes = Tensor.Uninitialized([dy.Shape[0], dy.Shape[1]]);
        Elementwise.SumRows(dy.AsSpan(), planes.Count == 0 ? 0 : dy.Count / planes.Count, planes.Writable());
        Elementwise.SumColumns(planes.AsSpan(), slot.Span, slot.Accumulate);
    }
}
