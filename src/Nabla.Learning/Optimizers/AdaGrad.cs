using System.Runtime.CompilerServices;
using Nabla.Numerics;
using Nabla.Numerics.Kernels;
using Nabla.Tensors.Reference;

namespace Nabla.Learning.Optimizers;

/// <summary>Settings of <see cref="AdaGrad"/>.</summary>
public sealed record AdaGradOptions
{
    /// <summary>η, the learning rate.</summary>
    public float LearningRate { get; init; } = 0.01f;

    /// <summary>δ, how fast the rate falls besides: η/(1 + (t − 1)δ).</summary>
    public float RateDecay { get; init; }

    /// <summary>What the sums of squares begin with, 0 or more.</summary>
    public float InitialSum { get; init; }

    /// <summary>ε, which keeps the division finite.</summary>
    public float Epsilon { get; init; } = 1e-10f;

    /// <summary>λ, which is added to the gradient as λθ.</summary>
    public float WeightDecay { get; init; }
}

/// <summary>
/// AdaGrad: g ← g + λθ; s ← s + g²; θ ← θ − η/(1 + (t − 1)δ)·g/(√s + ε): what has moved much moves less.
/// Duchi, Hazan and Singer 2011, Journal of Machine Learning Research 12.
/// </summary>
/// <example><code>
/// var w = new ParameterList(new Parameter(new Tensor([1f])));
/// new AdaGrad(w, new() { LearningRate = 0.1f, InitialSum = 5 }).Minimize(w[0].Square().Sum());   // g = 2
/// w[0].Item();                         // = 0.93333
/// 1 - 0.1 * 2 / Math.Sqrt(5 + 2 * 2);  // = 0.93333
/// </code></example>
[Formula("g ← g + λ·θ; s ← s + g²; θ ← θ − η/(1 + (t − 1)·δ)·g/(√s + ε)")]
public sealed class AdaGrad : Optimizer
{
    private readonly AdaGradOptions options;
    private readonly UpdateBatch<AdaGradRule> batch = new();

    /// <summary>An optimizer of all parameters of <paramref name="module"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    public AdaGrad(Module module, AdaGradOptions? options = null)
        : base(module, (options ?? new()).LearningRate, "sum_of_squares")
    {
        this.options = options ??= new();
        new Setting(nameof(AdaGrad)).NotNegative(options.RateDecay).NotNegative(options.InitialSum)
            .Positive(options.Epsilon).NotNegative(options.WeightDecay);
        foreach (ParameterState trained in Trained)
            Array.Fill(trained.Buffers[0], options.InitialSum);
    }

    /// <inheritdoc/>
    protected override void Update(IReadOnlyList<ParameterState> parameters, float gradientScale)
    {
        float fallen = (float)(1 / (1 + (Steps - 1.0) * options.RateDecay));
        foreach (ParameterState parameter in parameters)
            batch.Add(parameter, new AdaGradRule(
                parameter.Rate(LearningRate) * fallen, options.Epsilon, parameter.Decay(options.WeightDecay)));
        batch.Run(gradientScale);
    }

    private readonly struct AdaGradRule(float rate, float epsilon, float decay) : IUpdateRule
    {
        public static int Buffers => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Step<V>(V parameter, V gradient, ref UpdateState<V> state) where V : struct, IReal<V>
        {
            gradient = V.MultiplyAdd(decay, parameter, gradient);
            state.First = V.MultiplyAdd(gradient, gradient, state.First);
            return parameter - rate * gradient / (V.Sqrt(state.First) + epsilon);
        }
    }
}
