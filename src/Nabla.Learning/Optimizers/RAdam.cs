using System.Runtime.CompilerServices;
using Nabla.Numerics;
using Nabla.Numerics.Kernels;
using Nabla.Tensors.Reference;

namespace Nabla.Learning.Optimizers;

/// <summary>Settings of <see cref="RAdam"/>.</summary>
public sealed record RAdamOptions
{
    /// <summary>η, the learning rate.</summary>
    public float LearningRate { get; init; } = 1e-3f;

    /// <summary>β₁, how long the mean of the gradients remembers, in [0, 1).</summary>
    public float Beta1 { get; init; } = 0.9f;

    /// <summary>β₂, how long the mean of their squares remembers, in [0, 1).</summary>
    public float Beta2 { get; init; } = 0.999f;

    /// <summary>ε, which keeps the division finite.</summary>
    public float Epsilon { get; init; } = 1e-8f;

    /// <summary>λ, which is added to the gradient as λθ.</summary>
    public float WeightDecay { get; init; }
}

/// <summary>
/// Rectified Adam, which needs no warm-up: g ← g + λθ; m and v as <see cref="Adam"/> has them;
/// ρ∞ = 2/(1 − β₂) − 1, ρₜ = ρ∞ − 2tβ₂ᵗ/(1 − β₂ᵗ). While ρₜ ≤ 5, θ ← θ − η·m̂; then
/// θ ← θ − η·r·m̂·√(1 − β₂ᵗ)/(√v + ε), r² = (ρₜ − 4)(ρₜ − 2)ρ∞/((ρ∞ − 4)(ρ∞ − 2)ρₜ).
/// Liu et al. 2020, arXiv:1908.03265, algorithm 2.
/// </summary>
/// <example><code>
/// var w = new ParameterList(new Parameter(new Tensor([1f])));
/// new RAdam(w, new() { LearningRate = 0.1f }).Minimize(w[0].Square().Sum());   // g = 2 and ρ = 1
/// w[0].Item();     // = 0.8
/// 1 - 0.1 * 2;     // = 0.8
/// </code></example>
[Formula(
    "g ← g + λ·θ; m ← β_1·m + (1 − β_1)·g; v ← β_2·v + (1 − β_2)·g²; m̂ ← m/(1 − β_1^t); s ← "
    + "2/(1 − β_2) − 1; ρ ← s − 2·t·β_2^t/(1 − β_2^t); r ← (ρ > 5 ? √((ρ − 4)·(ρ − 2)·s/((s − "
    + "4)·(s − 2)·ρ))·√(1 − β_2^t)/(√v + ε) : 1); θ ← θ − η·r·m̂")]
public sealed class RAdam : Optimizer
{
    private readonly RAdamOptions options;
    private readonly UpdateBatch<RAdamRule> batch = new();

    /// <summary>An optimizer of all parameters of <paramref name="module"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    public RAdam(Module module, RAdamOptions? options = null)
        : base(module, (options ?? new()).LearningRate, "first_moment", "second_moment")
    {
        this.options = options ??= new();
        new Setting(nameof(RAdam)).Share(options.Beta1).Share(options.Beta2).Positive(options.Epsilon)
            .NotNegative(options.WeightDecay);
    }

    /// <inheritdoc/>
    protected override void Update(IReadOnlyList<ParameterState> parameters, float gradientScale)
    {
        double power = Math.Pow(options.Beta2, Steps);
        double limit = 2 / (1 - (double)options.Beta2) - 1, length = limit - 2 * Steps * power / (1 - power);
        bool adapts = length > 5;
        double rectified = adapts
            ? Math.Sqrt((length - 4) * (length - 2) * limit / ((limit - 4) * (limit - 2) * length) * (1 - power)) : 1;
        double factor = rectified / (1 - Math.Pow(options.Beta1, Steps));
        foreach (ParameterState parameter in parameters)
            batch.Add(parameter, new RAdamRule(parameter.Decay(options.WeightDecay), options)
            {
                Rate = (float)(parameter.Rate(LearningRate) * factor),
                Adapts = adapts,
            });
        batch.Run(gradientScale);
    }

    private readonly struct RAdamRule(float decay, RAdamOptions options) : IUpdateRule
    {
        public static int Buffers => 2;

        private readonly float new1 = 1 - options.Beta1;
        private readonly float new2 = 1 - options.Beta2;
        private readonly float epsilon = options.Epsilon;

        public float Rate { get; init; }

        public bool Adapts { get; init; }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Step<V>(V parameter, V gradient, ref UpdateState<V> state) where V : struct, IReal<V>
        {
            gradient = V.MultiplyAdd(decay, parameter, gradient);
            state.First = RuleMath.Towards(state.First, gradient, new1);
            state.Second = RuleMath.Towards(state.Second, gradient * gradient, new2);
            V step = Rate * state.First;
            return parameter - (Adapts ? step / (V.Sqrt(state.Second) + epsilon) : step);
        }
    }
}
