using System.Runtime.CompilerServices;
using Nabla.Numerics;
using Nabla.Numerics.Kernels;
using Nabla.Tensors.Reference;

namespace Nabla.Learning.Optimizers;

/// <summary>Settings of <see cref="NAdam"/>.</summary>
public sealed record NAdamOptions
{
    /// <summary>η, the learning rate.</summary>
    public float LearningRate { get; init; } = 2e-3f;

    /// <summary>β₁, how long the mean of the gradients remembers, in [0, 1).</summary>
    public float Beta1 { get; init; } = 0.9f;

    /// <summary>β₂, how long the mean of their squares remembers, in [0, 1).</summary>
    public float Beta2 { get; init; } = 0.999f;

    /// <summary>ε, which keeps the division finite.</summary>
    public float Epsilon { get; init; } = 1e-8f;

    /// <summary>ψ, how fast the momentum rises to β₁.</summary>
    public float MomentumDecay { get; init; } = 4e-3f;

    /// <summary>λ, which is added to the gradient as λθ.</summary>
    public float WeightDecay { get; init; }
}

/// <summary>
/// Adam that looks ahead as Nesterov does: g ← g + λθ; μₜ = β₁(1 − ½·0.96^(tψ)); m ← β₁m + (1 − β₁)g;
/// v ← β₂v + (1 − β₂)g²; θ ← θ − η·(μₜ₊₁·m/(1 − ∏ᵢ₌₁ᵗ⁺¹ μᵢ) + (1 − μₜ)·g/(1 − ∏ᵢ₌₁ᵗ μᵢ))/(√v̂ + ε),
/// v̂ = v/(1 − β₂ᵗ). Dozat 2016, Incorporating Nesterov momentum into Adam.
/// </summary>
/// <remarks>
/// As in PyTorch from 2.0 on, and its <c>foreach</c> version before: the other one of 1.13 has μₜ twice in the product.
/// </remarks>
/// <example><code>
/// var w = new ParameterList(new Parameter(new Tensor([1f])));
/// new NAdam(w, new() { LearningRate = 0.1f, Epsilon = 1, MomentumDecay = 0 }).Minimize(w[0].Square().Sum());
/// w[0].Item();                                                             // = 0.92957
/// 1 - 0.1 * (0.45 * 0.2 / (1 - 0.45 * 0.45) + 0.55 * 2 / 0.55) / (2 + 1);  // = 0.92957
/// </code></example>
[Formula(
    "g ← g + λ·θ; a ← β_1·(1 − 1/2·0.96^(t·ψ)); b ← β_1·(1 − 1/2·0.96^((t + 1)·ψ)); c ← c·a; m "
    + "← β_1·m + (1 − β_1)·g; v ← β_2·v + (1 − β_2)·g²; v̂ ← v/(1 − β_2^t); θ ← θ − η·(b·m/(1 − "
    + "c·b) + (1 − a)·g/(1 − c))/(√v̂ + ε)")]
public sealed class NAdam : Optimizer
{
    private readonly NAdamOptions options;
    private readonly UpdateBatch<NAdamRule> batch = new();
    private double product = 1; // ∏ μᵢ over the steps up to this one
    private int counted;

    /// <summary>An optimizer of all parameters of <paramref name="module"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    public NAdam(Module module, NAdamOptions? options = null)
        : base(module, (options ?? new()).LearningRate, "first_moment", "second_moment")
    {
        this.options = options ??= new();
        new Setting(nameof(NAdam)).Share(options.Beta1).Share(options.Beta2).Positive(options.Epsilon)
            .NotNegative(options.MomentumDecay).NotNegative(options.WeightDecay);
    }

    /// <inheritdoc/>
    protected override void Update(IReadOnlyList<ParameterState> parameters, float gradientScale)
    {
        if (counted >= Steps)
            (product, counted) = (1, 0);
        while (counted < Steps) // more than once only after Resume, which so needs no more than the number of steps
            product *= Momentum(++counted);
        double ahead = Momentum(Steps + 1);
        foreach (ParameterState parameter in parameters)
        {
            double rate = parameter.Rate(LearningRate);
            batch.Add(parameter, new NAdamRule(parameter.Decay(options.WeightDecay), Steps, options)
            {
                GradientRate = (float)(rate * (1 - Momentum(Steps)) / (1 - product)),
                MomentRate = (float)(rate * ahead / (1 - product * ahead)),
            });
        }
        batch.Run(gradientScale);
    }

    private double Momentum(int step) =>
        options.Beta1 * (1 - 0.5 * Math.Pow(0.96, step * (double)options.MomentumDecay));

    private readonly struct NAdamRule(float decay, int step, NAdamOptions options) : IUpdateRule
    {
        public static int Buffers => 2;

        private readonly float new1 = 1 - options.Beta1;
        private readonly float new2 = 1 - options.Beta2;
        private readonly float epsilon = options.Epsilon;
        private readonly float correction = (float)(1 / (1 - Math.Pow(options.Beta2, step)));

        public float GradientRate { get; init; }

        public float MomentRate { get; init; }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Step<V>(V parameter, V gradient, ref UpdateState<V> state) where V : struct, IReal<V>
        {
            gradient = V.MultiplyAdd(decay, parameter, gradient);
            state.First = RuleMath.Towards(state.First, gradient, new1);
            state.Second = RuleMath.Towards(state.Second, gradient * gradient, new2);
            V direction = V.MultiplyAdd(MomentRate, state.First, GradientRate * gradient);
            return parameter - direction / (V.Sqrt(state.Second * correction) + epsilon);
        }
    }
}
