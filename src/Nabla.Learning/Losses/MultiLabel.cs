using Nabla.Tensors;
using Nabla.Tensors.Ops;
using Nabla.Tensors.Reference;

namespace Nabla.Learning.Losses;

public static partial class Loss
{
    /// <summary>
    /// The hinge for rows with several right classes: 1/V·Σ_(j right) Σ_(i wrong) max(0, 1 − (x_j − x_i)), from scores
    /// [N, V].
    /// </summary>
    /// <param name="scores">x, [N, V].</param>
    /// <param name="targets">The right classes of each row.</param>
    /// <param name="reduction">What becomes of the losses of the rows.</param>
    /// <example><code>
    /// Loss.MultiLabelMargin(new Tensor([0.1f, 0.2f, 0.4f, 0.8f], [1, 4]), [[3, 0]]).Item();                 // = 0.85
    /// (1 - (0.1 - 0.2) + 1 - (0.1 - 0.4) + 1 - (0.8 - 0.2) + 1 - (0.8 - 0.4)) / 4;                         // = 0.85
    /// </code></example>
    /// <exception cref="ArgumentException">
    /// A target is no class, or occurs twice, or the rows are not as many.
    /// </exception>
    [Formula("L = 1/V·Σ_j Σ_i r_j·(1 − r_i)·max(0, 1 − (x_j − x_i))")]
    public static Tensor MultiLabelMargin(
        Tensor scores, IReadOnlyList<int[]> targets, LossReduction reduction = LossReduction.Mean)
    {
        if (scores.Rank != 2 || scores.Shape[0] != targets.Count)
            throw new ArgumentException(
                $"MultiLabelMargin: scores {scores.Shape} must be [N, V], with a list of classes for each of the "
                + $"{targets.Count} rows.");
        int classes = scores.Shape[1];
        var right = new float[scores.Count];
        for (int row = 0; row < targets.Count; row++)
            foreach (int target in targets[row])
            {
                if ((uint)target >= (uint)classes || right[row * classes + target] == 1)
                    throw new ArgumentException(
                        $"MultiLabelMargin: target {target} of row {row} occurs twice, or is not in "
                        + $"0 … {classes - 1}.");
                right[row * classes + target] = 1;
            }
        var y = new Tensor(right, scores.Shape);
        Tensor violations = (1 - (scores.Unsqueeze(2) - scores.Unsqueeze(1))).Relu(); // [N, j, i]
        Tensor losses = (violations * (y.Unsqueeze(2) * (1 - y).Unsqueeze(1))).Sum(-1).Sum(-1) * (1f / classes);
        return Reduce(losses, reduction);
    }

    /// <summary>
    /// The mean over the classes of −y·log σ(x) − (1 − y)·log(1 − σ(x)), weighted by class: rows with several right
    /// classes as independent questions.
    /// </summary>
    /// <param name="logits">x, [..., V].</param>
    /// <param name="target">y, of the same shape, in [0, 1].</param>
    /// <param name="classWeights">How much each class counts, [V].</param>
    /// <param name="reduction">What becomes of the losses of the rows.</param>
    /// <example><code>
    /// Loss.MultiLabelSoftMargin(new Tensor([1, 2], [1, 2]), new Tensor([1, 0], [1, 2])).Item();   // = 1.2201
    /// (Math.Log(1 + Math.Exp(-1)) + Math.Log(1 + Math.Exp(2))) / 2;                               // = 1.2201
    /// </code></example>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    [Formula("L = −1/V·Σ_c (t_c·log(σ(x_c)) + (1 − t_c)·log(1 − σ(x_c)))")]
    public static Tensor MultiLabelSoftMargin(
        Tensor logits, Tensor target, Tensor? classWeights = null, LossReduction reduction = LossReduction.Mean)
    {
        SameShape(nameof(MultiLabelSoftMargin), (nameof(logits), logits), (nameof(target), target));
        if (logits.Rank == 0)
            throw new ArgumentException("MultiLabelSoftMargin: logits [] are a scalar; give at least a vector.");
        ClassWeights(nameof(MultiLabelSoftMargin), classWeights, logits.Shape[-1]);
        Tensor losses = BinaryCrossEntropyWithLogits(
            logits, target, new() { Weight = classWeights, Reduction = LossReduction.None });
        return Reduce(losses.Mean(-1), reduction);
    }
}
