namespace Nabla.Formulas.Explanation;

/// <summary>Which named formulas of the knowledge base a formula is.</summary>
internal static class Recognition
{
    public static IReadOnlyList<RecognisedFormula> Find(Formula formula) => [];
}
