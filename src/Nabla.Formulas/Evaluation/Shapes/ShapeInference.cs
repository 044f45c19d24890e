using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Evaluation.Shapes;

/// <summary>
/// Infers the shapes of a formula's parts without numbers: from shapes that are given, from how the formula is put
/// together (QKᵀ needs as many columns in Q as in K), and from custom (W x is a matrix times a vector).
/// </summary>
public static class ShapeInference
{
    // What follows for one symbol may say something of another that stands before it.
    private const int MostPasses = 4;
    private const int MostNodes = 5000;

    /// <summary>The shapes of all parts that have one.</summary>
    /// <param name="formula">The formula.</param>
    /// <param name="given">Known shapes by <see cref="Symbol.Name"/>; null for none.</param>
    /// <param name="usual">The shape that a symbol has by custom, or null; it gives way to what is certain.</param>
    public static ShapeTable Infer(
        Formula formula, IReadOnlyDictionary<string, SymbolicShape>? given = null,
        Func<Symbol, SymbolicShape?>? usual = null)
    {
        ArgumentNullException.ThrowIfNull(formula);
        if (formula.Tree.All().Skip(MostNodes).Any())
            return ShapeTable.Empty;
        var facts = new ShapeFacts(formula, given, usual);
        ShapeWalk walk;
        int known, passes = 0;
        do
        {
            known = facts.Count;
            walk = new ShapeWalk(facts);
            walk.Visit(formula.Tree);
        }
        while (facts.Count > known && ++passes < MostPasses);
        return walk.Table(formula);
    }
}
