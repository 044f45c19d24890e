using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Evaluation.Shapes;

/// <summary>A shape whose sizes are numbers or names: [T, d_k]. Two are equal when their sizes are.</summary>
/// <param name="Sizes">The sizes, outermost first; none for a number.</param>
public sealed record SymbolicShape(NodeList<string> Sizes)
{
    /// <summary>The shape of a number.</summary>
    public static SymbolicShape Scalar { get; } = new([]);

    /// <summary>The number of dimensions.</summary>
    public int Rank => Sizes.Count;

    /// <summary>As in [T, d_k].</summary>
    public override string ToString() => $"[{string.Join(", ", Sizes)}]";
}

/// <summary>The shapes of a formula's symbols and parts.</summary>
/// <param name="Parts">Of each part whose shape follows, the shape.</param>
/// <param name="Symbols">By name, the shapes of the symbols.</param>
/// <param name="Mismatches">What does not fit, each with the place and the remedy.</param>
public sealed record ShapeTable(
    IReadOnlyDictionary<Expression, SymbolicShape> Parts, IReadOnlyDictionary<string, SymbolicShape> Symbols,
    IReadOnlyList<string> Mismatches);
