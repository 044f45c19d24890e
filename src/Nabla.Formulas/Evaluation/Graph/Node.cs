using Nabla.Tensors;

namespace Nabla.Formulas.Evaluation.Graph;

/// <summary>
/// A value in the computation of a formula, twice: as doubles, which are what is shown, and as the engine's tensor,
/// which must agree. <see cref="Tape"/> makes them in the order of computation.
/// </summary>
internal sealed class Node(Shape shape, double[] values, Tensor? engine)
{
    /// <summary>The sizes, outermost first.</summary>
    public Shape Shape { get; } = shape;

    /// <summary>The numbers in row-major order.</summary>
    public double[] Values { get; } = values;

    /// <summary>The same in the engine, or null behind an operation that the engine does not have.</summary>
    public Tensor? Engine { get; } = engine;

    /// <summary>What it was computed from.</summary>
    public Node[] Inputs { get; init; } = [];

    /// <summary>How its derivative goes on to the inputs, or null for a leaf.</summary>
    public IRule? Rule { get; init; }

    /// <summary>Whether it depends on something by which the formula is differentiated.</summary>
    public bool Wants { get; init; }

    /// <summary>Whether no derivative goes through it, but the graph shows how it follows from the given.</summary>
    public bool IsDecided => !Wants && Engine is { RequiresGradient: true };

    /// <summary>Its place on the tape.</summary>
    public int Order { get; init; }

    /// <summary>dL/d(this), once a later node has written it.</summary>
    public double[]? Gradient { get; private set; }

    /// <summary>The only number.</summary>
    public double Scalar => Values[0];

    /// <summary>Where the derivative is added, zeros at first.</summary>
    public double[] Slope() => Gradient ??= new double[Values.Length];

    /// <summary>Forgets the derivative.</summary>
    public void ForgetSlope() => Gradient = null;
}

/// <summary>How the derivative of a result goes on to what it was computed from.</summary>
internal interface IRule
{
    /// <summary>Adds to <see cref="Node.Slope"/> of the inputs that want it, given dL/dy.</summary>
    void Backward(Node y, double[] dy);
}
