using System.Collections.Frozen;
using System.Globalization;
using Nabla.Formulas.Trees;
using Nabla.Tensors;

namespace Nabla.Formulas.Evaluation.Shapes;

/// <summary>A shape whose sizes are numbers or names: [T, d_k]. Two are equal when their sizes are.</summary>
/// <param name="Sizes">The sizes, outermost first; none for a number.</param>
public sealed record SymbolicShape(NodeList<string> Sizes)
{
    private const int MostSizes = 8;

    /// <summary>The shape of a number.</summary>
    public static SymbolicShape Scalar { get; } = new([]);

    /// <summary>Of a function that works number by number: as large as its argument.</summary>
    public static SymbolicShape OfArgument { get; } = new(["same"]);

    /// <summary>The number of dimensions.</summary>
    public int Rank => Sizes.Count;

    /// <summary>Whether every size is a number.</summary>
    public bool IsNumeric => Sizes.All(size => Shapes.Sizes.IsNumber(size));

    /// <summary>The shape of numbers that are there.</summary>
    public static SymbolicShape Of(Shape shape) =>
        new([.. shape.Select(size => size.ToString(CultureInfo.InvariantCulture))]);

    /// <summary>
    /// The shape written <c>10x64</c>, <c>TxD</c>, <c>[T, d_k]</c> or <c>[]</c>; between names an x needs no spaces.
    /// </summary>
    /// <exception cref="FormulaException">A size is neither a whole number from 1 nor a name, or there are more than
    /// 8.</exception>
    public static SymbolicShape Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string inner = text.Trim('[', ']', '(', ')', ' ');
        if (inner.Length == 0)
            return Scalar;
        string[] sizes = inner.Split(['x', '×', ',', '*'], StringSplitOptions.TrimEntries);
        if (sizes.Length > MostSizes || Array.Exists(sizes, size => !IsSize(size)))
            throw new FormulaException(
                $"'{text}' is no shape; write numbers or names with x between them, as 10x64 or TxD.");
        return new([.. sizes]);
    }

    /// <summary>As in [T, d_k].</summary>
    public override string ToString() => $"[{string.Join(", ", Sizes)}]";

    private static bool IsSize(string size) => size.Length is > 0 and <= 32
        && (Shapes.Sizes.IsNumber(size) ? size.Trim('0').Length > 0
            : char.IsLetter(size[0]) && size.All(c => char.IsLetterOrDigit(c) || c == '_'));
}

/// <summary>A shape that follows from a formula, or is custom in it.</summary>
/// <param name="Shape">The shape.</param>
/// <param name="IsUsual">Whether it is custom, or follows from custom, and not certain.</param>
public sealed record InferredShape(SymbolicShape Shape, bool IsUsual)
{
    /// <summary>In words: <c>a number</c>, <c>[3, 5]</c>, <c>usually [T, d_k]</c>.</summary>
    public string Words => Shape.Rank == 0 ? "a number" : IsUsual ? $"usually {Shape}" : $"{Shape}";

    /// <summary>Of what a function gives, in words: <c>gives a number</c>, <c>usually gives [d]</c>.</summary>
    public string WordsOfResult =>
        Shape.Rank == 0 ? "gives a number" : IsUsual ? $"usually gives {Shape}" : $"gives {Shape}";
}

/// <summary>The shapes of a formula's symbols and parts.</summary>
/// <param name="Parts">Of each part whose shape follows, the shape; parts are told apart by where they stand.</param>
/// <param name="Symbols">By name, the shapes of the symbols.</param>
/// <param name="Mismatches">What does not fit, each with the place and the remedy.</param>
public sealed record ShapeTable(
    IReadOnlyDictionary<Expression, InferredShape> Parts, IReadOnlyDictionary<string, InferredShape> Symbols,
    IReadOnlyList<string> Mismatches)
{
    /// <summary>Of a formula of which nothing is known.</summary>
    public static ShapeTable Empty { get; } = new(
        FrozenDictionary<Expression, InferredShape>.Empty, FrozenDictionary<string, InferredShape>.Empty, []);

    /// <summary>
    /// The shape of what the formula computes, over the indices of an indexed left side; null where it is not known.
    /// </summary>
    public InferredShape? Value { get; init; }
}
