using Nabla.Tensors;
using Nabla.Tensors.Ops;
using Nabla.Tensors.Reference;

namespace Nabla.Learning.Losses;

/// <summary>Settings of the Gaussian loss.</summary>
public sealed record GaussianOptions
{
    /// <summary>Whether ½·log 2π is added.</summary>
    public bool Full { get; init; }

    /// <summary>The smallest variance; a smaller one counts as this.</summary>
    public float Epsilon { get; init; } = 1e-6f;

    /// <summary>What becomes of the losses of the elements.</summary>
    public LossReduction Reduction { get; init; }
}

public static partial class Loss
{
    /// <summary>
    /// −log of the density of t under a normal law with predicted mean μ and variance v, without ½·log 2π:
    /// ½·(log v + (μ − t)²/v): a network that says how sure it is. The variance has μ's shape, or 1 as its last size.
    /// Nix and Weigend 1994.
    /// </summary>
    /// <example><code>
    /// Loss.GaussianNegativeLogLikelihood(new Tensor([1f]), new Tensor([3f]), new Tensor([2f])).Item();   // = 1.3466
    /// 0.5 * (Math.Log(2) + (1 - 3) * (1 - 3) / 2.0);                                                    // = 1.3466
    /// </code></example>
    /// <exception cref="ArgumentException">
    /// The shapes do not fit, a variance is negative, or ε not positive.
    /// </exception>
    [Formula("L = 1/n·Σ_i 1/2·(log(v_i) + (μ_i − t_i)²/v_i)")]
    public static Tensor GaussianNegativeLogLikelihood(
        Tensor mean, Tensor target, Tensor variance, GaussianOptions? options = null)
    {
        options ??= new();
        SameShape(nameof(GaussianNegativeLogLikelihood), (nameof(mean), mean), (nameof(target), target));
        bool shared = mean.Rank > 0 && variance.Shape == mean.Shape.With(-1, 1);
        if (variance.Shape != mean.Shape && !shared)
            throw new ArgumentException(
                $"GaussianNegativeLogLikelihood: variance {variance.Shape} must be as the mean {mean.Shape}, or have 1 "
                + "as its last size.");
        foreach (float v in variance.ToArray())
            if (!(v >= 0))
                throw new ArgumentException($"GaussianNegativeLogLikelihood: variance {v} must be 0 or more.");
        if (!(options.Epsilon > 0))
            throw new ArgumentException(
                $"GaussianNegativeLogLikelihood: Epsilon = {options.Epsilon} must be above 0.");
        // ε takes the place of a smaller variance, which keeps its gradient, as in PyTorch: else it could never grow.
        Tensor v0 = variance + (variance.Detach().Clamp(min: options.Epsilon) - variance.Detach());
        Tensor losses = (v0.Log() + (mean - target).Square() / v0) * 0.5f;
        return Reduce(options.Full ? losses + 0.5f * MathF.Log(2 * MathF.PI) : losses, options.Reduction);
    }
}
