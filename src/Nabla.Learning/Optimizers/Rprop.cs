using System.Runtime.CompilerServices;
using Nabla.Numerics;
using Nabla.Numerics.Kernels;
using Nabla.Tensors.Reference;

namespace Nabla.Learning.Optimizers;

/// <summary>Settings of <see cref="Rprop"/>.</summary>
public sealed record RpropOptions
{
    /// <summary>η, the first step of every number; when a schedule changes the rate, all steps follow it.</summary>
    public float LearningRate { get; init; } = 0.01f;

    /// <summary>η⁻, what a step is multiplied by when its gradient changed its sign, in (0, 1).</summary>
    public float Shrink { get; init; } = 0.5f;

    /// <summary>η⁺, what a step is multiplied by when its gradient kept its sign, above 1.</summary>
    public float Grow { get; init; } = 1.2f;

    /// <summary>The smallest step.</summary>
    public float SmallestStep { get; init; } = 1e-6f;

    /// <summary>The largest step.</summary>
    public float LargestStep { get; init; } = 50;
}

/// <summary>
/// Resilient propagation, for whole batches: each number has a step Δ of its own, of which the gradient gives the sign
/// only. s = g·g′, g′ the gradient before: Δ ← η⁺Δ if s &gt; 0, η⁻Δ and g ← 0 if s &lt; 0; θ ← θ − sign(g)·Δ; g′ ← g.
/// Riedmiller and Braun 1993; this variant, iRprop−, Igel and Hüsken 2000.
/// </summary>
/// <example><code>
/// var w = new ParameterList(new Parameter(new Tensor([1f])));
/// var rprop = new Rprop(w, new() { LearningRate = 0.1f });
/// for (int step = 0; step &lt; 2; step++)
///     rprop.Minimize(w[0].Square().Sum());
/// w[0].Item();             // = 0.78
/// 1 - 0.1 - 1.2 * 0.1;     // = 0.78
/// </code></example>
[Formula(
    "s ← g·h; Δ ← (s > 0 ? p·Δ : s < 0 ? q·Δ : Δ); g ← (s < 0 ? 0 : g); θ ← θ − sign(g)·Δ; h ← g")]
public sealed class Rprop : Optimizer
{
    private readonly RpropOptions options;
    private readonly UpdateBatch<RpropRule> batch = new();

    /// <summary>An optimizer of all parameters of <paramref name="module"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    public Rprop(Module module, RpropOptions? options = null)
        : base(module, (options ?? new()).LearningRate, "last_gradient", "step_factor")
    {
        this.options = options ??= new();
        new Setting(nameof(Rprop)).Positive(options.LearningRate)
            .Check(options.Shrink is > 0 and < 1, options.Shrink, nameof(options.Shrink), "in (0, 1)")
            .Check(options.Grow > 1 && float.IsFinite(options.Grow), options.Grow, nameof(options.Grow), "above 1")
            .Positive(options.SmallestStep).Positive(options.LargestStep)
            .Check(options.LargestStep >= options.SmallestStep, options.LargestStep, nameof(options.LargestStep),
                "at least SmallestStep");
        foreach (ParameterState trained in Trained)
            Array.Fill(trained.Buffers[1], 1);
    }

    /// <inheritdoc/>
    protected override void Update(IReadOnlyList<ParameterState> parameters, float gradientScale)
    {
        foreach (ParameterState parameter in parameters)
            batch.Add(parameter, new RpropRule(parameter.Rate(LearningRate), options));
        batch.Run(gradientScale);
    }

    /// <summary>g′, and the step as a multiple of the learning rate.</summary>
    private readonly struct RpropRule(float rate, RpropOptions options) : IUpdateRule
    {
        public static int Buffers => 2;

        private readonly float shrink = options.Shrink;
        private readonly float grow = options.Grow;
        private readonly float smallest = options.SmallestStep / options.LearningRate;
        private readonly float largest = options.LargestStep / options.LearningRate;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Step<V>(V parameter, V gradient, ref UpdateState<V> state) where V : struct, IReal<V>
        {
            V agreement = RuleMath.Sign(gradient) * RuleMath.Sign(state.First); // the product itself may underflow
            V factor = V.WherePositive(agreement, grow, V.WherePositive(-agreement, shrink, 1));
            state.Second = V.Min(largest, V.Max(smallest, state.Second * factor));
            state.First = V.WherePositive(-agreement, 0, gradient);
            return parameter - RuleMath.Sign(state.First) * state.Second * rate;
        }
    }
}
