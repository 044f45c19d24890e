using System.Runtime.CompilerServices;
using Nabla.Numerics;
using Nabla.Numerics.Kernels;
using Nabla.Tensors.Reference;

namespace Nabla.Learning.Optimizers;

/// <summary>Settings of <see cref="Sgd"/>.</summary>
public sealed record SgdOptions
{
    /// <summary>η, the learning rate.</summary>
    public float LearningRate { get; init; } = 0.01f;

    /// <summary>μ, how much of the last step goes on, in [0, 1).</summary>
    public float Momentum { get; init; }

    /// <summary>τ, how much less than whole a gradient enters the velocity after the first step, in [0, 1).</summary>
    public float Dampening { get; init; }

    /// <summary>Looks ahead along the velocity: θ ← θ − η(g + λθ + μu). Needs a momentum, and no dampening.</summary>
    public bool Nesterov { get; init; }

    /// <summary>λ, which is added to the gradient as λθ.</summary>
    public float WeightDecay { get; init; }
}

/// <summary>
/// Stochastic gradient descent: u ← μu + (1 − τ)(g + λθ), in the first step u = g + λθ; θ ← θ − ηu. Robbins and Monro
/// 1951; momentum by Polyak 1964, looking ahead by Nesterov 1983 (Sutskever et al. 2013), as PyTorch writes them.
/// Without momentum there is no state.
/// </summary>
/// <example><code>
/// var w = new ParameterList(new Parameter(new Tensor([1f])));
/// var sgd = new Sgd(w, new() { LearningRate = 0.1f, Momentum = 0.5f });
/// for (int step = 0; step &lt; 2; step++)
///     sgd.Minimize(w[0].Square().Sum());      // g = 2, then 1.6
/// w[0].Item();                                // = 0.54
/// 1 - 0.1 * 2 - 0.1 * (0.5 * 2 + 1.6);        // = 0.54
/// </code></example>
[Formula("u ← (t > 1 ? μ·u + (1 − τ)·(g + λ·θ) : g + λ·θ); θ ← θ − η·u")]
public sealed class Sgd : Optimizer
{
    private readonly SgdOptions options;
    private readonly UpdateBatch<SgdRule> batch = new();

    /// <summary>An optimizer of all parameters of <paramref name="module"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A setting is out of its range, or Nesterov without a momentum or with dampening.
    /// </exception>
    public Sgd(Module module, SgdOptions? options = null)
        : base(module, (options ?? new()).LearningRate, options is { Momentum: not 0 } ? ["velocity"] : [])
    {
        this.options = options ??= new();
        new Setting(nameof(Sgd)).Share(options.Momentum).Share(options.Dampening).NotNegative(options.WeightDecay)
            .Check(options is not ({ Nesterov: true, Momentum: 0 } or { Nesterov: true, Dampening: > 0 }),
                options.Nesterov, nameof(options.Nesterov), "false without a Momentum, such as 0.9, or with Dampening");
    }

    /// <inheritdoc/>
    protected override void Update(IReadOnlyList<ParameterState> parameters, float gradientScale)
    {
        foreach (ParameterState parameter in parameters)
            batch.Add(parameter, new SgdRule
            {
                Rate = parameter.Rate(LearningRate),
                Momentum = options.Momentum,
                Share = Steps == 1 ? 1 : 1 - options.Dampening,
                Nesterov = options.Nesterov,
                WeightDecay = parameter.Decay(options.WeightDecay),
            });
        batch.Run(gradientScale);
    }

    /// <summary>One step; the state is u. Without a momentum u is 0 + g.</summary>
    private readonly struct SgdRule : IUpdateRule
    {
        public static int Buffers => 0;

        public float Rate { get; init; }

        public float Momentum { get; init; }

        public float Share { get; init; }

        public bool Nesterov { get; init; }

        public float WeightDecay { get; init; }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Step<V>(V parameter, V gradient, ref UpdateState<V> state) where V : struct, IReal<V>
        {
            gradient = V.MultiplyAdd(WeightDecay, parameter, gradient);
            V velocity = V.MultiplyAdd(Momentum, state.First, Share * gradient);
            state.First = velocity;
            return parameter - Rate * (Nesterov ? V.MultiplyAdd(Momentum, velocity, gradient) : velocity);
        }
    }
}
