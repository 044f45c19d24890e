using Nabla.Tensors;
using Nabla.Tensors.Ops;
using Nabla.Tensors.Reference;

namespace Nabla.Learning.Losses;

/// <summary>Settings of the Poisson loss.</summary>
public sealed record PoissonOptions
{
    /// <summary>Whether the input is log λ; else it is λ.</summary>
    public bool LogInput { get; init; } = true;

    /// <summary>Whether log t! is added, by Stirling's formula t·log t − t + ½·log(2πt) for t above 1.</summary>
    public bool Full { get; init; }

    /// <summary>Added to λ in its logarithm.</summary>
    public float Epsilon { get; init; } = 1e-8f;

    /// <summary>What becomes of the losses of the elements.</summary>
    public LossReduction Reduction { get; init; }
}

public static partial class Loss
{
    /// <summary>
    /// −log of the probability of counts t that follow Poisson's law with rate λ, without log t!: λ − t·log λ.
    /// </summary>
    /// <example><code>
    /// Loss.PoissonNegativeLogLikelihood(new Tensor([0.5f]), new Tensor([3f])).Item();   // = 0.1487
    /// Math.Exp(0.5) - 3 * 0.5;                                                          // = 0.1487
    /// </code></example>
    /// <exception cref="ArgumentException">The shapes differ, or ε is negative.</exception>
    [Formula("L = 1/n·Σ_i (exp(x_i) − t_i·x_i)")]
    public static Tensor PoissonNegativeLogLikelihood(Tensor input, Tensor target, PoissonOptions? options = null)
    {
        options ??= new();
        SameShape(nameof(PoissonNegativeLogLikelihood), (nameof(input), input), (nameof(target), target));
        Require.NotNegative(options.Epsilon, nameof(PoissonNegativeLogLikelihood));
        Tensor losses = options.LogInput
            ? input.Exp() - target * input
            : input - target * (input + options.Epsilon).Log();
        if (options.Full)
        {
            Tensor counts = target.Clamp(min: 1);
            losses += (counts * counts.Log() - counts + (counts * (2 * MathF.PI)).Log() * 0.5f) * target.Greater(1);
        }
        return Reduce(losses, options.Reduction);
    }
}
