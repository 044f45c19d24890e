using Nabla.Tensors;

namespace Nabla.Formulas.Evaluation.Graph;

/// <summary>A function of two numbers through which no derivative goes, such as a comparison.</summary>
/// <param name="function">The function.</param>
internal sealed class ConstantPairRule(Func<double, double, double> function) : PairRule
{
    /// <summary>1 where a relation holds, else 0.</summary>
    public static ConstantPairRule Holds(Func<double, double, bool> holds) => new((a, b) => holds(a, b) ? 1 : 0);

    /// <summary>1 where a relation holds, else 0; who looks at the graph can follow it.</summary>
    public static ConstantPairRule Holds(Comparison comparison) =>
        new((a, b) => comparison.Holds(a, b) ? 1 : 0) { Decision = comparison };

    /// <summary>What it decides, if that can be said.</summary>
    public IDecision? Decision { get; init; }

    /// <inheritdoc/>
    public override Node Apply(Tape tape, Node a, Node b)
    {
        Shape shape = Shape.Broadcast(a.Shape, b.Shape, "comparison");
        tape.Charge(shape.ElementCount, shape.ElementCount);
        Places placesA = Places.Of(a.Shape, shape), placesB = Places.Of(b.Shape, shape);
        var values = new double[shape.ElementCount];
        for (int i = 0; i < values.Length; i++)
            values[i] = function(a.Values[placesA[i]], b.Values[placesB[i]]);
        return tape.Decided(shape, values, Decision, a, b);
    }

    /// <inheritdoc/>
    public override void Forward(Node y)
    {
    }

    /// <inheritdoc/>
    public override void Backward(Node y, double[] dy)
    {
    }
}
