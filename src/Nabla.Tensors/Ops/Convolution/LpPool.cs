using Nabla.Numerics.Kernels;

namespace Nabla.Tensors.Ops;

/// <summary>Pooling by the p-norm of each window.</summary>
public static class LpPoolExtensions
{
    extension(Tensor x)
    {
        /// <summary>
        /// (Σ xᵖ)^(1/p) of each window, [B, C, H, W] → [B, C, OH, OW]; p = 1 is sum pooling, large p comes near max
        /// pooling. As in PyTorch the powers keep their sign, and a negative sum counts as 0.
        /// </summary>
        /// <exception cref="ArgumentException">p is 0, or the window does not fit.</exception>
        /// <example><code>
        /// new Tensor([3f, 4f], [1, 1, 1, 2]).LpPool2d(2, (1, 2));   // = 5
        /// Math.Sqrt(3 * 3 + 4 * 4);   // = 5
        /// </code></example>
        public Tensor LpPool2d(double p, Size2d kernel, Size2d? stride = null)
        {
            if (p == 0)
                throw new ArgumentOutOfRangeException(nameof(p), "LpPool2d: p = 0 has no root 1/p; give 1, 2, ….");
            Tensor sums = x.Pow(p).AvgPool2d(kernel, stride) * (float)kernel.Area;
            return sums.Relu().Pow(1 / p);
        }

        /// <summary>(Σ xᵖ)^(1/p) of each window of a line, [B, C, L] → [B, C, OL].</summary>
        /// <exception cref="ArgumentException">p is 0, or the window does not fit.</exception>
        /// <example><code>
        /// new Tensor([3f, 4f], [1, 1, 2]).LpPool1d(2, 2);   // = 5
        /// </code></example>
        public Tensor LpPool1d(double p, int kernel, int? stride = null) =>
            PoolSizes.AsImage("LpPool1d", x).LpPool2d(p, (1, kernel), (1, stride ?? kernel)).Squeeze(2);
    }
}
