using Nabla.Tensors;
using Nabla.Tensors.Ops;
using Nabla.Tensors.Reference;

namespace Nabla.Learning.Losses;

/// <summary>What training makes small: scalars that say how far predictions are from the truth.</summary>
public static partial class Loss
{
    /// <summary>
    /// The mean of −log softmax(logits)[target] in nats, from logits [..., V] and one target for each row; rows with
    /// target −1 do not count. Fused and stable (log-sum-exp).
    /// </summary>
    /// <example><code>
    /// Loss.CrossEntropy(new Tensor([1, 2, 3], [1, 3]), [2]).Item();        // = 0.4076
    /// Math.Log(Math.Exp(1) + Math.Exp(2) + Math.Exp(3)) - 3;               // = 0.4076
    /// </code></example>
    /// <exception cref="ArgumentException">
    /// The number of targets is not that of the rows, or a target is not in −1 … V − 1.
    /// </exception>
    [Formula("L = −1/n·Σ_i log(exp(x_{i,t_i})/Σ_j exp(x_{i,j}))")]
    public static Tensor CrossEntropy(Tensor logits, ReadOnlySpan<int> targets) => logits.CrossEntropy(targets);

    /// <summary>
    /// Cross-entropy with weights w for classes and label smoothing ε: of a row with target t,
    /// −(1 − ε)·w_t·log p_t − ε/V·Σ_c w_c·log p_c, p = softmax(logits); the mean divides by the sum of w_t.
    /// </summary>
    /// <example><code>
    /// Loss.CrossEntropy(new Tensor([1, 2], [1, 2]), [1], new() { LabelSmoothing = 0.1f }).Item();   // = 0.3633
    /// 0.95 * Math.Log(1 + Math.Exp(-1)) + 0.05 * Math.Log(1 + Math.E);                             // = 0.3633
    /// </code></example>
    /// <exception cref="ArgumentException">
    /// The number of targets is not that of the rows, a target is no class, or a setting is out of its range.
    /// </exception>
    [Formula(
        "p = softmax(x), L = −Σ_i ((1 − ε)·w_{t_i}·log(p_{i,t_i}) + ε/V·Σ_c w_c·log(p_{i,c}))/Σ_i "
        + "w_{t_i}")]
    public static Tensor CrossEntropy(Tensor logits, ReadOnlySpan<int> targets, CrossEntropyOptions options)
    {
        float smoothing = options.ValidSmoothing;
        (int rows, int classes) = Classes(nameof(CrossEntropy), logits, targets, options.IgnoreIndex);
        ClassWeights(nameof(CrossEntropy), options.ClassWeights, classes);
        Tensor logs = logits.LogSoftmax().Reshape(rows, classes);
        Tensor losses = smoothing < 1 ? -LogOfTarget(logs, targets, options) * (1 - smoothing) : 0;
        if (smoothing > 0)
        {
            Tensor all = options.ClassWeights is { } weights ? logs * weights : logs;
            losses -= all.Sum(-1).MaskedFill(Ignored(targets, options), 0) * (smoothing / classes);
        }
        return ReduceRows(losses, targets, options);
    }

    /// <summary>
    /// Cross-entropy of a distribution q over the classes for each row: −Σ_c w_c·q_c·log softmax(logits)_c, from logits
    /// and <paramref name="probabilities"/> [..., V]. A target of −1 has no meaning here; the mean is over the rows.
    /// </summary>
    /// <example><code>
    /// Loss.CrossEntropy(new Tensor([1, 2], [1, 2]), new Tensor([0.25f, 0.75f], [1, 2])).Item();   // = 0.5633
    /// 0.25 * Math.Log(1 + Math.E) + 0.75 * Math.Log(1 + Math.Exp(-1));                            // = 0.5633
    /// </code></example>
    /// <exception cref="ArgumentException">The shapes differ, or a setting is out of its range.</exception>
    [Formula("p = softmax(x), L = −1/n·Σ_i Σ_c q_{i,c}·log(p_{i,c})")]
    public static Tensor CrossEntropy(Tensor logits, Tensor probabilities, CrossEntropyOptions? options = null)
    {
        options ??= new();
        SameShape(nameof(CrossEntropy), (nameof(logits), logits), (nameof(probabilities), probabilities));
        if (logits.Rank == 0)
            throw new ArgumentException("CrossEntropy: logits [] are a scalar; give at least a vector of classes.");
        float smoothing = options.ValidSmoothing;
        Tensor q = smoothing == 0 ? probabilities : probabilities * (1 - smoothing) + smoothing / logits.Shape[-1];
        if (ClassWeights(nameof(CrossEntropy), options.ClassWeights, logits.Shape[-1]) is not null)
            q *= options.ClassWeights!;
        return Reduce(-(q * logits.LogSoftmax()).Sum(-1), options.Reduction);
    }
}
