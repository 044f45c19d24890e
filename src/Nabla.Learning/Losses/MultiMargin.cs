using Nabla.Tensors;
using Nabla.Tensors.Ops;
using Nabla.Tensors.Reference;

namespace Nabla.Learning.Losses;

/// <summary>Settings of the multi-class hinge.</summary>
public sealed record MultiMarginOptions
{
    /// <summary>The power of each violation, 1 or 2.</summary>
    public int Power { get; init; } = 1;

    /// <summary>By how much the right class is to be ahead.</summary>
    public float Margin { get; init; } = 1;

    /// <summary>How much each class counts, [V].</summary>
    public Tensor? ClassWeights { get; init; }

    /// <summary>What becomes of the losses of the rows.</summary>
    public LossReduction Reduction { get; init; }
}

public static partial class Loss
{
    /// <summary>
    /// The hinge for many classes: of a row x [V] with target t, w_t/V·Σ_(j≠t) max(0, margin − x_t + x_j)^p. Crammer
    /// and Singer 2001, as in PyTorch.
    /// </summary>
    /// <example><code>
    /// Loss.MultiMargin(new Tensor([0.1f, 0.8f, 0.4f], [1, 3]), [1]).Item();   // = 0.3
    /// (Math.Max(0, 1 - 0.8 + 0.1) + Math.Max(0, 1 - 0.8 + 0.4)) / 3;          // = 0.3
    /// </code></example>
    /// <exception cref="ArgumentException">A target is no class, or the power is neither 1 nor 2.</exception>
    [Formula("L = 1/V·Σ_j 𝟙[j ≠ t]·max(0, m − x_t + x_j)^p")]
    public static Tensor MultiMargin(Tensor scores, ReadOnlySpan<int> targets, MultiMarginOptions? options = null)
    {
        options ??= new();
        (int rows, int classes) = Classes(nameof(MultiMargin), scores, targets);
        float[]? weights = ClassWeights(nameof(MultiMargin), options.ClassWeights, classes);
        if (options.Power is not (1 or 2))
            throw new ArgumentException($"MultiMargin: Power = {options.Power} must be 1 or 2.");
        Tensor x = scores.Reshape(rows, classes);
        Tensor chosen = x.Gather(targets);
        var own = new bool[rows * classes];
        for (int i = 0; i < rows; i++)
            own[i * classes + targets[i]] = true;
        Tensor violations = (x - chosen.Unsqueeze(-1) + options.Margin).Relu().MaskedFill(own, 0);
        Tensor losses = (options.Power == 1 ? violations : violations.Square()).Sum(-1) * (1f / classes);
        return Reduce(Weighted(losses, weights, targets), options.Reduction);
    }
}
