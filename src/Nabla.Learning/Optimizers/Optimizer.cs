using Nabla.Numerics.Kernels;
using Nabla.Tensors;

namespace Nabla.Learning.Optimizers;

/// <summary>
/// Changes parameters so that a loss becomes smaller. A subclass says what state a parameter has and how parameters
/// are updated; the rest is here.
/// </summary>
public abstract class Optimizer
{
    private readonly IReadOnlyList<NamedParameter> parameters;
    private readonly string[] stateNames;
    private readonly float[][][] states;
    private readonly List<ParameterState> pending = []; // of the step under way
    private readonly ReadOnlyMemory<float>[] gradients;

    /// <summary>An optimizer of all trainable parameters of <paramref name="module"/>.</summary>
    /// <param name="module">What is trained.</param>
    /// <param name="learningRate">The rate at the first step, positive or 0.</param>
    /// <param name="stateNames">Names of the buffers kept for each parameter, such as the momentum.</param>
    protected Optimizer(Module module, float learningRate, params string[] stateNames)
    {
        ArgumentNullException.ThrowIfNull(module);
        parameters = [.. module.Parameters().Where(named => named.Parameter.RequiresGradient)];
        LearningRate = learningRate;
        this.stateNames = stateNames;
        states = [.. parameters.Select(p => stateNames.Select(_ => new float[p.Parameter.Count]).ToArray())];
        gradients = new ReadOnlyMemory<float>[parameters.Count];
    }

    /// <summary>η for the next step, 0 or more; a schedule writes it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The rate is negative or no finite number.</exception>
    public float LearningRate
    {
        get;
        set => field = value >= 0 && float.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(value), $"{GetType().Name}: learning rate {value} must be a finite number, 0 or more.");
    }

    /// <summary>Number of steps taken.</summary>
    public int Steps { get; private set; }

    /// <summary>Forgets old gradients, differentiates the loss and takes a step.</summary>
    public void Minimize(Tensor loss)
    {
        ClearGradients();
        loss.Backward();
        Step();
    }

    /// <summary>Forgets all gradients.</summary>
    public void ClearGradients()
    {
        foreach (NamedParameter named in parameters)
            named.Parameter.ClearGradient();
    }

    /// <summary>
    /// ‖g‖₂ over all gradients together: squares are rounded to float and summed in double; relative error ≤ 2⁻²⁴.
    /// </summary>
    public double GradientNorm()
    {
        for (int i = 0; i < gradients.Length; i++)
            gradients[i] = parameters[i].Parameter.GradientMemory;
        return Math.Sqrt(Elementwise.SquaredNorm(gradients));
    }

    /// <summary>
    /// Updates every parameter that has a gradient; the gradients count <paramref name="gradientScale"/> times.
    /// </summary>
    public void Step(float gradientScale = 1)
    {
        Steps++;
        pending.Clear();
        for (int i = 0; i < parameters.Count; i++)
            if (parameters[i].Parameter.Gradient is not null)
                pending.Add(new ParameterState(parameters[i].Parameter, states[i]));
        Update(pending, gradientScale);
    }

    /// <summary>
    /// The factor that brings a gradient of this norm to at most <paramref name="maxNorm"/>: min(1, max/‖g‖).
    /// </summary>
    /// <remarks>Pascanu et al. 2013, arXiv:1211.5063. PyTorch adds 1e-6 to the norm; here it is exact.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The norm is no finite number, or the bound not positive.
    /// </exception>
    public static float ClipFactor(double norm, double maxNorm)
    {
        if (!double.IsFinite(norm))
            throw new ArgumentOutOfRangeException(
                nameof(norm),
                $"ClipFactor: the gradient's norm is {norm}: training has diverged. Use a lower learning rate, " +
                "or more warm-up.");
        if (!(maxNorm > 0))
            throw new ArgumentOutOfRangeException(
                nameof(maxNorm), $"ClipFactor: the largest norm {maxNorm} must be positive.");
        return norm > maxNorm ? (float)(maxNorm / norm) : 1;
    }

    /// <summary>The optimizer's memory, for checkpoints: one entry for each buffer of each parameter.</summary>
    public IEnumerable<(string Name, Shape Shape, Memory<float> Values)> State()
    {
        for (int i = 0; i < parameters.Count; i++)
            for (int s = 0; s < stateNames.Length; s++)
                yield return ($"{stateNames[s]}.{parameters[i].Path}", parameters[i].Parameter.Shape, states[i][s]);
    }

    /// <summary>Goes on counting from a checkpoint, whose buffers have been written to <see cref="State"/>.</summary>
    public void Resume(int steps)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(steps);
        Steps = steps;
    }

    /// <summary>One step; <see cref="Steps"/> already counts it.</summary>
    /// <param name="parameters">The parameters that have a gradient.</param>
    /// <param name="gradientScale">What the gradient is multiplied by, from clipping.</param>
    protected abstract void Update(IReadOnlyList<ParameterState> parameters, float gradientScale);

    /// <summary>A parameter and its buffers, in the order of the names given to the constructor.</summary>
    protected readonly record struct ParameterState(Parameter Parameter, float[][] Buffers);
}
