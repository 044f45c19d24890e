using Nabla.Formulas.Knowledge;

namespace Nabla.Formulas.Explanation;

/// <summary>What the knowledge base says of a formula.</summary>
internal static class NamedFormulas
{
    /// <summary>The named formulas that a formula is or contains, the surest first.</summary>
    public static IReadOnlyList<RecognisedFormula> Of(Formula formula) =>
        [.. Recogniser.Recognise(formula).Select(Told)];

    private static RecognisedFormula Told(Recognition found) =>
        new(found.Entry.Id, found.Entry.Name, found.Confidence, found.Entry.Source)
        {
            IsPart = found.IsPart,
            Meaning = found.Entry.Meaning,
            Intuition = found.Entry.Intuition,
            Pitfalls = found.Entry.Pitfalls,
            Concepts = found.Entry.Concepts,
            Related = found.Entry.Related,
            Lesson = found.Entry.Lesson,
            Nabla = found.Entry.Nabla,
            Found = found,
        };
}
