using Nabla.Tensors;
using Nabla.Tensors.Ops;
using Nabla.Tensors.Reference;

namespace Nabla.Learning.Losses;

public static partial class Loss
{
    /// <summary>
    /// How far a distribution q is from the truth p, element by element p·(log p − log q), 0 where p is 0; q is given
    /// by its logarithms. The divergence of a batch of distributions is the reduction
    /// <see cref="LossReduction.BatchMean"/>. Kullback and Leibler 1951.
    /// </summary>
    /// <param name="logPrediction">log q.</param>
    /// <param name="target">p, or log p if <paramref name="logTarget"/>.</param>
    /// <param name="logTarget">Whether the target is given by its logarithms as well.</param>
    /// <param name="reduction">What becomes of the elements' losses.</param>
    /// <example><code>
    /// Loss.KullbackLeibler(new Tensor([0.5f, 0.5f]).Log(), new Tensor([0.9f, 0.1f]), reduction: LossReduction.Sum)
    ///     .Item();                                          // = 0.3681
    /// 0.9 * Math.Log(0.9 / 0.5) + 0.1 * Math.Log(0.1 / 0.5);   // = 0.3681
    /// </code></example>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    [Formula("L = 1/n·Σ_i p_i·(log(p_i) − q_i)")]
    public static Tensor KullbackLeibler(
        Tensor logPrediction, Tensor target, bool logTarget = false, LossReduction reduction = LossReduction.Mean)
    {
        const double least = 1.2e-38; // the logarithm of 0 stays finite, and 0 times it is 0
        SameShape(nameof(KullbackLeibler), (nameof(logPrediction), logPrediction), (nameof(target), target));
        Tensor p = logTarget ? target.Exp() : target, logP = logTarget ? target : target.Clamp(min: least).Log();
        return Reduce(p * (logP - logPrediction), reduction);
    }
}
