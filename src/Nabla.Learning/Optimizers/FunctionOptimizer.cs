using Nabla.Tensors;

namespace Nabla.Learning.Optimizers;

/// <summary>
/// An optimizer that takes all numbers of all parameters together as one vector x [n], and computes the loss as often
/// as it likes: <see cref="Optimizer.Minimize(Func{Tensor})"/> is its step.
/// </summary>
public abstract class FunctionOptimizer : Optimizer
{
    /// <summary>
    /// The share of a loss that says nothing: near the minimum losses, which are floats, no longer tell two places
    /// apart, while their slopes still do.
    /// </summary>
    private protected const double Noise = 1.0 / (1 << 22);

    private protected FunctionOptimizer(Module module, float learningRate) : base(module, learningRate)
    {
        int count = 0;
        foreach (ParameterState trained in Trained)
            count = checked(count + trained.Parameter.Count);
        Size = count;
    }

    /// <inheritdoc/>
    public sealed override bool NeedsFunction => true;

    /// <summary>n, how many numbers are sought.</summary>
    public int Size { get; }

    /// <summary>Takes a step.</summary>
    /// <param name="loss">
    /// Computes the loss, a scalar, with the parameters as they are: always the same for the same parameters.
    /// </param>
    /// <returns>The loss before the step.</returns>
    /// <exception cref="InvalidOperationException">
    /// There are parameter groups, which an optimizer of one vector has not, or the loss at the start is no finite
    /// number.
    /// </exception>
    public override float Minimize(Func<Tensor> loss)
    {
        ArgumentNullException.ThrowIfNull(loss);
        if (Groups.Count > 0)
            throw new InvalidOperationException(
                $"{GetType().Name}: takes all parameters as one vector, so it has no parameter groups.");
        Steps++;
        return Step(loss);
    }

    /// <summary>One step; <see cref="Optimizer.Steps"/> already counts it. Returns the loss before it.</summary>
    private protected abstract float Step(Func<Tensor> loss);

    /// <inheritdoc/>
    protected sealed override void Update(IReadOnlyList<ParameterState> parameters, float gradientScale) =>
        throw new InvalidOperationException($"{GetType().Name}: use Minimize(() => loss).");

    /// <summary>The loss, and its gradient [n]; 0 where the loss does not depend on a parameter.</summary>
    private protected float Evaluate(Func<Tensor> loss, Span<float> gradient)
    {
        ClearGradients();
        using var scope = TensorScope.Begin();
        Tensor value = loss();
        value.Backward();
        Gather(gradient);
        return value.Item();
    }

    /// <summary>As <see cref="Evaluate"/>, where a step begins.</summary>
    private protected float EvaluateStart(Func<Tensor> loss, Span<float> gradient)
    {
        float value = Evaluate(loss, gradient);
        return float.IsFinite(value)
            ? value
            : throw new InvalidOperationException(
                $"{GetType().Name}: the loss is {value} at step {Steps}: it has diverged, or is not defined here. " +
                "Use a lower learning rate, or another start.");
    }

    /// <summary>The loss alone.</summary>
    private protected static float Value(Func<Tensor> loss)
    {
        using var scope = TensorScope.Inference();
        return loss().Item();
    }

    /// <summary>The trainable parameters.</summary>
    private protected Parameter[] Parameters()
    {
        var parameters = new Parameter[Trained.Length];
        for (int i = 0; i < parameters.Length; i++)
            parameters[i] = Trained[i].Parameter;
        return parameters;
    }

    /// <summary>Copies the gradients of all parameters, one after the other.</summary>
    private protected void Gather(Span<float> gradient)
    {
        foreach (ParameterState trained in Trained)
        {
            Span<float> part = gradient[..trained.Parameter.Count];
            if (trained.Parameter.Gradient is null)
                part.Clear();
            else
                trained.Parameter.GradientValues.CopyTo(part);
            gradient = gradient[part.Length..];
        }
    }

    /// <summary>Copies the numbers of all parameters.</summary>
    private protected void Read(Span<float> x)
    {
        foreach (ParameterState trained in Trained)
        {
            trained.Parameter.Values.CopyTo(x);
            x = x[trained.Parameter.Count..];
        }
    }

    /// <summary>Writes x + t·d to the parameters.</summary>
    private protected void Write(ReadOnlySpan<float> x, double t, ReadOnlySpan<float> d)
    {
        int next = 0;
        foreach (ParameterState trained in Trained)
            foreach (ref float value in trained.Parameter.Values)
            {
                value = (float)(x[next] + t * d[next]);
                next++;
            }
    }

    /// <summary>a·b, summed in double.</summary>
    private protected static double Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
            sum += (double)a[i] * b[i];
        return sum;
    }

    /// <summary>The largest |x|; 0 of nothing.</summary>
    private protected static float Largest(ReadOnlySpan<float> x)
    {
        float largest = 0;
        foreach (float value in x)
            largest = MathF.Max(largest, MathF.Abs(value));
        return largest;
    }
}
