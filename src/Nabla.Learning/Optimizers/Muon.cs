using System.Runtime.CompilerServices;
using Nabla.Numerics;
using Nabla.Numerics.Kernels;
using Nabla.Tensors.Reference;

namespace Nabla.Learning.Optimizers;

/// <summary>Settings of <see cref="Muon"/>.</summary>
public sealed record MuonOptions
{
    /// <summary>η, the learning rate of matrices; the others' keeps its ratio to it.</summary>
    public float LearningRate { get; init; } = 0.02f;

    /// <summary>μ, how much of the last step goes on, in [0, 1).</summary>
    public float Momentum { get; init; } = 0.95f;

    /// <summary>Looks ahead along the momentum.</summary>
    public bool Nesterov { get; init; } = true;

    /// <summary>Steps of Newton's and Schulz's iteration, 1 or more.</summary>
    public int NewtonSchulzSteps { get; init; } = 5;

    /// <summary>λ, decoupled weight decay of matrices.</summary>
    public float WeightDecay { get; init; }

    /// <summary>
    /// Which parameters count as matrices; by default those of rank 2 and more. Embeddings and the last layer of a
    /// language model should not (Jordan 2024).
    /// </summary>
    public Predicate<NamedParameter> Matrices { get; init; } = static named => named.Parameter.Rank >= 2;

    /// <summary>The settings for all other parameters.</summary>
    public AdamWOptions Others { get; init; } = new() { LearningRate = 3e-4f, Beta2 = 0.95f };
}

/// <summary>
/// Muon, momentum made orthogonal: u ← μu + g; X = g + μu (or u without Nesterov), then five steps
/// of X ← aX + (bXXᵀ + c(XXᵀ)²)X; θ ← θ − ηλθ − η·√max(1, rows/columns)·X: every direction of a matrix moves alike.
/// What is no matrix is left to <see cref="AdamW"/>. Jordan et al. 2024, https://kellerjordan.github.io/posts/muon.
/// </summary>
/// <remarks>
/// A parameter of more than two dimensions counts as the matrix [first size, all others], as a convolution does.
/// </remarks>
/// <example><code>
/// var w = new ParameterList(new Parameter(new Tensor([3f], [1, 1])));
/// new Muon(w, new() { LearningRate = 0.1f, NewtonSchulzSteps = 1 }).Minimize(w[0].Square().Sum());   // X = 1
/// w[0].Item();                               // = 2.9299
/// 3 - 0.1 * (3.4445 - 4.7750 + 2.0315);      // = 2.9299
/// </code></example>
[Formula(
    "u ← μ·u + g; x ← g + μ·u; x ← x/‖x‖; x ← a·x + (b·x·xᵀ + c·(x·xᵀ)·(x·xᵀ))·x; θ ← θ − "
    + "η·λ·θ − η·√(max(1, r/k))·x")]
public sealed class Muon : Optimizer
{
    private readonly MuonOptions options;
    private readonly UpdateBatch<MomentumRule> momenta = new();
    private readonly AdamBatch others = new();
    private readonly Dictionary<NamedParameter, float[]> directions = [];

    /// <summary>An optimizer of all parameters of <paramref name="module"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    public Muon(Module module, MuonOptions? options = null)
        : base(module, (options ?? new()).LearningRate, named => Layout(named, options ?? new()))
    {
        this.options = options ??= new();
        new Setting(nameof(Muon)).Positive(options.LearningRate).Share(options.Momentum)
            .AtLeastOne(options.NewtonSchulzSteps).NotNegative(options.WeightDecay)
            .NotNegative(options.Others.LearningRate);
        AdamW.Check(nameof(Muon), options.Others);
        foreach (ParameterState trained in Trained)
            if (IsMatrix(trained.Named, options))
                directions[trained.Named] = new float[trained.Parameter.Count];
    }

    /// <inheritdoc/>
    protected override void Update(IReadOnlyList<ParameterState> parameters, float gradientScale)
    {
        float ratio = options.Others.LearningRate / options.LearningRate;
        AdamRule rule = AdamW.Rule(options.Others, Steps);
        foreach (ParameterState parameter in parameters)
            if (directions.TryGetValue(parameter.Named, out float[]? direction))
                momenta.Add(parameter, new MomentumRule(options.Momentum, options.Nesterov),
                    [parameter.Buffers[0], direction]);
            else
                AdamW.Add(others, options.Others, parameter, rule, LearningRate * ratio);
        others.Run(gradientScale);
        momenta.Run(gradientScale);
        foreach (ParameterState parameter in parameters)
            if (directions.TryGetValue(parameter.Named, out float[]? direction) && direction.Length > 0)
                Move(parameter, direction);
    }

    private static bool IsMatrix(NamedParameter named, MuonOptions options) =>
        named.Parameter.Rank >= 2 && options.Matrices(named);

    private static StateBuffer[] Layout(NamedParameter named, MuonOptions options) =>
        [.. (IsMatrix(named, options) ? ["momentum"] : AdamBatch.Names(options.Others.AmsGrad))
            .Select(name => new StateBuffer(name, named.Parameter.Shape))];

    private void Move(in ParameterState parameter, float[] direction)
    {
        int rows = parameter.Parameter.Shape[0], columns = direction.Length / rows;
        NewtonSchulz.Orthogonalize(direction, rows, columns, options.NewtonSchulzSteps);
        float rate = parameter.Rate(LearningRate);
        float shrink = rate * parameter.Decay(options.WeightDecay);
        float scale = rate * MathF.Sqrt(Math.Max(1, (float)rows / columns));
        UpdateKernel.Run<MoveRule>(new UpdateArrays<MoveRule>[]
        {
            new(new MoveRule(shrink, scale), direction, parameter.Parameter.ValuesMemory, []),
        });
    }

    /// <summary>The momentum, and the direction, which is scratch memory; the parameter changes afterwards.</summary>
    private readonly struct MomentumRule(float momentum, bool nesterov) : IUpdateRule
    {
        public static int Buffers => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Step<V>(V parameter, V gradient, ref UpdateState<V> state) where V : struct, IReal<V>
        {
            V kept = V.MultiplyAdd(momentum, state.First, gradient);
            state.First = kept;
            state.Second = nesterov ? V.MultiplyAdd(momentum, kept, gradient) : kept;
            return parameter;
        }
    }

    private readonly struct MoveRule(float shrink, float scale) : IUpdateRule
    {
        public static int Buffers => 0;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Step<V>(V parameter, V gradient, ref UpdateState<V> state) where V : struct, IReal<V> =>
            parameter - V.MultiplyAdd(shrink, parameter, scale * gradient);
    }
}
