using Nabla.Numerics;

namespace Nabla.Tensors.Ops;

/// <summary>Samples of probabilities through which gradients flow.</summary>
public static class GumbelSoftmaxExtensions
{
    extension(Tensor x)
    {
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
    }
}
