using System.Runtime.CompilerServices;
using Nabla.Numerics;
using Nabla.Numerics.Kernels;
using Nabla.Tensors.Reference;

namespace Nabla.Learning.Optimizers;

/// <summary>Settings of <see cref="RmsProp"/>.</summary>
public sealed record RmsPropOptions
{
    /// <summary>η, the learning rate.</summary>
    public float LearningRate { get; init; } = 0.01f;

    /// <summary>α, how long the means remember, in [0, 1).</summary>
    public float Alpha { get; init; } = 0.99f;

    /// <summary>ε, which keeps the division finite.</summary>
    public float Epsilon { get; init; } = 1e-8f;

    /// <summary>μ, how much of the last step goes on, in [0, 1).</summary>
    public float Momentum { get; init; }

    /// <summary>Divides by the deviation of the gradients from their mean instead of from 0.</summary>
    public bool Centred { get; init; }

    /// <summary>λ, which is added to the gradient as λθ.</summary>
    public float WeightDecay { get; init; }
}

/// <summary>
/// RMSProp: g ← g + λθ; v ← αv + (1 − α)g²; u ← μu + g/(√v + ε); θ ← θ − ηu. Centred, ḡ ← αḡ + (1 − α)g and √(v − ḡ²)
/// divides. Tieleman and Hinton 2012, lecture 6.5; centred by Graves 2013, arXiv:1308.0850; as PyTorch writes them.
/// </summary>
/// <example><code>
/// var w = new ParameterList(new Parameter(new Tensor([1f])));
/// new RmsProp(w, new() { LearningRate = 0.1f, Alpha = 0.75f }).Minimize(w[0].Square().Sum());   // g = 2
/// w[0].Item();                           // = 0.8
/// 1 - 0.1 * 2 / Math.Sqrt(0.25 * 4);     // = 0.8
/// </code></example>
[Formula("g ← g + λ·θ; v ← α·v + (1 − α)·g²; u ← μ·u + g/(√v + ε); θ ← θ − η·u")]
public sealed class RmsProp : Optimizer
{
    private readonly RmsPropOptions options;
    private readonly UpdateBatch<RmsPropRule> batch = new();

    /// <summary>An optimizer of all parameters of <paramref name="module"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    public RmsProp(Module module, RmsPropOptions? options = null)
        : base(module, (options ?? new()).LearningRate, Buffers(options ?? new()))
    {
        this.options = options ??= new();
        new Setting(nameof(RmsProp)).Share(options.Alpha).Positive(options.Epsilon).Share(options.Momentum)
            .NotNegative(options.WeightDecay);
    }

    /// <inheritdoc/>
    protected override void Update(IReadOnlyList<ParameterState> parameters, float gradientScale)
    {
        foreach (ParameterState parameter in parameters)
        {
            var rule = new RmsPropRule(parameter.Rate(LearningRate), parameter.Decay(options.WeightDecay), options);
            float[][] kept = parameter.Buffers;
            batch.Add(parameter, rule,
                [kept[0], options.Momentum > 0 ? kept[1] : null, options.Centred ? kept[^1] : null]);
        }
        batch.Run(gradientScale);
    }

    private static string[] Buffers(RmsPropOptions options) =>
        ["square_mean", .. options.Momentum > 0 ? ["velocity"] : Array.Empty<string>(),
            .. options.Centred ? ["mean"] : Array.Empty<string>()];

    /// <summary>v, u and ḡ; what is not kept is 0.</summary>
    private readonly struct RmsPropRule(float rate, float decay, RmsPropOptions options) : IUpdateRule
    {
        public static int Buffers => 1;

        private readonly float share = 1 - options.Alpha;
        private readonly float epsilon = options.Epsilon;
        private readonly float momentum = options.Momentum;
        private readonly bool centred = options.Centred;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Step<V>(V parameter, V gradient, ref UpdateState<V> state) where V : struct, IReal<V>
        {
            gradient = V.MultiplyAdd(decay, parameter, gradient);
            V square = RuleMath.Towards(state.First, gradient * gradient, share);
            V mean = centred ? RuleMath.Towards(state.Third, gradient, share) : 0;
            // Rounding may carry the variance of equal gradients below 0.
            V deviation = V.Sqrt(V.Max(0, square - mean * mean)) + epsilon;
            V velocity = V.MultiplyAdd(momentum, state.Second, gradient / deviation);
            state = new(square, velocity, mean);
            return parameter - rate * velocity;
        }
    }
}
