using Nabla.Tensors;
using Nabla.Tensors.Ops;
using Nabla.Tensors.Reference;

namespace Nabla.Learning.Losses;

public static partial class Loss
{
    /// <summary>
    /// The mean of −w_t·log p_t, from logarithms of probabilities [..., V] and one target t for each row; it divides by
    /// the sum of w_t. PyTorch's NLL loss: cross-entropy after <c>LogSoftmax</c>.
    /// </summary>
    /// <example><code>
    /// Tensor logs = new Tensor([0.25f, 0.75f, 0.5f, 0.5f], [2, 2]).Log();
    /// Loss.NegativeLogLikelihood(logs, [1, 0]).Item();   // = 0.4904
    /// -(Math.Log(0.75) + Math.Log(0.5)) / 2;             // = 0.4904
    /// </code></example>
    /// <exception cref="ArgumentException">
    /// The number of targets is not that of the rows, or a target is no class.
    /// </exception>
    [Formula("L = −Σ_i w_{t_i}·l_{i,t_i}/Σ_i w_{t_i}")]
    public static Tensor NegativeLogLikelihood(
        Tensor logProbabilities, ReadOnlySpan<int> targets, ClassLossOptions? options = null)
    {
        options ??= new();
        (int rows, int classes) = Classes(
            nameof(NegativeLogLikelihood), logProbabilities, targets, options.IgnoreIndex);
        ClassWeights(nameof(NegativeLogLikelihood), options.ClassWeights, classes);
        Tensor losses = -LogOfTarget(logProbabilities.Reshape(rows, classes), targets, options);
        return ReduceRows(losses, targets, options);
    }

    /// <summary>w_t·log p_t of each row, 0 where the target does not count.</summary>
    private static Tensor LogOfTarget(Tensor logs, ReadOnlySpan<int> targets, ClassLossOptions options)
    {
        var at = new int[targets.Length];
        for (int i = 0; i < at.Length; i++)
            at[i] = targets[i] == options.IgnoreIndex ? 0 : targets[i];
        Tensor chosen = logs.Gather(at);
        if (targets.Contains(options.IgnoreIndex))
            chosen = chosen.MaskedFill(Ignored(targets, options), 0);
        return Weighted(chosen, options.ClassWeights?.ToArray(), at);
    }

    private static bool[] Ignored(ReadOnlySpan<int> targets, ClassLossOptions options)
    {
        var ignored = new bool[targets.Length];
        for (int i = 0; i < ignored.Length; i++)
            ignored[i] = targets[i] == options.IgnoreIndex;
        return ignored;
    }

    /// <summary>The losses of rows reduced; their mean divides by the weights of the rows that count.</summary>
    private static Tensor ReduceRows(Tensor losses, ReadOnlySpan<int> targets, ClassLossOptions options)
    {
        if (options.Reduction != LossReduction.Mean)
            return Reduce(losses, options.Reduction);
        float[]? weights = options.ClassWeights?.ToArray();
        double total = 0;
        foreach (int target in targets)
            total += target == options.IgnoreIndex ? 0 : weights?[target] ?? 1;
        return losses.Sum() / (float)total;
    }
}
