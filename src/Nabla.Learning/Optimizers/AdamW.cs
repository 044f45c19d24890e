using Nabla.Numerics.Kernels;
using Nabla.Tensors;

namespace Nabla.Learning.Optimizers;

/// <summary>Settings of <see cref="AdamW"/>.</summary>
public sealed record AdamWOptions
{
    /// <summary>η, the learning rate.</summary>
    public float LearningRate { get; init; } = 1e-3f;

    /// <summary>β₁, how long the mean of the gradients remembers, in [0, 1).</summary>
    public float Beta1 { get; init; } = 0.9f;

    /// <summary>β₂, how long the mean of their squares remembers, in [0, 1).</summary>
    public float Beta2 { get; init; } = 0.999f;

    /// <summary>ε, which keeps the division finite.</summary>
    public float Epsilon { get; init; } = 1e-8f;

    /// <summary>λ, decoupled weight decay; matrices only, for biases and norms are few and need not be small.</summary>
    public float WeightDecay { get; init; } = 0.01f;
}

/// <summary>
/// Adam with decoupled weight decay: m ← β₁m + (1 − β₁)g; v ← β₂v + (1 − β₂)g²; θ ← θ − ηλθ − η·m̂/(√v̂ + ε), with
/// m̂ = m/(1 − β₁ᵗ) and v̂ = v/(1 − β₂ᵗ). Kingma and Ba 2015, arXiv:1412.6980; Loshchilov and Hutter 2019,
/// arXiv:1711.05101, algorithm 2.
/// </summary>
/// <example><code>
/// var optimizer = new AdamW(model, new() { LearningRate = 3e-4f });
/// optimizer.Minimize(Loss.CrossEntropy(model.Forward(x), targets));
/// </code></example>
public sealed class AdamW : Optimizer
{
    private readonly AdamWOptions options;
    private AdamWArrays[] arrays = [];

    /// <summary>An optimizer of all parameters of <paramref name="module"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    public AdamW(Module module, AdamWOptions? options = null)
        : base(module, (options ?? new()).LearningRate, "first_moment", "second_moment")
    {
        this.options = options ?? new();
        if (this.options.Beta1 is not (>= 0 and < 1) || this.options.Beta2 is not (>= 0 and < 1))
            throw new ArgumentOutOfRangeException(
                nameof(options), $"AdamW: β₁ = {this.options.Beta1} and β₂ = {this.options.Beta2} must be in [0, 1).");
        if (!(this.options.Epsilon > 0) || !(this.options.WeightDecay >= 0))
            throw new ArgumentOutOfRangeException(
                nameof(options),
                $"AdamW: ε = {this.options.Epsilon} must be positive and λ = {this.options.WeightDecay} 0 or more.");
    }

    /// <inheritdoc/>
    protected override void Update(IReadOnlyList<ParameterState> parameters, float gradientScale)
    {
        if (arrays.Length < parameters.Count)
            arrays = new AdamWArrays[parameters.Count];
        for (int i = 0; i < parameters.Count; i++)
        {
            (Parameter parameter, float[][] moments) = parameters[i];
            float decay = parameter.Rank >= 2 ? options.WeightDecay : 0;
            arrays[i] = new(parameter.GradientMemory, parameter.ValuesMemory, moments[0], moments[1], decay);
        }
        var step = new AdamWStep(LearningRate, options.Beta1, options.Beta2, options.Epsilon, options.WeightDecay)
        {
            BiasCorrection1 = (float)(1 - Math.Pow(options.Beta1, Steps)),
            BiasCorrection2 = (float)(1 - Math.Pow(options.Beta2, Steps)),
            GradientScale = gradientScale,
        };
        AdamWKernel.Update(step, arrays.AsMemory(0, parameters.Count));
    }
}
