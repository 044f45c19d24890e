using Nabla.Tensors;
using Nabla.Tensors.Ops;

namespace Nabla.Formulas.Evaluation.Graph;

/// <summary>One value where a condition holds, another where it does not.</summary>
internal sealed class ChoiceRule(bool[] holds) : IRule
{
    /// <summary>a where the condition holds, else b; all three of one shape.</summary>
    public static Node Apply(Tape tape, bool[] holds, Node a, Node b)
    {
        tape.Charge(holds.Length, holds.Length);
        var values = new double[holds.Length];
        for (int i = 0; i < values.Length; i++)
            values[i] = holds[i] ? a.Values[i] : b.Values[i];
        float[] mask = Array.ConvertAll(holds, here => here ? 1f : 0f);
        Shape shape = a.Shape;
        return tape.Add(
            shape, values, inputs =>
                Tensor.Where(new Tensor(mask, shape), inputs[0], inputs[1]), new ChoiceRule(holds), a, b);
    }

    /// <inheritdoc/>
    public void Backward(Node y, double[] dy)
    {
        double[]? da = y.Inputs[0].Wants ? y.Inputs[0].Slope() : null;
        double[]? db = y.Inputs[1].Wants ? y.Inputs[1].Slope() : null;
        for (int i = 0; i < dy.Length; i++)
            if ((holds[i] ? da : db) is { } slope)
                slope[i] += dy[i];
    }
}
