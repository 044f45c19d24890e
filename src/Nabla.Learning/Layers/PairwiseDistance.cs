using Nabla.Tensors;
using Nabla.Tensors.Ops;
using Nabla.Tensors.Reference;

namespace Nabla.Learning.Layers;

/// <summary>
/// The distance of vectors, y = (Σ_i |a_i − b_i + ε|ᵖ)^(1/p), along the last dimension, which goes.
/// </summary>
/// <param name="p">The norm: 2 is Euclid's, 1 the sum of the differences, ∞ the largest of them; above 0.</param>
/// <param name="epsilon">ε, so that the derivative exists where the vectors are equal.</param>
/// <param name="keepDim">Whether the last dimension stays, with size 1.</param>
/// <example><code>
/// new PairwiseDistance().Forward(new Tensor([1, 2]), new Tensor([4, 6])).Item();   // = 5.000
/// Math.Sqrt(3 * 3 + 4 * 4);                                                        // = 5.000
/// </code></example>
[Formula("y = (Σ_i |a_i − b_i + ε|^p)^(1/p)")]
public sealed class PairwiseDistance(double p = 2, float epsilon = 1e-6f, bool keepDim = false) : Module
{
    private readonly double p = p > 0
        ? p
        : throw new ArgumentOutOfRangeException(nameof(p), $"PairwiseDistance: p = {p} must be above 0.");

    private readonly float epsilon = Require.NotNegative(epsilon, nameof(PairwiseDistance));

    /// <summary>The distance of each pair of vectors; the shapes broadcast.</summary>
    /// <exception cref="ArgumentException">The shapes do not broadcast, or are scalars.</exception>
    public Tensor Forward(Tensor a, Tensor b) => a.PairwiseDistance(b, p, epsilon, keepDim);
}
