using Nabla.Numerics.Kernels;
using Nabla.Tensors;

namespace Nabla.Learning.Optimizers;

/// <summary>Settings of <see cref="Sgd"/>.</summary>
public sealed record SgdOptions
{
    /// <summary>η, the learning rate.</summary>
    public float LearningRate { get; init; } = 0.01f;

    /// <summary>μ, how much of the last step goes on, in [0, 1).</summary>
    public float Momentum { get; init; }

    /// <summary>λ, which is added to the gradient as λθ.</summary>
    public float WeightDecay { get; init; }
}

/// <summary>
/// Stochastic gradient descent: u ← μu + g + λθ; θ ← θ − ηu. Robbins and Monro 1951; momentum by Polyak 1964, as PyTorch
/// writes it.
/// </summary>
public sealed class Sgd : Optimizer
{
    private readonly SgdOptions options;

    /// <summary>An optimizer of all parameters of <paramref name="module"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The momentum is not in [0, 1), or the decay negative.</exception>
    public Sgd(Module module, SgdOptions? options = null) : base(module, (options ?? new()).LearningRate, "velocity")
    {
        this.options = options ?? new();
        if (this.options.Momentum is not (>= 0 and < 1) || !(this.options.WeightDecay >= 0))
            throw new ArgumentOutOfRangeException(nameof(options), $"Sgd: momentum {this.options.Momentum} must be in [0, 1) and weight decay {this.options.WeightDecay} 0 or more.");
    }

    /// <inheritdoc/>
    protected override void Update(Parameter parameter, float[][] state, float gradientScale)
    {
        var step = new SgdStep(LearningRate, options.Momentum, options.WeightDecay) { GradientScale = gradientScale };
        SgdKernel.Update(step, parameter.GradientValues, parameter.Values, state[0]);
    }
}
