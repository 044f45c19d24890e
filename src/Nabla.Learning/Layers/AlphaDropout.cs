using Nabla.Numerics;
using Nabla.Tensors;
using Nabla.Tensors.Ops;
using Nabla.Tensors.Reference;

namespace Nabla.Learning.Layers;

/// <summary>
/// Dropout that keeps mean 0 and variance 1, for networks of SELUs: y = a·(x·m + α′·(1 − m)) + b, m 0 with probability
/// p and else 1, α′ = −1.7581 (SELU's value at −∞), a = 1/√((1 − p)·(1 + p·α′²)), b = −a·p·α′. Klambauer et al. 2017,
/// arXiv:1706.02515.
/// </summary>
/// <param name="probability">p, in [0, 1).</param>
/// <example><code>
/// Tensor y = new AlphaDropout(0.3f).Forward(Tensor.Randn([100_000], new Rng(1)), new Rng(2));
/// Math.Round(Math.Abs(y.Mean().Item()), 1);   // = 0
/// Math.Round(y.Variance().Item(), 1);         // = 1
/// </code></example>
[Formula("a = 1/√((1 − p)·(1 + p·s²)), y = a·(x ⊙ m + s·(1 − m)) − a·p·s")]
public sealed class AlphaDropout(float probability = 0.5f) : Module, ILayer
{
    private const double Saturation = -1.7580993408473766;

    private readonly float probability = Require.Probability(probability, nameof(AlphaDropout));

    /// <summary>Drops numbers drawn from <paramref name="rng"/>; without one, as in evaluation, x itself.</summary>
    public Tensor Forward(Tensor x, Rng? rng = null)
    {
        if (rng is null || probability == 0)
            return x;
        double p = probability, a = 1 / Math.Sqrt((1 - p) * (1 + p * Saturation * Saturation));
        Tensor kept = Tensor.Ones(x.Shape).Dropout(probability, rng) * (1 - probability); // 0 and 1
        return x * kept * (float)a + (kept * -(float)(a * Saturation) + (float)(a * Saturation * (1 - p)));
    }

    /// <inheritdoc/>
    Tensor ILayer.Forward(Tensor x) => Forward(x);
}
