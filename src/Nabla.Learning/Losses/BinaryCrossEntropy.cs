using Nabla.Tensors;
using Nabla.Tensors.Ops;
using Nabla.Tensors.Reference;

namespace Nabla.Learning.Losses;

/// <summary>Settings of binary cross-entropy with logits.</summary>
public sealed record BinaryCrossEntropyOptions
{
    /// <summary>How much each element counts; broadcasts. Equally, if not given.</summary>
    public Tensor? Weight { get; init; }

    /// <summary>
    /// How much more a positive example counts than a negative one, [C] or any shape that broadcasts: above 1 for more
    /// of them found, below 1 for fewer wrong ones.
    /// </summary>
    public Tensor? PositiveWeight { get; init; }

    /// <summary>What becomes of the losses of the elements.</summary>
    public LossReduction Reduction { get; init; }
}

public static partial class Loss
{
    /// <summary>
    /// The mean of w·(−t·log p − (1 − t)·log(1 − p)) over all elements, p and t in [0, 1]; logarithms are at least
    /// −100. With logits, <see cref="BinaryCrossEntropyWithLogits"/> is more precise.
    /// </summary>
    /// <example><code>
    /// Loss.BinaryCrossEntropy(new Tensor([0.8f]), new Tensor([1f])).Item();   // = 0.2231
    /// -Math.Log(0.8);                                                         // = 0.2231
    /// </code></example>
    /// <exception cref="ArgumentException">The shapes differ, or a probability is not in [0, 1].</exception>
    [Formula("L = −1/n·Σ_i (t_i·log(p_i) + (1 − t_i)·log(1 − p_i))")]
    public static Tensor BinaryCrossEntropy(
        Tensor probabilities, Tensor target, Tensor? weight = null, LossReduction reduction = LossReduction.Mean)
    {
        SameShape(nameof(BinaryCrossEntropy), (nameof(probabilities), probabilities), (nameof(target), target));
        Between0And1(nameof(BinaryCrossEntropy), "probability", probabilities);
        Tensor losses = probabilities.BinaryCrossEntropy(target);
        return Reduce(weight is null ? losses : losses * weight, reduction);
    }

    /// <summary>
    /// The mean of w·(−v·t·log σ(x) − (1 − t)·log(1 − σ(x))) over all elements, from logits x, targets t in [0, 1] and
    /// positive weights v; stable for all x.
    /// </summary>
    /// <example><code>
    /// Loss.BinaryCrossEntropyWithLogits(new Tensor([2f]), new Tensor([1f])).Item();   // = 0.1269
    /// Math.Log(1 + Math.Exp(-2));                                                     // = 0.1269
    /// </code></example>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    [Formula("L = −1/n·Σ_i (v·t_i·log(σ(x_i)) + (1 − t_i)·log(1 − σ(x_i)))")]
    public static Tensor BinaryCrossEntropyWithLogits(
        Tensor logits, Tensor target, BinaryCrossEntropyOptions? options = null)
    {
        options ??= new();
        SameShape(nameof(BinaryCrossEntropyWithLogits), (nameof(logits), logits), (nameof(target), target));
        Tensor logOfYes = logits.LogSigmoid();
        Tensor counted = options.PositiveWeight is { } positive
            ? logOfYes * ((positive - 1) * target + 1)
            : logOfYes;
        Tensor losses = (1 - target) * logits - counted;
        return Reduce(options.Weight is { } weight ? losses * weight : losses, options.Reduction);
    }
}
