using Nabla.Numerics;

namespace Nabla.Tensors.Ops;

/// <summary>Probabilities that prefer small numbers, and samples of probabilities.</summary>
public static class SoftminExtensions
{
    extension(Tensor x)
    {
        /// <summary>Softmin: y_i = e^(−x_i) / Σ_j e^(−x_j) along <paramref name="dim"/>.</summary>
        /// <exception cref="ArgumentException">There is no such dimension.</exception>
        /// <example><code>
        /// new Tensor([0f, 1f]).Softmin();   // = [0.7311, 0.2689]
        /// 1 / (1 + Math.Exp(-1));   // = 0.7311
        /// </code></example>
        public Tensor Softmin(int dim = -1) => (-x).Softmax(dim);

        /// <summary>
        /// Gumbel softmax: y = softmax((x + g)/τ), g = −log(−log u) with u uniform in (0, 1): near a random one-hot
        /// vector of the distribution softmax(x) for small τ. If <paramref name="hard"/> it is that vector, with the
        /// gradient of the soft one. Jang et al. 2016, arXiv:1611.01144.
        /// </summary>
        /// <exception cref="ArgumentOutOfRangeException">τ is not above 0.</exception>
        /// <example><code>
        /// new Tensor([0f, 50f]).GumbelSoftmax(new Rng(1), hard: true);   // = [0, 1]
        /// </code></example>
        public Tensor GumbelSoftmax(Rng rng, double tau = 1, bool hard = false, int dim = -1)
        {
            if (!(tau > 0))
                throw new ArgumentOutOfRangeException(nameof(tau), $"GumbelSoftmax: tau {tau} must be above 0.");
            Tensor noise = -(-Tensor.Uniform(x.Shape, 1e-12f, 1, rng).Log()).Log();
            Tensor soft = ((x + noise) * (float)(1 / tau)).Softmax(dim);
            if (!hard)
                return soft;
            int d = x.Shape.Dimension(dim, "GumbelSoftmax");
            Tensor ones = Tensor.Ones(x.Shape.With(d, 1));
            Tensor chosen = Tensor.Zeros(x.Shape).Scatter(d, soft.ArgMax(d), ones);
            return chosen - soft.Detach() + soft;
        }

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
