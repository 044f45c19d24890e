using Nabla.Tensors;
using Nabla.Tensors.Calculus;
using Nabla.Tensors.Reference;

namespace Nabla.Learning.Optimizers;

/// <summary>Settings of <see cref="Newton"/>.</summary>
public sealed record NewtonOptions
{
    /// <summary>η, the share of the step that is taken; 1 for all of it.</summary>
    public float LearningRate { get; init; } = 1;

    /// <summary>λ at first, above 0: the larger, the shorter the step and the nearer to −g's direction.</summary>
    public float Damping { get; init; } = 1e-3f;

    /// <summary>How often λ is raised in a step until the loss falls, 1 or more; then the step is left out.</summary>
    public int MostTries { get; init; } = 20;
}

/// <summary>
/// Newton's method, damped: x ← x − η(H + λI)⁻¹g with the exact Hessian H [n, n]. λ is four times as large where H + λI
/// is not positive definite or the loss does not fall, and a quarter where the quadratic model foretells the loss well.
/// For models of a few hundred numbers: a step costs n products with H and n³/6 multiplications. Levenberg 1944;
/// Marquardt 1963; Nocedal and Wright 2006, sections 3.4 and 4.1.
/// </summary>
/// <example><code>
/// var w = new ParameterList(new Parameter(new Tensor([3f])));
/// new Newton(w, new() { Damping = 0.5f }).Minimize(() => w[0].Square().Square().Sum());   // x⁴: g = 108, H = 108
/// w[0].Item();               // = 2.00461
/// 3 - 108 / (108 + 0.5);     // = 2.00461
/// </code></example>
[Formula("θ ← θ − η·(H + λ·I)⁻¹·g")]
public sealed class Newton : FunctionOptimizer
{
    private const float Change = 4, LeastDamping = 1e-9f, MostDamping = 1e12f;
    private const double Good = 0.75, Bad = 0.25; // of the quadratic model's agreement

    private readonly NewtonOptions options;
    private readonly float[] damping;
    private readonly Parameter[] parameters;

    /// <summary>An optimizer of all parameters of <paramref name="module"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    /// <exception cref="ArgumentException">The module has more than 8192 trainable numbers.</exception>
    public Newton(Module module, NewtonOptions? options = null) : base(module, (options ?? new()).LearningRate)
    {
        this.options = options ??= new();
        new Setting(nameof(Newton)).Positive(options.Damping).AtLeastOne(options.MostTries);
        DampedSystem.RequireSmall(nameof(Newton), Size);
        damping = [options.Damping];
        parameters = Parameters();
    }

    /// <inheritdoc/>
    private protected override IEnumerable<(string Name, Shape Shape, Memory<float> Values)> SharedState() =>
        [("damping", [1], damping)];

    /// <inheritdoc/>
    private protected override float Step(Func<Tensor> loss)
    {
        var gradient = new float[Size];
        float start = EvaluateStart(loss, gradient);
        if (LearningRate == 0 || Largest(gradient) == 0)
            return start;
        var hessian = new DampedSystem(
            Array.ConvertAll(Autodiff.Hessian(loss, parameters).ToArray(), number => (double)number), Size);
        double[] downhill = Array.ConvertAll(gradient, number => -(double)number);
        var x = new float[Size];
        Read(x);
        for (int i = 0; i < options.MostTries && damping[0] < MostDamping; i++)
        {
            if (hessian.TrySolve(damping[0], downhill, out double[]? step))
            {
                float[] direction = Array.ConvertAll(step, number => (float)number);
                Write(x, LearningRate, direction);
                double fall = start - Value(loss), slope = -Dot(gradient, direction) * LearningRate;
                double foretold = slope - 0.5 * LearningRate * LearningRate * hessian.Curvature(step);
                if (fall >= -Noise * Math.Abs(start))
                {
                    Adapt(fall / foretold);
                    return start;
                }
            }
            damping[0] *= Change;
        }
        Write(x, 0, x);
        return start;
    }

    private void Adapt(double agreement)
    {
        if (agreement > Good)
            damping[0] = Math.Max(LeastDamping, damping[0] / Change);
        else if (agreement < Bad)
            damping[0] = Math.Min(MostDamping, damping[0] * Change);
    }
}
