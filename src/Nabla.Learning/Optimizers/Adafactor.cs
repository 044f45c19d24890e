using System.Buffers;
using System.Runtime.CompilerServices;
using Nabla.Numerics;
using Nabla.Numerics.Kernels;
using Nabla.Tensors.Reference;

namespace Nabla.Learning.Optimizers;

/// <summary>Settings of <see cref="Adafactor"/>.</summary>
public sealed record AdafactorOptions
{
    /// <summary>The largest ρₜ, the step as a share of the parameter's size; later it is 1/√t.</summary>
    public float LearningRate { get; init; } = 1e-2f;

    /// <summary>β₁, the momentum of the steps, in [0, 1); 0 keeps none, which saves the memory.</summary>
    public float Beta1 { get; init; }

    /// <summary>c in β₂ₜ = 1 − t⁻ᶜ, how fast the second moment's memory becomes long, in (0, 1].</summary>
    public float DecayPower { get; init; } = 0.8f;

    /// <summary>d, the largest root mean square of a step before the rate is applied.</summary>
    public float ClipThreshold { get; init; } = 1;

    /// <summary>ε₁, which is added to each squared gradient.</summary>
    public float Epsilon1 { get; init; } = 1e-30f;

    /// <summary>ε₂, the least size of a parameter.</summary>
    public float Epsilon2 { get; init; } = 1e-3f;

    /// <summary>λ, decoupled weight decay of matrices, times <see cref="LearningRate"/>.</summary>
    public float WeightDecay { get; init; }

    /// <summary>η = max(ε₂, RMS(θ))·min(rate, 1/√t); otherwise η is the learning rate as it is.</summary>
    public bool RelativeStep { get; init; } = true;
}

/// <summary>
/// Adafactor, which keeps for a matrix [n, m] n + m numbers instead of n·m: R and C are running means of g² + ε₁ over
/// the rows and the columns, β₂ₜ = 1 − t⁻ᶜ; V = R·Cᵀ/mean(R); U = g/√V; θ ← θ − η·U/max(1, RMS(U)/d), with
/// η = max(ε₂, RMS(θ))·min(rate, 1/√t). A vector keeps its whole V. Shazeer and Stern 2018, arXiv:1804.04235,
/// algorithms 4 and 5.
/// </summary>
/// <remarks>A parameter of more than two dimensions counts as the matrix [first size, all others].</remarks>
/// <example><code>
/// var w = new ParameterList(new Parameter(new Tensor([3f, 4f])));
/// new Adafactor(w).Minimize(w[0].Square().Sum());                          // U = [1, 1]
/// w[0].ToArray();                                                          // = [2.96464, 3.96464]
/// new[] { 3 - 0.01 * Math.Sqrt(12.5), 4 - 0.01 * Math.Sqrt(12.5) };        // = [2.96464, 3.96464]
/// </code></example>
[Formula(
    "β ← 1 − t^(−c); V ← β·V + (1 − β)·(g² + ε); u ← g/√V; θ ← θ − η·u/max(1, √(1/n·Σ_i u_i²)/d)")]
public sealed class Adafactor : Optimizer
{
    private readonly AdafactorOptions options;

    /// <summary>An optimizer of all parameters of <paramref name="module"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    public Adafactor(Module module, AdafactorOptions? options = null)
        : base(module, (options ?? new()).LearningRate, named => Layout(named, options ?? new()))
    {
        this.options = options ??= new();
        new Setting(nameof(Adafactor)).Share(options.Beta1)
            .Check(options.DecayPower is > 0 and <= 1, options.DecayPower, nameof(options.DecayPower), "in (0, 1]")
            .Positive(options.ClipThreshold).Positive(options.Epsilon1).Positive(options.Epsilon2)
            .NotNegative(options.WeightDecay);
    }

    /// <inheritdoc/>
    protected override void Update(IReadOnlyList<ParameterState> parameters, float gradientScale)
    {
        foreach (ParameterState parameter in parameters)
            if (parameter.Parameter.Count > 0)
                Update(parameter, gradientScale);
    }

    private static StateBuffer[] Layout(NamedParameter named, AdafactorOptions options)
    {
        (int rows, int columns) = Matrix(named);
        StateBuffer[] second = rows > 0
            ? [new("row_mean", [rows]), new("column_mean", [columns])]
            : [new("second_moment", named.Parameter.Shape)];
        return options.Beta1 > 0 ? [.. second, new("momentum", named.Parameter.Shape)] : second;
    }

    /// <summary>The sizes of a parameter as a matrix; 0 rows if it is none.</summary>
    private static (int Rows, int Columns) Matrix(NamedParameter named) =>
        named.Parameter is { Rank: >= 2, Count: > 0 } matrix
            ? (matrix.Shape[0], matrix.Count / matrix.Shape[0]) : (0, 0);

