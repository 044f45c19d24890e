using Nabla.Formulas.Explanation.Concepts;
using Nabla.Formulas.Explanation.Paragraphs;
using Nabla.Formulas.Explanation.Reading;
using Nabla.Formulas.Explanation.Shapes;
using Nabla.Formulas.Explanation.Steps;
using Nabla.Formulas.Explanation.Symbols;
using Nabla.Formulas.Explanation.Traps;
using Nabla.Formulas.Knowledge;
using Nabla.Formulas.Printing;
using Nabla.Formulas.Symbolics;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Explanation;

/// <summary>Says what a formula means, in words and with numbers.</summary>
/// <example><code>
/// Explainer.Explain("θ ← θ − η∇L").Reading   // θ becomes θ minus η times the gradient of L
/// </code></example>
public static class Explainer
{
    private const int MostAmbiguities = 4;

    /// <summary>Reads a formula and explains it.</summary>
    /// <exception cref="FormulaException">It cannot be read; the error says where and what was expected.</exception>
    public static ExplainedFormula Explain(string text, ExplanationRequest? request = null) =>
        Explain(Formula.Parse(text), request);

    /// <summary>Explains a formula.</summary>
    public static ExplainedFormula Explain(Formula formula, ExplanationRequest? request = null)
    {
        ArgumentNullException.ThrowIfNull(formula);
        request ??= new ExplanationRequest();
        Computation computed = Computation.Of(formula, request);
        IReadOnlyList<RecognisedFormula> recognised = Recognised(formula, request, computed);
        var context = new FormulaContext(formula, recognised);
        var meanings = new OwnFunctions(context);
        var english = new English(formula.Tree, meanings.NameOf,
            symbol => computed.ValueOf(symbol.Name) is { Shape.Rank: 1 });
        List<ExplainedSymbol> symbols = SymbolTable.Of(context, english, computed.ValueOf);
        FormulaShapes shapes = FormulaShapes.Of(context, symbols, request);
        bool doesNotFit = computed.Result is null && shapes.Mismatches.Count > 0;
        return new ExplainedFormula(formula)
        {
            Reading = english.Words(formula.Tree),
            Paragraph = ParagraphWriter.Write(context, english, symbols),
            Steps = shapes.Of(computed.WithValues(
                [.. StepList.Of(formula, english), .. WorkedOut(formula, english, computed)])),
            Symbols = shapes.Of(symbols),
            Recognised = recognised,
            Concepts = ConceptFinder.Find(context),
            Warnings =
            [
                .. MeantName(formula, symbols), .. doesNotFit ? shapes.Mismatches : computed.Warnings,
                .. Ambiguities(formula), .. meanings.Notes,
                .. Trap.In(context),
            ],
            Notes = [.. (computed.Result?.Notes ?? []).Select(Sentence)],
            Value = computed.Result?.Value,
            StandardError = computed.Result?.StandardError,
            Shape = computed.Result?.Value.Shape,
            Inferred = doesNotFit ? null : shapes.Value,
            Gradients = computed.Gradients,
            Derivatives = computed.Derivatives(formula, request),
        };
    }

    private static IReadOnlyList<RecognisedFormula> Recognised(
        Formula formula, ExplanationRequest request, Computation computed) =>
        request.Bindings is { } given && computed.Result is { } result
            ? NamedFormulas.Fitting(NamedFormulas.Of(formula), given, result.Value) : NamedFormulas.Of(formula);

    // A word alone says nothing; one that is nearly a formula's name is a slip.
    private static IEnumerable<string> MeantName(Formula formula, List<ExplainedSymbol> symbols)
    {
        bool isName = formula.Text.All(c => char.IsAsciiLetter(c) || c is ' ' or '_' or '-')
            && formula.Tree.All().All(
                node => node is Symbol { Letter.Length: > 1 } or Product { Sign: ProductSign.None })
            && symbols.TrueForAll(symbol => symbol.Value is null)
            && formula.Tree.All().OfType<Symbol>().All(
                symbol => GreekLetters.Character(symbol.Letter) == symbol.Letter);
        if (isName && KnowledgeBase.NearestName(formula.Text) is { } meant)
            yield return $"No formula is named '{formula.Text.Trim()}', so it is read as a symbol; "
                + $"did you mean {meant}?";
    }

    private static string Sentence(string note) =>
        note.Length > 1 && char.IsLower(note[0]) && char.IsLower(note[1]) ? char.ToUpperInvariant(note[0]) + note[1..]
            : note;

    // d/dx x³ asks for a derivative, so it is given: 3x².
    private static IEnumerable<ExplainedStep> WorkedOut(Formula formula, English english, Computation computed)
    {
        if (Differentiator.Value(formula.Tree) is not Derivative { Of: { } of and not Symbol } asked)
            yield break;
        Expression? result = of;
        foreach (Expression variable in asked.Variables)
            result = result is not null && variable is Symbol by
                ? Differentiator.Derivative(result, by)?.Formula : null;
        if (result is not null)
            yield return new ExplainedStep(result, "worked out: " + english.Words(result))
            {
                Value = computed.Result?.Value,
            };
    }

    private static IEnumerable<string> Ambiguities(Formula formula) => formula.Choices.Select(choice =>
        $"Read as {choice.Taken}" + (choice.Instead.Length > 0 ? $"; it could also be {choice.Instead}." : "."))
        .Distinct(StringComparer.Ordinal).Take(MostAmbiguities);
}
