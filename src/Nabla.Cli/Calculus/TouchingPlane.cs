using Nabla.Tensors;
using Nabla.Tensors.Reference;

namespace Nabla.Cli.Calculus;

/// <summary>
/// The plane that touches a function where the parameters stand, as an operation of the engine: to an optimizer, which
/// asks for value and gradient, it is the function.
/// </summary>
/// <param name="value">f(w₀), where the parameters stand.</param>
/// <param name="gradient">∇f(w₀), of all parameters one after the other.</param>
/// <param name="parameters">w.</param>
internal sealed class TouchingPlane(double value, double[] gradient, params Tensor[] parameters) : Op(parameters)
{
    /// <inheritdoc/>
    public override string Formula => "y = f(w₀) + ∇f(w₀)·(w − w₀)";

    /// <inheritdoc/>
    protected override bool ReadsInputs => false;

    /// <inheritdoc/>
    protected override bool ReadsResult => false;

    /// <inheritdoc/>
    public override Op WithInputs(params Tensor[] inputs) => new TouchingPlane(value, gradient, inputs);

    /// <inheritdoc/>
    public override NdArray<V> Reference<V>(params NdArray<V>[] inputs)
    {
        V sum = value;
        int next = 0;
        for (int k = 0; k < inputs.Length; k++)
        {
            ReadOnlySpan<float> at = Inputs[k].AsSpan();
            for (int i = 0; i < at.Length; i++)
                sum += gradient[next++] * (inputs[k].Values[i] - at[i]);
        }
        return NdArray<V>.Build([], _ => sum);
    }

    /// <inheritdoc/>
    protected override Tensor Forward() => new([(float)value], []);

    /// <inheritdoc/>
    protected override void Backward(Tensor y, Tensor dy, Gradients gradients)
    {
        float scale = dy.Item();
        int next = 0;
        foreach (Tensor parameter in Inputs)
            foreach (ref float slope in gradients.AccumulatedSlot(parameter))
                slope += scale * (float)gradient[next++];
    }

    /// <inheritdoc/>
    protected override Tensor? Tangent(Tensor y, Tangents tangents) =>
        throw new NotSupportedException("A plane that touches a function has none of its second derivatives.");
}
