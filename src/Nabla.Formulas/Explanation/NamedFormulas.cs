using Nabla.Formulas.Evaluation;
using Nabla.Formulas.Knowledge;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Explanation;

/// <summary>What the knowledge base says of a formula.</summary>
internal static class NamedFormulas
{
    private const int MostNumbers = 2_000;
    private const long Operations = 1_000_000, OperationsToNumbers = 200_000;

    /// <summary>The named formulas that a formula is or contains, the surest first.</summary>
    public static IReadOnlyList<RecognisedFormula> Of(Formula formula) =>
        [.. Recogniser.Recognise(formula).Select(Told)];

    /// <summary>
    /// Without those that would give something of another kind for the same values: xᵀy is a number, and so no outer
    /// product.
    /// </summary>
    /// <param name="recognised">The named formulas.</param>
    /// <param name="given">The values of the formula's symbols.</param>
    /// <param name="value">The formula's value.</param>
    public static IReadOnlyList<RecognisedFormula> Fitting(
        IReadOnlyList<RecognisedFormula> recognised, Bindings given, NumberArray value) =>
        given.Names.Sum(name => (long)given[name].Count) > MostNumbers ? recognised
            : [.. recognised.Where(one => one.IsPart || one.Found is not { } found || Fits(found, given, value))];

    // An entry that cannot be computed with these values stays, and so does one of which any writing agrees.
    private static bool Fits(Recognition found, Bindings given, NumberArray value)
    {
        var theirs = new Bindings();
        foreach ((string name, Symbol symbol) in found.Symbols)
            if (given.TryGet(name, out NumberArray? numbers) && !theirs.TryGet(symbol.Name, out _))
                theirs.Add(symbol.Name, numbers);
        if (theirs.Names.Count < given.Names.Count)
            return true; // which of the entry's names the others are is not known
        bool isAgainst = false;
        foreach (string writing in found.Entry.Formulas)
        {
            if (ValueOf(Formula.Parse(writing), theirs) is not { } expected)
                continue;
            if (expected.Shape.Rank == value.Shape.Rank)
                return true;
            isAgainst = true;
        }
        return !isAgainst;
    }

    private static NumberArray? ValueOf(Formula formula, Bindings given)
    {
        try
        {
            var options = new EvaluationOptions { Steps = false, Budget = new Budget(Operations, OperationsToNumbers) };
            EvaluationResult result = Evaluator.Evaluate(formula, given, options);
            return result.Unused.Count == 0 ? result.Value : null;
        }
        catch (FormulaException)
        {
            return null;
        }
    }

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
