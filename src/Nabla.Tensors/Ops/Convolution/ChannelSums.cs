using Nabla.Numerics.Kernels;

namespace Nabla.Tensors.Ops;

/// <summary>The gradient of a number for each channel that was added to [B, C, …].</summary>
internal static class ChannelSums
{
    /// <summary>Σ over images and pixels of dy [B, C, …]: the sum of each plane, then of the images in order.</summary>
    public static void Add(Tensor dy, in GradientSlot slot)
    {
        Tensor planes = Tensor.Uninitialized([dy.Shape[0], dy.Shape[1]]);
        Elementwise.SumRows(dy.AsSpan(), planes.Count == 0 ? 0 : dy.Count / planes.Count, planes.Writable());
        Elementwise.SumColumns(planes.AsSpan(), slot.Span, slot.Accumulate);
    }
}
