using System.Runtime.CompilerServices;
using Nabla.Numerics;
using Nabla.Numerics.Kernels;
using Nabla.Tensors.Reference;

namespace Nabla.Learning.Optimizers;

/// <summary>Settings of <see cref="Lion"/>.</summary>
public sealed record LionOptions
{
    /// <summary>η, the learning rate: a third to a tenth of AdamW's.</summary>
    public float LearningRate { get; init; } = 1e-4f;

    /// <summary>β₁, the momentum's share in the direction, in [0, 1).</summary>
    public float Beta1 { get; init; } = 0.9f;

    /// <summary>β₂, how long the momentum remembers, in [0, 1).</summary>
    public float Beta2 { get; init; } = 0.99f;

    /// <summary>λ, decoupled weight decay of matrices: three to ten times AdamW's.</summary>
    public float WeightDecay { get; init; }
}

/// <summary>
/// Lion, found by search over programs: θ ← θ − η(sign(β₁m + (1 − β₁)g) + λθ); m ← β₂m + (1 − β₂)g. Every number
/// moves by η. Chen et al. 2023, arXiv:2302.06675, algorithm 2.
/// </summary>
/// <example><code>
/// var w = new ParameterList(new Parameter(new Tensor([1f])));
/// new Lion(w, new() { LearningRate = 0.1f }).Minimize(w[0].Square().Sum());   // g = 2
/// w[0].Item();                                    // = 0.9
/// 1 - 0.1 * Math.Sign(0.9 * 0 + (1 - 0.9) * 2);   // = 0.9
/// </code></example>
[Formula("θ ← θ − η·(sign(β_1·m + (1 − β_1)·g) + λ·θ); m ← β_2·m + (1 − β_2)·g")]
public sealed class Lion : Optimizer
{
    private readonly LionOptions options;
    private readonly UpdateBatch<LionRule> batch = new();

    /// <summary>An optimizer of all parameters of <paramref name="module"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    public Lion(Module module, LionOptions? options = null)
        : base(module, (options ?? new()).LearningRate, "momentum")
    {
        this.options = options ??= new();
        new Setting(nameof(Lion)).Share(options.Beta1).Share(options.Beta2).NotNegative(options.WeightDecay);
    }

    /// <inheritdoc/>
    protected override void Update(IReadOnlyList<ParameterState> parameters, float gradientScale)
    {
        foreach (ParameterState parameter in parameters)
            batch.Add(parameter, new LionRule(
                parameter.Rate(LearningRate), RuleMath.DecoupledDecay(parameter, options.WeightDecay), options));
        batch.Run(gradientScale);
    }

    private readonly struct LionRule(float rate, float decay, LionOptions options) : IUpdateRule
    {
        public static int Buffers => 1;

        private readonly float shrink = rate * decay;
        private readonly float new1 = 1 - options.Beta1;
        private readonly float new2 = 1 - options.Beta2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Step<V>(V parameter, V gradient, ref UpdateState<V> state) where V : struct, IReal<V>
        {
            V direction = RuleMath.Sign(RuleMath.Towards(state.First, gradient, new1));
            state.First = RuleMath.Towards(state.First, gradient, new2);
            return parameter - V.MultiplyAdd(shrink, parameter, rate * direction);
        }
    }
}
