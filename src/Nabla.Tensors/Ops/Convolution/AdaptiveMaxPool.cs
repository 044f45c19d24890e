using Nabla.Numerics.Kernels;

namespace Nabla.Tensors.Ops;

/// <summary>Largest numbers of windows that divide an image into as many parts as are asked for.</summary>
public static class AdaptiveMaxPoolExtensions
{
    extension(Tensor x)
    {
        /// <summary>
        /// The largest of each of OH·OW parts of an image, [B, C, H, W] → [B, C, OH, OW]; part i reaches from ⌊iH/OH⌋
        /// to ⌈(i + 1)H/OH⌉. Its gradient goes to the first that is largest.
        /// </summary>
        /// <exception cref="ArgumentException">x is no batch of images with pixels, or a size is below 1.</exception>
        /// <example><code>
        /// new Tensor([1f, 2f, 3f, 6f], [1, 1, 2, 2]).AdaptiveMaxPool2d((1, 2));   // = [3, 6]
        /// </code></example>
        public Tensor AdaptiveMaxPool2d(Size2d size)
        {
            AdaptiveParts.Check("AdaptiveMaxPool2d", x, size);
            Shape result = x.Shape.With(2, size.Height).With(3, size.Width);
            return x.Take(AdaptiveParts.Largest(x, size), result);
        }

        /// <summary>The largest of each of OL parts of a line, [B, C, L] → [B, C, OL].</summary>
        /// <exception cref="ArgumentException">x is not [B, C, L] with elements, or the size is below 1.</exception>
        /// <example><code>
        /// new Tensor([1f, 2f, 6f], [1, 1, 3]).AdaptiveMaxPool1d(2);   // = [2, 6]
        /// </code></example>
        public Tensor AdaptiveMaxPool1d(int size) =>
            PoolSizes.AsImage("AdaptiveMaxPool1d", x).AdaptiveMaxPool2d((1, size)).Squeeze(2);
    }
}
