namespace Nabla.Tensors.Ops;

/// <summary>Channels as pixels, pixels as channels, and channels in another order.</summary>
public static class PixelShuffleExtensions
{
    extension(Tensor x)
    {
        /// <summary>
        /// r² channels as r×r pixels: [B, C·r², H, W] → [B, C, H·r, W·r]. Shi et al. 2016, arXiv:1609.05158.
        /// </summary>
        /// <exception cref="ArgumentException">x is no batch of images, or r² does not divide the channels.</exception>
        /// <example><code>
        /// new Tensor([1f, 2f, 3f, 4f], [1, 4, 1, 1]).PixelShuffle(2).Shape;   // = [1, 1, 2, 2]
        /// </code></example>
        public Tensor PixelShuffle(int r)
        {
            if (x.Rank != 4 || r < 1 || x.Shape[1] % (r * r) != 0)
                throw new ArgumentException(
                    $"PixelShuffle: x {x.Shape} and a factor of {r}; x must be [B, C·r², H, W].");
            (int b, int c, int h, int w) = (x.Shape[0], x.Shape[1] / (r * r), x.Shape[2], x.Shape[3]);
            return x.Reshape(b, c, r, r, h, w).Permute(0, 1, 4, 2, 5, 3).Reshape(b, c, h * r, w * r);
        }

        /// <summary>
        /// r×r pixels as r² channels, the inverse of PixelShuffle: [B, C, H·r, W·r] → [B, C·r², H, W].
        /// </summary>
        /// <exception cref="ArgumentException">x is no batch of images, or r does not divide the sides.</exception>
        /// <example><code>
        /// new Tensor([1f, 2f, 3f, 4f], [1, 1, 2, 2]).PixelUnshuffle(2).Shape;   // = [1, 4, 1, 1]
        /// </code></example>
        public Tensor PixelUnshuffle(int r)
        {
            if (x.Rank != 4 || r < 1 || x.Shape[2] % r != 0 || x.Shape[3] % r != 0)
                throw new ArgumentException(
                    $"PixelUnshuffle: x {x.Shape} and a factor of {r}; x must be [B, C, H·r, W·r].");
            (int b, int c, int h, int w) = (x.Shape[0], x.Shape[1], x.Shape[2] / r, x.Shape[3] / r);
            return x.Reshape(b, c, h, r, w, r).Permute(0, 1, 3, 5, 2, 4).Reshape(b, c * r * r, h, w);
        }

        /// <summary>
        /// The channels of g groups dealt out in turn: channel (i, j) of [B, g·n, …] goes to (j, i). Zhang et al. 2017,
        /// arXiv:1707.01083.
        /// </summary>
        /// <exception cref="ArgumentException">x has no channels, or g does not divide them.</exception>
        /// <example><code>
        /// new Tensor([1f, 2f, 3f, 4f], [1, 4]).ChannelShuffle(2);   // = [1, 3, 2, 4]
        /// </code></example>
        public Tensor ChannelShuffle(int groups)
        {
            if (x.Rank < 2 || groups < 1 || x.Shape[1] % groups != 0)
                throw new ArgumentException(
                    $"ChannelShuffle: x {x.Shape} in {groups} groups; x must be [B, C, …] with C a multiple of them.");
            return x.Unflatten(1, groups, x.Shape[1] / groups).Transpose(1, 2).Flatten(1, 2);
        }
    }
}
