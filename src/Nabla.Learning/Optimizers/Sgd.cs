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

    /// <summary>Looks ahead along the velocity: θ ← θ − η(g + λθ + μu). Needs a momentum.</summary>
    public bool Nesterov { get; init; }

    /// <summary>λ, which is added to the gradient as λθ.</summary>
    public float WeightDecay { get; init; }
}

/// <summary>
/// Stochastic gradient descent: u ← μu + g + λθ; θ ← θ − ηu. Robbins and Monro 1951; momentum by Polyak 1964, looking
/// ahead by Nesterov 1983 (Sutskever et al. 2013), as PyTorch writes them. Without momentum there is no state.
/// </summary>
public sealed class Sgd : Optimizer
{
    private readonly SgdOptions options;

    /// <summary>An optimizer of all parameters of <paramref name="module"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The momentum is not in [0, 1), or 0 with Nesterov; the rate or the decay is negative.
    /// </exception>
    public Sgd(Module module, SgdOptions? options = null)
        : base(module, (options ?? new()).LearningRate, options is { Momentum: not 0 } ? ["velocity"] : [])
    {
        this.options = options ?? new();
        if (this.options.Momentum is not (>= 0 and < 1))
            throw new ArgumentOutOfRangeException(
                nameof(options), $"Sgd: momentum {this.options.Momentum} must be in [0, 1).");
        if (!(this.options.WeightDecay >= 0))
            throw new ArgumentOutOfRangeException(
                nameof(options), $"Sgd: weight decay {this.options.WeightDecay} must be 0 or more.");
        if (this.options is { Nesterov: true, Momentum: 0 })
            throw new ArgumentOutOfRangeException(
                nameof(options), "Sgd: Nesterov looks ahead along the momentum, which is 0. Give one, such as 0.9.");
    }

    /// <inheritdoc/>
    protected override void Update(IReadOnlyList<ParameterState> parameters, float gradientScale)
    {
        var step = new SgdStep(LearningRate, options.Momentum, options.WeightDecay)
        {
            GradientScale = gradientScale,
            Nesterov = options.Nesterov,
        };
        foreach ((Parameter parameter, float[][] buffers) in parameters)
            SgdKernel.Update(
                step, parameter.GradientValues, parameter.Values, buffers is [float[] velocity] ? velocity : []);
    }
}
