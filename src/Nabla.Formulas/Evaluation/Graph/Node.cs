using Nabla.Tensors;

namespace Nabla.Formulas.Evaluation.Graph;

/// <summary>
/// A value in the computation of a formula, twice: as doubles, which are what is shown, and as the engine's tensor,
/// which must agree. <see cref="Tape"/> makes them in the order of computation.
/// </summary>
internal sealed class Node(Shape shape, double[] values)
{
    private readonly double[] values = values;
    private double[]? slope;
    private bool hasSlope;

    /// <summary>The sizes, outermost first.</summary>
    public Shape Shape { get; } = shape;

    /// <summary>The numbers in row-major order, for who decides by them what is computed.</summary>
    public double[] Values
    {
        get
        {
            IsRead = true;
            return values;
        }
    }

    /// <summary>The same, for rules, which do the same whatever the numbers are, and for who only tells them.</summary>
    public double[] Numbers => values;

    /// <summary>Whether something may have been decided by its numbers.</summary>
    public bool IsRead { get; private set; }

    /// <summary>The same in the engine, or null behind an operation that the engine does not have.</summary>
    public Tensor? Engine { get; set; }

    /// <summary>What it was computed from.</summary>
    public Node[] Inputs { get; init; } = [];

    /// <summary>How it follows from the inputs, or null for a leaf.</summary>
    public IRule? Rule { get; init; }

    /// <summary>Whether it depends on something by which the formula is differentiated.</summary>
    public bool Wants { get; init; }

    /// <summary>Whether no derivative goes through it, but the graph shows how it follows from the given.</summary>
    public bool IsDecided => !Wants && Engine is { RequiresGradient: true };

    /// <summary>Its place on the tape.</summary>
    public int Order { get; init; }

    /// <summary>dL/d(this), once a later node has written it.</summary>
    public double[]? Gradient => hasSlope ? slope : null;

    /// <summary>The only number.</summary>
    public double Scalar => Values[0];

    /// <summary>Where the derivative is added, zeros at first.</summary>
    public double[] Slope()
    {
        if (hasSlope)
            return slope!;
        hasSlope = true;
        if (slope is null)
            return slope = new double[values.Length];
        Array.Clear(slope);
        return slope;
    }

    /// <summary>Forgets the derivative.</summary>
    public void ForgetSlope() => hasSlope = false;
}

/// <summary>
/// How a result follows from what it was computed from, and how its derivative goes back to it. A rule reads
/// <see cref="Node.Numbers"/> only, so that it can be run again on others.
/// </summary>
internal interface IRule
{
    /// <summary>Writes the numbers of y, which are 0 the first time.</summary>
    void Forward(Node y);

    /// <summary>Adds to <see cref="Node.Slope"/> of the inputs that want it, given dL/dy.</summary>
    void Backward(Node y, double[] dy);
}
