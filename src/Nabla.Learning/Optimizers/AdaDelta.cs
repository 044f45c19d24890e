using System.Runtime.CompilerServices;
using Nabla.Numerics;
using Nabla.Numerics.Kernels;
using Nabla.Tensors.Reference;

namespace Nabla.Learning.Optimizers;

/// <summary>Settings of <see cref="AdaDelta"/>.</summary>
public sealed record AdaDeltaOptions
{
    /// <summary>η, the learning rate; 1 in the paper, which does without.</summary>
    public float LearningRate { get; init; } = 1;

    /// <summary>ρ, how long the means remember, in [0, 1).</summary>
    public float Rho { get; init; } = 0.9f;

    /// <summary>ε, with which the first steps begin.</summary>
    public float Epsilon { get; init; } = 1e-6f;

    /// <summary>λ, which is added to the gradient as λθ.</summary>
    public float WeightDecay { get; init; }
}

/// <summary>
/// AdaDelta: g ← g + λθ; v ← ρv + (1 − ρ)g²; Δ = √(d + ε)/√(v + ε)·g; d ← ρd + (1 − ρ)Δ²; θ ← θ − ηΔ: the steps have
/// the unit of the parameter. Zeiler 2012, arXiv:1212.5701, algorithm 1.
/// </summary>
/// <example><code>
/// var w = new ParameterList(new Parameter(new Tensor([1f])));
/// new AdaDelta(w, new() { Rho = 0.5f, Epsilon = 0.01f }).Minimize(w[0].Square().Sum());   // g = 2
/// w[0].Item();                                        // = 0.85893
/// 1 - Math.Sqrt(0.01) / Math.Sqrt(0.5 * 4 + 0.01) * 2;  // = 0.85893
/// </code></example>
[Formula(
    "g ← g + λ·θ; v ← ρ·v + (1 − ρ)·g²; Δ ← √(d + ε)/√(v + ε)·g; d ← ρ·d + (1 − ρ)·Δ²; θ ← θ − "
    + "η·Δ")]
public sealed class AdaDelta : Optimizer
{
    private readonly AdaDeltaOptions options;
    private readonly UpdateBatch<AdaDeltaRule> batch = new();

    /// <summary>An optimizer of all parameters of <paramref name="module"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    public AdaDelta(Module module, AdaDeltaOptions? options = null)
        : base(module, (options ?? new()).LearningRate, "square_mean", "step_square_mean")
    {
        this.options = options ??= new();
        new Setting(nameof(AdaDelta)).Share(options.Rho).Positive(options.Epsilon).NotNegative(options.WeightDecay);
    }

    /// <inheritdoc/>
    protected override void Update(IReadOnlyList<ParameterState> parameters, float gradientScale)
    {
        foreach (ParameterState parameter in parameters)
            batch.Add(parameter, new AdaDeltaRule(
                parameter.Rate(LearningRate), options.Rho, options.Epsilon, parameter.Decay(options.WeightDecay)));
        batch.Run(gradientScale);
    }

    private readonly struct AdaDeltaRule(float rate, float rho, float epsilon, float decay) : IUpdateRule
    {
        public static int Buffers => 2;

        private readonly float share = 1 - rho;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Step<V>(V parameter, V gradient, ref UpdateState<V> state) where V : struct, IReal<V>
        {
            gradient = V.MultiplyAdd(decay, parameter, gradient);
            state.First = RuleMath.Towards(state.First, gradient * gradient, share);
            V step = V.Sqrt(state.Second + epsilon) / V.Sqrt(state.First + epsilon) * gradient;
            state.Second = RuleMath.Towards(state.Second, step * step, share);
            return parameter - rate * step;
        }
    }
}
