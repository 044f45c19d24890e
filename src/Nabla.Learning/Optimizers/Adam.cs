using Nabla.Tensors.Reference;

namespace Nabla.Learning.Optimizers;

/// <summary>Settings of <see cref="Adam"/>.</summary>
public sealed record AdamOptions
{
    /// <summary>η, the learning rate.</summary>
    public float LearningRate { get; init; } = 1e-3f;

    /// <summary>β₁, how long the mean of the gradients remembers, in [0, 1).</summary>
    public float Beta1 { get; init; } = 0.9f;

    /// <summary>β₂, how long the mean of their squares remembers, in [0, 1).</summary>
    public float Beta2 { get; init; } = 0.999f;

    /// <summary>ε, which keeps the division finite.</summary>
    public float Epsilon { get; init; } = 1e-8f;

    /// <summary>λ, added to the gradient as λθ, of every parameter; <see cref="AdamW"/> decays apart.</summary>
    public float WeightDecay { get; init; }

    /// <summary>Divides by the largest v so far (Reddi et al. 2018, arXiv:1904.09237): the rate never rises.</summary>
    public bool AmsGrad { get; init; }
}

/// <summary>
/// Adam: g ← g + λθ; m ← β₁m + (1 − β₁)g; v ← β₂v + (1 − β₂)g²; θ ← θ − η·m̂/(√v̂ + ε), with m̂ = m/(1 − β₁ᵗ) and
/// v̂ = v/(1 − β₂ᵗ), or with the largest v so far (AMSGrad). Kingma and Ba 2015, arXiv:1412.6980, algorithm 1.
/// </summary>
/// <example><code>
/// var w = new ParameterList(new Parameter(new Tensor([1f])));
/// new Adam(w, new() { LearningRate = 0.1f, Epsilon = 1 }).Minimize(w[0].Square().Sum());   // g = 2, m̂ = 2, v̂ = 4
/// w[0].Item();             // = 0.93333
/// 1 - 0.1 * 2 / (2 + 1d);  // = 0.93333
/// </code></example>
[Formula(
    "g ← g + λ·θ; m ← β_1·m + (1 − β_1)·g; v ← β_2·v + (1 − β_2)·g²; m̂ ← m/(1 − β_1^t); v̂ ← "
    + "v/(1 − β_2^t); θ ← θ − η·m̂/(√v̂ + ε)")]
public sealed class Adam : Optimizer
{
    private readonly AdamOptions options;
    private readonly AdamBatch batch = new();

    /// <summary>An optimizer of all parameters of <paramref name="module"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    public Adam(Module module, AdamOptions? options = null)
        : base(module, (options ?? new()).LearningRate, AdamBatch.Names(options is { AmsGrad: true }))
    {
        this.options = options ??= new();
        new Setting(nameof(Adam)).Share(options.Beta1).Share(options.Beta2).Positive(options.Epsilon)
            .NotNegative(options.WeightDecay);
    }

    /// <inheritdoc/>
    protected override void Update(IReadOnlyList<ParameterState> parameters, float gradientScale)
    {
        var rule = new AdamRule(options.Beta1, options.Beta2, Steps) { Epsilon = options.Epsilon };
        foreach (ParameterState parameter in parameters)
            batch.Add(parameter, options.AmsGrad, rule with
            {
                Rate = parameter.Rate(LearningRate) * rule.Corrected,
                Coupled = parameter.Decay(options.WeightDecay),
            });
        batch.Run(gradientScale);
    }
}
