using Nabla.Numerics.Kernels;

namespace Nabla.Tensors.Ops;

/// <summary>Means over windows that divide an image into as many parts as are asked for.</summary>
public static class AdaptiveAvgPoolExtensions
{
    extension(Tensor x)
    {
        /// <summary>
        /// The mean of each of OH·OW parts of an image, [B, C, H, W] → [B, C, OH, OW]; part i reaches from ⌊iH/OH⌋ to
        /// ⌈(i + 1)H/OH⌉. As a product y = A·x·Bᵀ with the parts' shares in A and B.
        /// </summary>
        /// <exception cref="ArgumentException">x is no batch of images with pixels, or a size is below 1.</exception>
        /// <example><code>
        /// new Tensor([1f, 2f, 3f, 6f], [1, 1, 2, 2]).AdaptiveAvgPool2d(1);   // = 3
        /// </code></example>
        public Tensor AdaptiveAvgPool2d(Size2d size)
        {
            AdaptiveParts.Check("AdaptiveAvgPool2d", x, size);
            Tensor rows = AdaptiveParts.Shares(x.Shape[2], size.Height);
            Tensor columns = AdaptiveParts.Shares(x.Shape[3], size.Width);
            return rows.MatMul(x).MatMul(columns.Transpose(0, 1));
        }

        /// <summary>The mean of each of OL parts of a line, [B, C, L] → [B, C, OL].</summary>
        /// <exception cref="ArgumentException">x is not [B, C, L] with elements, or the size is below 1.</exception>
        /// <example><code>
        /// new Tensor([1f, 2f, 6f], [1, 1, 3]).AdaptiveAvgPool1d(2);   // = [1.5, 4]
        /// </code></example>
        public Tensor AdaptiveAvgPool1d(int size) =>
            PoolSizes.AsImage("AdaptiveAvgPool1d", x).AdaptiveAvgPool2d((1, size)).Squeeze(2);
    }
}
