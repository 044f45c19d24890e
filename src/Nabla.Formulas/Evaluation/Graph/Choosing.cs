using Nabla.Tensors;
using Nabla.Tensors.Ops;

namespace Nabla.Formulas.Evaluation.Graph;

/// <summary>One value where a condition holds, another where it does not.</summary>
internal sealed class ChoiceRule(bool[] holds) : IRule
{
    /// <summary>a where the condition holds, else b; all three of one shape.</summary>
    /// <param name="tape">Where it is computed.</param>
    /// <param name="holds">The condition.</param>
    /// <param name="a">One value.</param>
    /// <param name="b">The other.</param>
    /// <param name="condition">1 where it holds and 0 elsewhere, if the graph says how that follows.</param>
    public static Node Apply(Tape tape, bool[] holds, Node a, Node b, Node? condition = null)
    {
        tape.Charge(holds.Length, holds.Length);
        float[] mask = Array.ConvertAll(holds, here => here ? 1f : 0f);
        Shape shape = a.Shape;
        var rule = new ChoiceRule(holds);
        return tape.Add(
            shape, inputs => condition is { IsDecided: true, Engine: { } decided }
                ? new DecisionOp(
                    new Alternative(), shape, rule.Chosen(a, b), decided, inputs[0], inputs[1]).Apply()
                : Tensor.Where(new Tensor(mask, shape), inputs[0], inputs[1]), rule, a, b);
    }

    /// <inheritdoc/>
    public void Forward(Node y) => Chosen(y.Inputs[0], y.Inputs[1]).CopyTo(y.Numbers, 0);

    /// <inheritdoc/>
    public void Backward(Node y, double[] dy)
    {
        double[]? da = y.Inputs[0].Wants ? y.Inputs[0].Slope() : null;
        double[]? db = y.Inputs[1].Wants ? y.Inputs[1].Slope() : null;
        for (int i = 0; i < dy.Length; i++)
            if ((holds[i] ? da : db) is { } slope)
                slope[i] += dy[i];
    }

    private double[] Chosen(Node a, Node b)
    {
        var values = new double[holds.Length];
        for (int i = 0; i < values.Length; i++)
            values[i] = holds[i] ? a.Numbers[i] : b.Numbers[i];
        return values;
    }
}