    private void Update(in ParameterState parameter, float gradientScale)
    {
        int count = parameter.Parameter.Count;
        float share = (float)Math.Pow(Steps, -(double)options.DecayPower);
        float[] direction = ArrayPool<float>.Shared.Rent(count);
        Memory<float> u = direction.AsMemory(0, count);
        if (Matrix(parameter.Named) is { Rows: > 0 } matrix)
            FromRowsAndColumns(parameter, matrix, u, share, gradientScale);
        else
            Run(new Normalize(share, options.Epsilon1), parameter.Parameter.GradientMemory, u, gradientScale,
                parameter.Buffers[0]);
        double rate = parameter.Rate(LearningRate);
        float shrink = (float)(rate * RuleMath.DecoupledDecay(parameter, options.WeightDecay));
        if (options.RelativeStep)
            rate = Math.Min(rate, 1 / Math.Sqrt(Steps))
                * Math.Max(options.Epsilon2, RootMeanSquare(parameter.Parameter.Values));
        float scale = (float)(rate / Math.Max(1, RootMeanSquare(u.Span) / options.ClipThreshold));
        Run(new Move(shrink, options.Beta1), u, parameter.Parameter.ValuesMemory, scale,
            options.Beta1 > 0 ? parameter.Buffers[^1] : null);
        ArrayPool<float>.Shared.Return(direction);
    }

    /// <summary>The means of g² + ε₁ are brought up to date, and u = g/√V.</summary>
    private void FromRowsAndColumns(
        in ParameterState parameter, (int Rows, int Columns) size, Memory<float> u, float share, float gradientScale)
    {
        (int rows, int columns) = size;
        float[] row = parameter.Buffers[0], column = parameter.Buffers[1];
        float[] scratch = ArrayPool<float>.Shared.Rent(rows + columns);
        Span<float> ofRows = scratch.AsSpan(0, rows), ofColumns = scratch.AsSpan(rows, columns);
        Run(new Square(options.Epsilon1), parameter.Parameter.GradientMemory, u, gradientScale, null);
        Elementwise.SumRows(u.Span, columns, ofRows);
        Elementwise.SumColumns(u.Span, ofColumns);
        for (int i = 0; i < rows; i++)
            row[i] += share * (ofRows[i] / columns - row[i]);
        for (int j = 0; j < columns; j++)
            column[j] += share * (ofColumns[j] / rows - column[j]);
        double mean = Elementwise.Sum(row) / rows;
        for (int j = 0; j < columns; j++)
            ofColumns[j] = 1 / MathF.Sqrt(column[j]);
        // One rule for each row, which has its own factor; "gradient" is that of the columns.
        var lines = new UpdateArrays<Scale>[rows];
        ReadOnlyMemory<float> factors = scratch.AsMemory(rows, columns);
        for (int i = 0; i < rows; i++)
            lines[i] = new(new Scale((float)Math.Sqrt(mean / row[i])), factors, u.Slice(i * columns, columns), []);
        Run(new Copy(), parameter.Parameter.GradientMemory, u, gradientScale, null);
        UpdateKernel.Run<Scale>(lines);
        ArrayPool<float>.Shared.Return(scratch);
    }

    private static double RootMeanSquare(ReadOnlySpan<float> x) => Math.Sqrt(Elementwise.SquaredNorm(x) / x.Length);

    private static void Run<TRule>(
        TRule rule, ReadOnlyMemory<float> gradient, Memory<float> target, float scale, float[]? state)
        where TRule : struct, IUpdateRule =>
        UpdateKernel.Run<TRule>(new UpdateArrays<TRule>[] { new(rule, gradient, target, [state]) }, scale);

    private readonly struct Square(float epsilon) : IUpdateRule
    {
        public static int Buffers => 0;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Step<V>(V parameter, V gradient, ref UpdateState<V> state) where V : struct, IReal<V> =>
            V.MultiplyAdd(gradient, gradient, epsilon);
    }

    private readonly struct Copy : IUpdateRule
    {
        public static int Buffers => 0;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Step<V>(V parameter, V gradient, ref UpdateState<V> state) where V : struct, IReal<V> => gradient;
    }

    private readonly struct Scale(float factor) : IUpdateRule
    {
        public static int Buffers => 0;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Step<V>(V parameter, V gradient, ref UpdateState<V> state) where V : struct, IReal<V> =>
            parameter * gradient * factor;
    }

    /// <summary>A vector's V, and g/√V.</summary>
    private readonly struct Normalize(float share, float epsilon) : IUpdateRule
    {
        public static int Buffers => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Step<V>(V parameter, V gradient, ref UpdateState<V> state) where V : struct, IReal<V>
        {
            state.First = RuleMath.Towards(state.First, V.MultiplyAdd(gradient, gradient, epsilon), share);
            return gradient / V.Sqrt(state.First);
        }
    }

    /// <summary>θ ← θ − ηλθ − u, or the running mean of the u.</summary>
    private readonly struct Move(float shrink, float beta1) : IUpdateRule
    {
        public static int Buffers => 0;

        private readonly float share = 1 - beta1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Step<V>(V parameter, V gradient, ref UpdateState<V> state) where V : struct, IReal<V>
        {
            state.First = RuleMath.Towards(state.First, gradient, share);
            return parameter - V.MultiplyAdd(shrink, parameter, state.First);
        }
    }
}
