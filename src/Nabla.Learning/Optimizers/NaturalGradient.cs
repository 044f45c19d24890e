using Nabla.Tensors;
using Nabla.Tensors.Calculus;
using Nabla.Tensors.Ops;
using Nabla.Tensors.Reference;

namespace Nabla.Learning.Optimizers;

/// <summary>Settings of <see cref="NaturalGradient"/>.</summary>
public sealed record NaturalGradientOptions
{
    /// <summary>η, the learning rate.</summary>
    public float LearningRate { get; init; } = 0.1f;

    /// <summary>λ, which keeps the matrix invertible, above 0.</summary>
    public float Damping { get; init; } = 1e-3f;
}

/// <summary>
/// The natural gradient: θ ← θ − η(F + λI)⁻¹g, with g the mean of the examples' gradients gᵢ and Fisher's information
/// F = (1/B)·Σ gᵢgᵢᵀ [n, n]: steps are measured by how much the predicted distribution changes, not the parameters. For
/// models of a few hundred numbers. Amari 1998, Neural Computation 10.
/// </summary>
/// <remarks>
/// The loss function gives [B], −log p of each example. With the data's labels F is the "empirical" Fisher matrix; for
/// the true one (Kunstner et al. 2019, arXiv:1905.12558, on the difference) give a second function, whose labels are
/// drawn from the model's own prediction.
/// </remarks>
/// <example><code>
/// var w = new ParameterList(new Parameter(new Tensor([3f])));
/// var optimizer = new NaturalGradient(w, new() { LearningRate = 0.5f, Damping = 2 });
/// optimizer.Minimize(() => w[0] * new Tensor([1f, 2f]));   // gradients 1 and 2
/// w[0].Item();                                // = 2.83333
/// 3 - 0.5 * 1.5 / ((1 + 4) / 2.0 + 2);        // = 2.83333
/// </code></example>
[Formula("θ ← θ − η·(F + λ·I)⁻¹·g")]
public sealed class NaturalGradient : FunctionOptimizer
{
    private readonly NaturalGradientOptions options;
    private readonly Parameter[] parameters;
    private Func<Tensor>? fisher; // during a step whose matrix has losses of its own

    /// <summary>An optimizer of all parameters of <paramref name="module"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    /// <exception cref="ArgumentException">The module has more than 8192 trainable numbers.</exception>
    public NaturalGradient(Module module, NaturalGradientOptions? options = null)
        : base(module, (options ?? new()).LearningRate)
    {
        this.options = options ??= new();
        new Setting(nameof(NaturalGradient)).Positive(options.Damping);
        DampedSystem.RequireSmall(nameof(NaturalGradient), Size);
        parameters = Parameters();
    }

    /// <summary>Takes a step with Fisher's matrix from other losses than the gradient.</summary>
    /// <param name="losses">−log p of each example with its label, [B].</param>
    /// <param name="sampled">The same with labels drawn from the model's prediction, [any number].</param>
    /// <returns>The mean of the losses before the step.</returns>
    public float Minimize(Func<Tensor> losses, Func<Tensor> sampled)
    {
        ArgumentNullException.ThrowIfNull(sampled);
        fisher = sampled;
        try
        {
            return Minimize(losses);
        }
        finally
        {
            fisher = null;
        }
    }

    /// <inheritdoc/>
    private protected override float Step(Func<Tensor> loss)
    {
        var gradient = new float[Size];
        float start = EvaluateStart(() => loss().Mean(), gradient);
        DampedSystem information = Information(fisher ?? loss);
        double[] downhill = Array.ConvertAll(gradient, number => -(double)number);
        if (!information.TrySolve(options.Damping, downhill, out double[]? direction))
            throw new InvalidOperationException(
                $"NaturalGradient: the damping {options.Damping} is lost in Fisher's matrix, whose numbers are much " +
                "larger. Use a larger one.");
        var x = new float[Size];
        Read(x);
        Write(x, LearningRate, Array.ConvertAll(direction, number => (float)number));
        return start;
    }

    /// <summary>F = (1/B)·JᵀJ.</summary>
    private DampedSystem Information(Func<Tensor> losses)
    {
        var matrix = new double[Size * Size];
        Tensor jacobian = Autodiff.Jacobian(() => losses().Reshape(-1), parameters);
        int examples = jacobian.Shape[0];
        float[] rows = jacobian.ToArray();
        for (int example = 0; example < examples; example++)
        {
            ReadOnlySpan<float> g = rows.AsSpan(example * Size, Size);
            for (int i = 0; i < Size; i++)
                for (int j = 0; j <= i; j++)
                    matrix[i * Size + j] += (double)g[i] * g[j] / examples;
        }
        return new DampedSystem(matrix, Size);
    }
}
