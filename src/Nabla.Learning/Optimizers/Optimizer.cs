using Nabla.Numerics;
using Nabla.Numerics.Kernels;
using Nabla.Tensors;

namespace Nabla.Learning.Optimizers;

/// <summary>
/// Changes parameters so that a loss becomes smaller. A subclass says what state a parameter has and how parameters
/// are updated; the rest is here.
/// </summary>
public abstract class Optimizer
{
    private readonly StateBuffer[][] layouts;
    private readonly ParameterState[] parameters;
    private readonly List<ParameterState> pending = []; // of the step under way
    private readonly ReadOnlyMemory<float>[] gradients;

    /// <summary>An optimizer that keeps buffers of the parameter's shape for each parameter.</summary>
    /// <param name="module">What is trained: all its trainable parameters.</param>
    /// <param name="learningRate">The rate at the first step, positive or 0.</param>
    /// <param name="stateNames">Names of the buffers, such as the momentum.</param>
    protected Optimizer(Module module, float learningRate, params string[] stateNames)
        : this(module, learningRate,
            named => [.. stateNames.Select(name => new StateBuffer(name, named.Parameter.Shape))])
    {
    }

    /// <summary>An optimizer whose buffers are not the same for all parameters.</summary>
    /// <param name="module">What is trained: all its trainable parameters.</param>
    /// <param name="learningRate">The rate at the first step, positive or 0.</param>
    /// <param name="state">The buffers of a parameter; they begin at 0.</param>
    protected Optimizer(Module module, float learningRate, Func<NamedParameter, StateBuffer[]> state)
    {
        ArgumentNullException.ThrowIfNull(module);
        LearningRate = learningRate;
        NamedParameter[] trained = [.. module.Parameters().Where(named => named.Parameter.RequiresGradient)];
        layouts = Array.ConvertAll(trained, named => state(named));
        parameters = [.. trained.Zip(layouts, (named, layout) => new ParameterState(
            named, Array.ConvertAll(layout, buffer => new float[buffer.Shape.ElementCount]), ParameterGroup.Others))];
        gradients = new ReadOnlyMemory<float>[parameters.Length];
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

    /// <summary>Parameters with a learning rate or weight decay of their own; at first none.</summary>
    public IReadOnlyList<ParameterGroup> Groups
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            field = [.. value];
            for (int i = 0; i < parameters.Length; i++)
                parameters[i] = parameters[i] with
                {
                    Group = field.FirstOrDefault(
                        group => group.Contains(parameters[i].Named), ParameterGroup.Others),
                };
        }
    } = [];

    /// <summary>Number of steps taken.</summary>
    public int Steps { get; private protected set; }

    /// <summary>
    /// Whether a step computes the loss at several places, so that it needs the function:
    /// <see cref="Minimize(Func{Tensor})"/> is then the only way to take a step.
    /// </summary>
    public virtual bool NeedsFunction => false;

    /// <summary>The trainable parameters, those without a gradient too, in the order of the module.</summary>
    private protected ReadOnlySpan<ParameterState> Trained => parameters;

    /// <summary>Forgets old gradients, differentiates the loss and takes a step.</summary>
    /// <exception cref="InvalidOperationException">The optimizer needs the loss as a function.</exception>
    public void Minimize(Tensor loss)
    {
        ArgumentNullException.ThrowIfNull(loss);
        RequireNoFunction();
        ClearGradients();
        loss.Backward();
        Step();
    }

    /// <summary>
    /// Computes the loss, in a <see cref="TensorScope"/> of its own, and takes a step; every optimizer can do that.
    /// </summary>
    /// <param name="loss">Computes the loss, a scalar, with the parameters as they are.</param>
    /// <returns>The loss before the step.</returns>
    public virtual float Minimize(Func<Tensor> loss)
    {
        ArgumentNullException.ThrowIfNull(loss);
        using var scope = TensorScope.Begin();
        Tensor value = loss();
        Minimize(value);
        return value.Item();
    }

    /// <summary>Forgets all gradients.</summary>
    public void ClearGradients()
    {
        foreach (ParameterState trained in parameters)
            trained.Parameter.ClearGradient();
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
    /// <exception cref="InvalidOperationException">The optimizer needs the loss as a function.</exception>
    public void Step(float gradientScale = 1)
    {
        RequireNoFunction();
        Steps++;
        pending.Clear();
        foreach (ParameterState trained in parameters)
            if (trained.Parameter.Gradient is not null)
                pending.Add(trained);
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

    /// <summary>
    /// Brings all gradients together to a norm of at most <paramref name="maxNorm"/>, in place: g ← g·min(1, max/‖g‖);
    /// returns ‖g‖ as it was. To save the pass over memory, give <see cref="Step"/> the <see cref="ClipFactor"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The norm is no finite number, or the bound not positive.
    /// </exception>
    public double ClipGradientNorm(double maxNorm)
    {
        double norm = GradientNorm();
        float factor = ClipFactor(norm, maxNorm);
        if (factor < 1)
            ChangeGradients(new Clamp(float.PositiveInfinity), factor);
        return norm;
    }

    /// <summary>Brings every number of the gradients into [−limit, limit], in place.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not positive.</exception>
    public void ClipGradientValue(float limit)
    {
        if (!(limit > 0))
            throw new ArgumentOutOfRangeException(
                nameof(limit), $"ClipGradientValue: the limit {limit} must be positive.");
        ChangeGradients(new Clamp(limit), 1);
    }

    /// <summary>The optimizer's memory, for checkpoints: one entry for each buffer of each parameter.</summary>
    public IEnumerable<(string Name, Shape Shape, Memory<float> Values)> State()
    {
        for (int i = 0; i < parameters.Length; i++)
            for (int s = 0; s < layouts[i].Length; s++)
                yield return ($"{layouts[i][s].Name}.{parameters[i].Named.Path}", layouts[i][s].Shape,
                    parameters[i].Buffers[s]);
        foreach (var shared in SharedState())
            yield return shared;
    }

    /// <summary>Goes on counting from a checkpoint, whose buffers have been written to <see cref="State"/>.</summary>
    public void Resume(int steps)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(steps);
        Steps = steps;
    }

    /// <summary>Memory that belongs to no single parameter.</summary>
    private protected virtual IEnumerable<(string Name, Shape Shape, Memory<float> Values)> SharedState() => [];

    /// <summary>One step; <see cref="Steps"/> already counts it.</summary>
    /// <param name="parameters">The parameters that have a gradient.</param>
    /// <param name="gradientScale">What the gradient is multiplied by, from clipping.</param>
    protected abstract void Update(IReadOnlyList<ParameterState> parameters, float gradientScale);

    private void RequireNoFunction()
    {
        if (NeedsFunction)
            throw new InvalidOperationException(
                $"{GetType().Name}: a step computes the loss more than once, so give it as a function: " +
                "Minimize(() => loss).");
    }

    private void ChangeGradients(Clamp rule, float scale)
    {
        UpdateArrays<Clamp>[] arrays = [.. parameters
            .Select(trained => trained.Parameter.GradientMemory)
            .Select(gradient => new UpdateArrays<Clamp>(rule, gradient, gradient, []))];
        UpdateKernel.Run<Clamp>(arrays, scale);
    }

    /// <summary>g ← max(−limit, min(limit, g)): the gradient as its own parameter.</summary>
    private readonly struct Clamp(float limit) : IUpdateRule
    {
        public static int Buffers => 0;

        [System.Runtime.CompilerServices.MethodImpl(
            System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
        public V Step<V>(V parameter, V gradient, ref UpdateState<V> state) where V : struct, IReal<V> =>
            V.Max(-limit, V.Min(limit, gradient));
    }
}
