using Nabla.Numerics;

namespace Nabla.Tensors.Ops;

/// <summary>The leaky ReLU with a random slope.</summary>
public static class RReluExtensions
{
    extension(Tensor x)
    {
        /// <summary>
        /// Randomised leaky ReLU: y = x for x &gt; 0, else r·x with r uniform in [low, high) for each element; for
        /// evaluation use <c>LeakyRelu((low + high)/2)</c>. Xu et al. 2015, arXiv:1505.00853.
        /// </summary>
        /// <exception cref="ArgumentOutOfRangeException">The bounds are no range.</exception>
        /// <example><code>
        /// new Tensor([-2f, 3f]).RRelu(new Rng(1), 0.5f, 0.5f);   // = [-1, 3]
        /// </code></example>
        public Tensor RRelu(Rng rng, float low = 1 / 8f, float high = 1 / 3f) =>
            x.PRelu(Tensor.Uniform(x.Shape, low, high, rng));
    }
}
