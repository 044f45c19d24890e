using System.Runtime.CompilerServices;
using Nabla.Numerics;
using Nabla.Numerics.Kernels;
using Nabla.Tensors.Reference;

namespace Nabla.Learning.Optimizers;

/// <summary>Settings of <see cref="Adamax"/>.</summary>
public sealed record AdamaxOptions
{
    /// <summary>η, the learning rate.</summary>
    public float LearningRate { get; init; } = 2e-3f;

    /// <summary>β₁, how long the mean of the gradients remembers, in [0, 1).</summary>
    public float Beta1 { get; init; } = 0.9f;

    /// <summary>β₂, how long the largest gradient is remembered, in [0, 1).</summary>
    public float Beta2 { get; init; } = 0.999f;

    /// <summary>ε, which keeps the division finite.</summary>
    public float Epsilon { get; init; } = 1e-8f;

    /// <summary>λ, which is added to the gradient as λθ.</summary>
    public float WeightDecay { get; init; }
}

/// <summary>
/// Adamax, Adam in the infinity norm: g ← g + λθ; m ← β₁m + (1 − β₁)g; u ← max(β₂u, |g| + ε); θ ← θ − η/(1 − β₁ᵗ)·m/u.
/// Kingma and Ba 2015, arXiv:1412.6980, algorithm 2, with PyTorch's ε.
/// </summary>
/// <example><code>
/// var w = new ParameterList(new Parameter(new Tensor([1f])));
/// new Adamax(w, new() { LearningRate = 0.1f, Epsilon = 0.5f }).Minimize(w[0].Square().Sum());   // g = 2
/// w[0].Item();            // = 0.92
/// 1 - 0.1 * 2 / 2.5;      // = 0.92
/// </code></example>
[Formula("g ← g + λ·θ; m ← β_1·m + (1 − β_1)·g; u ← max(β_2·u, |g| + ε); θ ← θ − η/(1 − β_1^t)·m/u")]
public sealed class Adamax : Optimizer
{
    private readonly AdamaxOptions options;
    private readonly UpdateBatch<AdamaxRule> batch = new();

    /// <summary>An optimizer of all parameters of <paramref name="module"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    public Adamax(Module module, AdamaxOptions? options = null)
        : base(module, (options ?? new()).LearningRate, "first_moment", "infinity_norm")
    {
        this.options = options ??= new();
        new Setting(nameof(Adamax)).Share(options.Beta1).Share(options.Beta2).Positive(options.Epsilon)
            .NotNegative(options.WeightDecay);
    }

    /// <inheritdoc/>
    protected override void Update(IReadOnlyList<ParameterState> parameters, float gradientScale)
    {
        float corrected = (float)(1 / (1 - Math.Pow(options.Beta1, Steps)));
        foreach (ParameterState parameter in parameters)
            batch.Add(parameter, new AdamaxRule(
                parameter.Rate(LearningRate) * corrected, parameter.Decay(options.WeightDecay), options));
        batch.Run(gradientScale);
    }

    private readonly struct AdamaxRule(float rate, float decay, AdamaxOptions options) : IUpdateRule
    {
        public static int Buffers => 2;

        private readonly float share = 1 - options.Beta1;
        private readonly float beta2 = options.Beta2;
        private readonly float epsilon = options.Epsilon;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Step<V>(V parameter, V gradient, ref UpdateState<V> state) where V : struct, IReal<V>
        {
            gradient = V.MultiplyAdd(decay, parameter, gradient);
            state.First = RuleMath.Towards(state.First, gradient, share);
            state.Second = V.Max(beta2 * state.Second, V.Abs(gradient) + epsilon);
            return parameter - rate * state.First / state.Second;
        }
    }
}
