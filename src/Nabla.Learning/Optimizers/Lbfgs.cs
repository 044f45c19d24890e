using Nabla.Numerics.Calculus;
using Nabla.Tensors;

namespace Nabla.Learning.Optimizers;

/// <summary>Settings of <see cref="Lbfgs"/>.</summary>
public sealed record LbfgsOptions
{
    /// <summary>η, the step along the direction, or the first guess of the line search.</summary>
    public float LearningRate { get; init; } = 1;

    /// <summary>Iterations in a step, 1 or more.</summary>
    public int MostIterations { get; init; } = 20;

    /// <summary>Evaluations of the loss after which a step ends; by default 1.25 times the iterations.</summary>
    public int? MostEvaluations { get; init; }

    /// <summary>A step ends when no number of the gradient is larger.</summary>
    public float GradientTolerance { get; init; } = 1e-7f;

    /// <summary>A step ends when neither the loss nor a number changes by more.</summary>
    public float ChangeTolerance { get; init; } = 1e-9f;

    /// <summary>m, how many steps and changes of the gradient are remembered, 1 or more: 2·m·n numbers.</summary>
    public int History { get; init; } = 10;

    /// <summary>Searches the line for the strong Wolfe conditions; otherwise each step is η long.</summary>
    public bool LineSearch { get; init; } = true;
}

/// <summary>
/// L-BFGS: x ← x − t·H·g, where H approximates the inverse Hessian from the last m steps s and changes of the gradient
/// y, by two loops over them: q = g; α = s·q/(y·s), q ← q − αy from the last to the first; q ← q·(s·y)/(y·y);
/// q ← q + (α − y·q/(y·s))s from the first to the last. For smooth losses over all data, not for noisy batches.
/// Nocedal 1980; Liu and Nocedal 1989; Nocedal and Wright 2006, algorithm 7.4; as PyTorch has it.
/// </summary>
/// <example><code>
/// var w = new ParameterList(new Parameter(new Tensor([5f, -3f])));
/// var lbfgs = new Lbfgs(w);
/// lbfgs.Minimize(() => (w[0] * w[0] * new Tensor([1f, 10f])).Sum() - w[0].Sum());   // least at 1/(2a)
/// w[0].ToArray();       // = [0.5, 0.05]
/// new[] { 1 / 2.0, 1 / 20.0 };   // = [0.5, 0.05]
/// </code></example>
public sealed class Lbfgs : FunctionOptimizer
{
    private const double LeastCurvature = 1e-10;
    private const int MostTries = 26; // of a line search: PyTorch's 25 after the first

    private readonly LbfgsOptions options;
    private readonly float[] steps, changes; // [m, n], the oldest first
    private readonly float[] direction, lastGradient;
    private readonly float[] numbers = new float[3]; // kept pairs, iterations, the last t: floats, as checkpoints are

    /// <summary>An optimizer of all parameters of <paramref name="module"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    public Lbfgs(Module module, LbfgsOptions? options = null) : base(module, (options ?? new()).LearningRate)
    {
        this.options = options ??= new();
        new Setting(nameof(Lbfgs)).Positive(options.LearningRate).AtLeastOne(options.MostIterations)
            .AtLeastOne(options.MostEvaluations ?? 1, nameof(options.MostEvaluations))
            .NotNegative(options.GradientTolerance).NotNegative(options.ChangeTolerance).AtLeastOne(options.History)
            .Check((long)options.History * Size <= Array.MaxLength, options.History, nameof(options.History),
                $"at most {Array.MaxLength / Math.Max(1, Size)} for {Size} numbers");
        steps = new float[options.History * Size];
        changes = new float[options.History * Size];
        direction = new float[Size];
        lastGradient = new float[Size];
    }

    private int Pairs { get => (int)numbers[0]; set => numbers[0] = value; }

    private bool IsFirst { get => numbers[1] == 0; set => numbers[1] = value ? 0 : 1; }

    private float StepLength { get => numbers[2]; set => numbers[2] = value; }

    /// <inheritdoc/>
    private protected override IEnumerable<(string Name, Shape Shape, Memory<float> Values)> SharedState() =>
    [
        ("steps", [options.History, Size], steps), ("gradient_changes", [options.History, Size], changes),
        ("direction", [Size], direction), ("last_gradient", [Size], lastGradient), ("numbers", [3], numbers),
    ];

    /// <inheritdoc/>
    private protected override float Step(Func<Tensor> loss)
    {
        var gradient = new float[Size];
        float start = EvaluateStart(loss, gradient);
        double value = start;
        int evaluations = 1, most = options.MostEvaluations ?? options.MostIterations * 5 / 4;
        for (int i = 0; i < options.MostIterations && Largest(gradient) > options.GradientTolerance; i++)
        {
            double t = FindDirection(gradient);
            gradient.CopyTo(lastGradient, 0);
            double slope = Dot(gradient, direction);
            if (!(slope <= -options.ChangeTolerance) || t == 0) // a learning rate of 0
                break;
            double before = value;
            (value, gradient, t, int more) = Move(loss, new(value, slope, gradient), t, i + 1);
            evaluations += more;
            StepLength = (float)t;
            if (evaluations >= most || Largest(direction) * Math.Abs(t) <= options.ChangeTolerance
                || Math.Abs(value - before) < options.ChangeTolerance)
                break;
        }
        return start;
    }

