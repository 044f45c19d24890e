using Nabla.Formulas.Evaluation.Graph;
using Nabla.Tensors;

namespace Nabla.Formulas.Evaluation.Quantities;

/// <summary>
/// What a running index runs along: a dimension with an identity, so that equal letters do not meet by accident.
/// </summary>
/// <param name="name">The letter.</param>
/// <param name="size">How many values it takes.</param>
/// <param name="order">Its place among all axes; the dimensions of a quantity follow it.</param>
internal sealed class Axis(string name, int size, int order)
{
    public string Name { get; } = name;

    public int Size { get; } = size;

    public int Order { get; } = order;
}

/// <summary>
/// The value of a subexpression. Its first dimensions are the running indices that it depends on, in the order of
/// <see cref="Axis.Order"/>; the others are its own: none for a number, one for a vector, two for a matrix.
/// </summary>
/// <param name="Node">The numbers.</param>
/// <param name="Axes">The running indices.</param>
internal readonly record struct Quantity(Node Node, Axis[] Axes)
{
    /// <summary>A quantity that depends on no running index.</summary>
    public Quantity(Node node) : this(node, [])
    {
    }

    /// <summary>Whether a vector is a row: what a transposed vector is.</summary>
    public bool IsRow { get; init; }

    /// <summary>Whether this number stands for that multiple of an identity matrix of a size still unknown.</summary>
    public bool IsIdentity { get; init; }

    /// <summary>The number of its own dimensions.</summary>
    public int Rank => Node.Shape.Rank - Axes.Length;

    /// <summary>Its own sizes.</summary>
    public Shape Own => [.. Node.Shape.AsSpan()[Axes.Length..]];

    /// <summary>Whether it is one number that depends on no running index.</summary>
    public bool IsNumber => Node.Shape.Rank == 0 && !IsIdentity;

    /// <summary>Whether it depends on a running index.</summary>
    public bool Has(Axis axis) => Array.IndexOf(Axes, axis) >= 0;
}
