using Nabla.Tensors.Reference;

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

    /// <summary>Divides by the largest v so far (Reddi et al. 2018, arXiv:1904.09237): the rate never rises.</summary>
    public bool AmsGrad { get; init; }
}

/// <summary>
/// Adam with decoupled weight decay: m ← β₁m + (1 − β₁)g; v ← β₂v + (1 − β₂)g²; θ ← θ − ηλθ − η·m̂/(√v̂ + ε), with
/// m̂ = m/(1 − β₁ᵗ) and v̂ = v/(1 − β₂ᵗ). Kingma and Ba 2015, arXiv:1412.6980; Loshchilov and Hutter 2019,
/// arXiv:1711.05101, algorithm 2.
/// </summary>
/// <example><code>
/// var w = new ParameterList(new Parameter(new Tensor([1f], [1, 1])));
/// new AdamW(w, new() { LearningRate = 0.1f, Epsilon = 1, WeightDecay = 0.5f }).Minimize(w[0].Square().Sum());
/// w[0].Item();                          // = 0.88333
/// 1 - 0.1 * 0.5 - 0.1 * 2 / (2 + 1d);   // = 0.88333
/// </code></example>
[Formula(
    "m ← β_1·m + (1 − β_1)·g; v ← β_2·v + (1 − β_2)·g²; m̂ ← m/(1 − β_1^t); v̂ ← v/(1 − "
    + "β_2^t); θ ← θ − η·λ·θ − η·m̂/(√v̂ + ε)")]
public sealed class AdamW : Optimizer
{
    private readonly AdamWOptions options;
    private readonly AdamBatch batch = new();

    /// <summary>An optimizer of all parameters of <paramref name="module"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    public AdamW(Module module, AdamWOptions? options = null)
        : base(module, (options ?? new()).LearningRate, AdamBatch.Names(options is { AmsGrad: true }))
    {
        this.options = options ??= new();
        Check(nameof(AdamW), options);
    }

    internal static void Check(string owner, AdamWOptions options) =>
        new Setting(owner).Share(options.Beta1).Share(options.Beta2).Positive(options.Epsilon)
            .NotNegative(options.WeightDecay);

    /// <summary>The rule of this step for any parameter; <see cref="Add"/> sets what is its own.</summary>
    internal static AdamRule Rule(AdamWOptions options, int step) =>
        new(options.Beta1, options.Beta2, step) { Epsilon = options.Epsilon };

    internal static void Add(
        AdamBatch batch, AdamWOptions options, in ParameterState parameter, in AdamRule rule, float learningRate)
    {
        float rate = parameter.Rate(learningRate);
        batch.Add(parameter, options.AmsGrad, rule with
        {
            Rate = rate * rule.Corrected,
            Shrink = rate * RuleMath.DecoupledDecay(parameter, options.WeightDecay),
        });
    }

    /// <inheritdoc/>
    protected override void Update(IReadOnlyList<ParameterState> parameters, float gradientScale)
    {
        AdamRule rule = Rule(options, Steps);
        foreach (ParameterState parameter in parameters)
            Add(batch, options, parameter, rule, LearningRate);
        batch.Run(gradientScale);
    }
}
