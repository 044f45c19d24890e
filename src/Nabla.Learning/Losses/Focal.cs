using Nabla.Tensors;
using Nabla.Tensors.Ops;
using Nabla.Tensors.Reference;

namespace Nabla.Learning.Losses;

/// <summary>Settings of the focal loss.</summary>
public sealed record FocalOptions
{
    /// <summary>γ: how much less an example counts that is right already; 0 is cross-entropy.</summary>
    public float Gamma { get; init; } = 2;

    /// <summary>
    /// α in [0, 1]: a positive example counts α, a negative one 1 − α; all 1 if null. Sigmoid form only.
    /// </summary>
    public float? Alpha { get; init; } = 0.25f;

    /// <summary>How much each class counts, [V]. Softmax form only.</summary>
    public Tensor? ClassWeights { get; init; }

    /// <summary>What becomes of the losses.</summary>
    public LossReduction Reduction { get; init; }

    internal void Validate(string owner)
    {
        Require.NotNegative(Gamma, owner);
        if (Alpha is not (null or (>= 0 and <= 1)))
            throw new ArgumentException($"{owner}: Alpha = {Alpha} must be in [0, 1].");
    }
}

public static partial class Loss
{
    // Below it 1 − p counts as a constant: the slope of its power, ∞ at 0 for γ < 1, times 0 would be NaN.
    private const double LeastWrong = 1e-30;

    /// <summary>
    /// Cross-entropy that looks at what is not right yet: −α_t·(1 − p_t)^γ·log p_t of each element, p_t = σ(x) where
    /// the target is 1 and 1 − σ(x) where it is 0. Lin et al. 2017, arXiv:1708.02002, equation 5.
    /// </summary>
    /// <example><code>
    /// double p = 1 / (1 + Math.Exp(-0.5));
    /// Loss.SigmoidFocal(new Tensor([0.5f]), new Tensor([1f])).Item();   // = 0.01689
    /// -0.25 * Math.Pow(1 - p, 2) * Math.Log(p);                         // = 0.01689
    /// </code></example>
    /// <exception cref="ArgumentException">
    /// The shapes differ, a target is not in [0, 1], or a setting out of range.
    /// </exception>
    [Formula(
        "L = −1/n·Σ_i (t_i·α·(1 − σ(x_i))^γ·log(σ(x_i)) + (1 − t_i)·(1 − α)·σ(x_i)^γ·log(1 − σ(x_i)))")]
    public static Tensor SigmoidFocal(Tensor logits, Tensor target, FocalOptions? options = null)
    {
        options ??= new();
        options.Validate(nameof(SigmoidFocal));
        SameShape(nameof(SigmoidFocal), (nameof(logits), logits), (nameof(target), target));
        Between0And1(nameof(SigmoidFocal), "target", target);
        Tensor entropy = BinaryCrossEntropyWithLogits(logits, target, new() { Reduction = LossReduction.None });
        Tensor wrong = target * (-logits).Sigmoid() + (1 - target) * logits.Sigmoid(); // 1 − p_t, exact near 0 too
        Tensor losses = wrong.Clamp(min: LeastWrong).Pow((double)options.Gamma) * entropy;
        if (options.Alpha is { } alpha)
            losses *= target * (2 * alpha - 1) + (1 - alpha);
        return Reduce(losses, options.Reduction);
    }

    /// <summary>
    /// The same for one of V classes: −w_t·(1 − p_t)^γ·log p_t of each row, p = softmax(logits). Lin et al. 2017,
    /// arXiv:1708.02002.
    /// </summary>
    /// <example><code>
    /// double p = Math.Exp(2) / (Math.Exp(1) + Math.Exp(2));
    /// Loss.SoftmaxFocal(new Tensor([1, 2], [1, 2]), [1]).Item();   // = 0.02266
    /// -Math.Pow(1 - p, 2) * Math.Log(p);                           // = 0.02266
    /// </code></example>
    /// <exception cref="ArgumentException">A target is no class, or a setting is out of its range.</exception>
    [Formula("p = softmax(x), L = −1/n·Σ_i (1 − p_{i,t_i})^γ·log(p_{i,t_i})")]
    public static Tensor SoftmaxFocal(Tensor logits, ReadOnlySpan<int> targets, FocalOptions? options = null)
    {
        options ??= new();
        options.Validate(nameof(SoftmaxFocal));
        (int rows, int classes) = Classes(nameof(SoftmaxFocal), logits, targets);
        float[]? weights = ClassWeights(nameof(SoftmaxFocal), options.ClassWeights, classes);
        Tensor logs = logits.LogSoftmax().Reshape(rows, classes);
        Tensor log = logs.Gather(targets);
        Tensor wrong = -log.Expm1(); // 1 − p_t, exact near 0 too
        Tensor losses = -wrong.Clamp(min: LeastWrong).Pow((double)options.Gamma) * log;
        return Reduce(Weighted(losses, weights, targets), options.Reduction);
    }
}
