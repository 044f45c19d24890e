using System.Runtime.CompilerServices;
using Nabla.Numerics;
using Nabla.Numerics.Kernels;
using Nabla.Tensors.Reference;

namespace Nabla.Learning.Optimizers;

/// <summary>Settings of <see cref="Lamb"/>.</summary>
public sealed record LambOptions
{
    /// <summary>η, the learning rate: a step of a parameter is this share of its norm.</summary>
    public float LearningRate { get; init; } = 1e-3f;

    /// <summary>β₁, how long the mean of the gradients remembers, in [0, 1).</summary>
    public float Beta1 { get; init; } = 0.9f;

    /// <summary>β₂, how long the mean of their squares remembers, in [0, 1).</summary>
    public float Beta2 { get; init; } = 0.999f;

    /// <summary>ε, which keeps the division finite.</summary>
    public float Epsilon { get; init; } = 1e-6f;

    /// <summary>λ, weight decay of matrices, a part of the step whose length is then set.</summary>
    public float WeightDecay { get; init; } = 0.01f;
}

/// <summary>
/// LAMB, Adam with a rate for each layer, for very large batches: m and v as <see cref="Adam"/> has them;
/// r = m̂/(√v̂ + ε) + λθ; θ ← θ − η·‖θ‖/‖r‖·r for each parameter as a whole; where a norm is 0, the factor is 1.
/// You et al. 2020, arXiv:1904.00962, algorithm 2, with φ(z) = z.
/// </summary>
/// <example><code>
/// var w = new ParameterList(new Parameter(new Tensor([3f, 4f])));
/// new Lamb(w, new() { LearningRate = 0.1f }).Minimize(w[0].Square().Sum());   // r ≈ [1, 1], ‖θ‖ = 5
/// w[0].ToArray();                                                     // = [2.64645, 3.64645]
/// new[] { 3 - 0.1 * 5 / Math.Sqrt(2), 4 - 0.1 * 5 / Math.Sqrt(2) };   // = [2.64645, 3.64645]
/// </code></example>
[Formula(
    "m ← β_1·m + (1 − β_1)·g; v ← β_2·v + (1 − β_2)·g²; r ← (m/(1 − β_1^t))/(√(v/(1 − β_2^t)) "
    + "+ ε) + λ·θ; θ ← θ − η·‖θ‖/‖r‖·r")]
public sealed class Lamb : Optimizer
{
    private readonly LambOptions options;
    private readonly UpdateBatch<LambRule> batch = new();
    private readonly Dictionary<NamedParameter, float[]> directions = [];

    /// <summary>An optimizer of all parameters of <paramref name="module"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    public Lamb(Module module, LambOptions? options = null)
        : base(module, (options ?? new()).LearningRate, "first_moment", "second_moment")
    {
        this.options = options ??= new();
        new Setting(nameof(Lamb)).Share(options.Beta1).Share(options.Beta2).Positive(options.Epsilon)
            .NotNegative(options.WeightDecay);
        foreach (ParameterState trained in Trained)
            directions[trained.Named] = new float[trained.Parameter.Count];
    }

    /// <inheritdoc/>
    protected override void Update(IReadOnlyList<ParameterState> parameters, float gradientScale)
    {
        foreach (ParameterState parameter in parameters)
            batch.Add(parameter,
                new LambRule(RuleMath.DecoupledDecay(parameter, options.WeightDecay), Steps, options),
                [.. parameter.Buffers, directions[parameter.Named]]);
        batch.Run(gradientScale);
        foreach (ParameterState parameter in parameters)
        {
            float[] direction = directions[parameter.Named];
            double size = Math.Sqrt(Elementwise.SquaredNorm(parameter.Parameter.Values));
            double length = Math.Sqrt(Elementwise.SquaredNorm(direction));
            double trust = size > 0 && length > 0 ? size / length : 1;
            Elementwise.Axpy((float)(-parameter.Rate(LearningRate) * trust), direction, parameter.Parameter.Values);
        }
    }

    /// <summary>m, v and the direction r, which is scratch memory; the parameter changes afterwards.</summary>
    private readonly struct LambRule(float decay, int step, LambOptions options) : IUpdateRule
    {
        public static int Buffers => 3;

        private readonly float new1 = 1 - options.Beta1;
        private readonly float new2 = 1 - options.Beta2;
        private readonly float epsilon = options.Epsilon;
        private readonly float correction1 = (float)(1 / (1 - Math.Pow(options.Beta1, step)));
        private readonly float correction2 = (float)(1 / (1 - Math.Pow(options.Beta2, step)));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Step<V>(V parameter, V gradient, ref UpdateState<V> state) where V : struct, IReal<V>
        {
            V first = RuleMath.Towards(state.First, gradient, new1);
            V second = RuleMath.Towards(state.Second, gradient * gradient, new2);
            V adapted = first * correction1 / (V.Sqrt(second * correction2) + epsilon);
            state = new(first, second, V.MultiplyAdd(decay, parameter, adapted));
            return parameter;
        }
    }
}