    /// <summary>
    /// Goes along the direction; the loss and gradient there, the step, and how often the loss was computed.
    /// </summary>
    private (double Value, float[] Gradient, double T, int Evaluations) Move(
        Func<Tensor> loss, Start start, double t, int iteration)
    {
        var x = new float[Size];
        Read(x);
        if (options.LineSearch)
            return Search(loss, start, x, t);
        Write(x, t, direction);
        if (iteration == options.MostIterations)
            return (start.Value, start.Gradient, t, 0); // the next step computes it
        var next = new float[Size];
        return (Evaluate(loss, next), next, t, 1);
    }

    private (double Value, float[] Gradient, double T, int Evaluations) Search(
        Func<Tensor> loss, Start start, float[] x, double t)
    {
        var gradients = new Dictionary<double, float[]> { [0] = start.Gradient };
        LineStep found = Numerics.Calculus.LineSearch.StrongWolfe(
            step =>
            {
                Write(x, step, direction);
                float[] gradient = gradients[step] = new float[Size];
                double value = Evaluate(loss, gradient);
                return (value, Dot(gradient, direction));
            },
            start.Value, start.Slope, new LineSearchOptions
            {
                FirstStep = t,
                LargestStep = double.MaxValue,
                MaxEvaluations = MostTries,
                Noise = Noise,
                LeastBracket = options.ChangeTolerance / Largest(direction),
            });
        Write(x, found.Step, direction);
        return (found.Value, gradients[found.Step], found.Step, found.Evaluations);
    }

    /// <summary>Writes −H·g to the direction; returns the step to try first.</summary>
    private double FindDirection(float[] gradient)
    {
        if (IsFirst)
        {
            IsFirst = false;
            double size = 0;
            for (int i = 0; i < Size; i++)
            {
                direction[i] = -gradient[i];
                size += Math.Abs(gradient[i]);
            }
            return Math.Min(1, 1 / size) * LearningRate;
        }
        Remember(gradient);
        Span<double> q = new double[Size];
        for (int i = 0; i < Size; i++)
            q[i] = -gradient[i];
        TwoLoops(q);
        for (int i = 0; i < Size; i++)
            direction[i] = (float)q[i];
        return LearningRate;
    }

    /// <summary>Keeps the last step and the change of the gradient over it, if the loss curves upwards there.</summary>
    private void Remember(float[] gradient)
    {
        int last = (options.History - 1) * Size;
        Span<float> s = new float[Size], y = new float[Size];
        for (int i = 0; i < Size; i++)
            (s[i], y[i]) = (direction[i] * StepLength, gradient[i] - lastGradient[i]);
        if (!(Dot(y, s) > LeastCurvature))
            return;
        if (Pairs == options.History)
        {
            steps.AsSpan(Size).CopyTo(steps);
            changes.AsSpan(Size).CopyTo(changes);
        }
        else
        {
            last = Pairs++ * Size;
        }
        s.CopyTo(steps.AsSpan(last));
        y.CopyTo(changes.AsSpan(last));
    }

    private void TwoLoops(Span<double> q)
    {
        Span<double> alpha = new double[Pairs];
        for (int k = Pairs - 1; k >= 0; k--)
        {
            ReadOnlySpan<float> s = Of(steps, k), y = Of(changes, k);
            alpha[k] = Dot(s, q) / Dot(s, y);
            Add(-alpha[k], y, q);
        }
        if (Pairs > 0)
        {
            ReadOnlySpan<float> s = Of(steps, Pairs - 1), y = Of(changes, Pairs - 1);
            double scale = Dot(s, y) / Dot(y, y);
            foreach (ref double value in q)
                value *= scale;
        }
        for (int k = 0; k < Pairs; k++)
        {
            ReadOnlySpan<float> s = Of(steps, k), y = Of(changes, k);
            Add(alpha[k] - Dot(y, q) / Dot(s, y), s, q);
        }
    }

    private ReadOnlySpan<float> Of(float[] rows, int row) => rows.AsSpan(row * Size, Size);

    private static double Dot(ReadOnlySpan<float> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }

    private static void Add(double factor, ReadOnlySpan<float> x, Span<double> y)
    {
        for (int i = 0; i < y.Length; i++)
            y[i] += factor * x[i];
    }

    /// <summary>The loss where a line begins, its slope along the line, and its gradient.</summary>
    private readonly record struct Start(double Value, double Slope, float[] Gradient);
}
