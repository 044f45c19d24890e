using Nabla.Tensors;
using Nabla.Tensors.Ops;
using Nabla.Tensors.Reference;

namespace Nabla.Learning.Losses;

public static partial class Loss
{
    /// <summary>
    /// How little a predicted region overlaps the true one: 1 − (2·Σ p·t + s)/(Σ p + Σ t + s) of each item [N, …], p
    /// the probability of each pixel. Milletari et al. 2016, arXiv:1606.04797.
    /// </summary>
    /// <param name="probabilities">p, [N, …].</param>
    /// <param name="target">t, of the same shape, in [0, 1].</param>
    /// <param name="smooth">s, so that two empty regions have no loss.</param>
    /// <param name="reduction">What becomes of the losses of the items.</param>
    /// <example><code>
    /// Loss.Dice(new Tensor([0.8f, 0.4f], [1, 2]), new Tensor([1, 0], [1, 2])).Item();   // = 0.1875
    /// 1 - (2 * 0.8 + 1) / (0.8 + 0.4 + 1 + 1);                                          // = 0.1875
    /// </code></example>
    /// <exception cref="ArgumentException">The shapes differ, or are scalars, or s is negative.</exception>
    [Formula("L = 1 − (2·Σ_i p_i·t_i + s)/(Σ_i p_i + Σ_i t_i + s)")]
    public static Tensor Dice(
        Tensor probabilities, Tensor target, float smooth = 1, LossReduction reduction = LossReduction.Mean)
    {
        SameShape(nameof(Dice), (nameof(probabilities), probabilities), (nameof(target), target));
        Require.NotNegative(smooth, nameof(Dice));
        if (probabilities.Rank < 2)
            throw new ArgumentException($"Dice: probabilities {probabilities.Shape} must be [N, …].");
        int items = probabilities.Shape[0], size = probabilities.Shape.Without(0).ElementCount;
        Tensor p = probabilities.Reshape(items, size), t = target.Reshape(items, size);
        return Reduce(1 - ((p * t).Sum(-1) * 2 + smooth) / (p.Sum(-1) + t.Sum(-1) + smooth), reduction);
    }
}
