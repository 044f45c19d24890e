using System.Globalization;
using Nabla.Formulas.Evaluation;
using Nabla.Formulas.Printing;
using Nabla.Formulas.Printing.Pages;

namespace Nabla.Formulas.Explanation;

/// <summary>Makes an explanation a page for the browser.</summary>
public static class ExplanationPage
{
    /// <summary>The page's HTML.</summary>
    /// <param name="explained">The explanation.</param>
    /// <param name="picture">A picture to show on it, as SVG, or empty; it is taken as it is.</param>
    public static string Write(ExplainedFormula explained, string picture = "")
    {
        ArgumentNullException.ThrowIfNull(explained);
        RecognisedFormula? named = explained.Recognised.Count > 0 ? explained.Recognised[0] : null;
        return HtmlPrinter.Write(new FormulaPage(explained.Formula.Tree)
        {
            Title = named?.Name ?? "",
            Reading = explained.Reading,
            Paragraphs = [.. new[] { explained.Paragraph, named?.Intuition, named?.Pitfalls }
                .OfType<string>().Where(text => text.Length > 0)],
            Symbols = [.. explained.Symbols.Select(Note)],
            Steps = [.. explained.Steps.Select(step => new PageStep(step.Expression, step.Reading)
            {
                Shape = step is { Value: null, Inferred: { Shape: { Rank: > 0 } inferred } } ? $"{inferred}"
                    : ShapeOf(step.Value),
                Value = step.Value?.ToDisplay() ?? "",
            })],
            Facts = [.. Facts(explained, named)],
            Warnings = explained.Warnings,
            Picture = picture,
        });
    }

    private static SymbolNote Note(ExplainedSymbol symbol) => new(symbol.Symbol, symbol.Name)
    {
        Role = symbol.Note.Length > 0 ? $"{symbol.Role} ({symbol.Note})" : symbol.Role,
        Shape = symbol.Value is null ? ShapeOf(symbol) : ShapeOf(symbol.Value),
        Value = symbol.Value?.ToDisplay() ?? "",
    };

    private static IEnumerable<PageFact> Facts(ExplainedFormula explained, RecognisedFormula? named)
    {
        if (explained.Value is { } value)
            yield return new("value", value.ToDisplay() + (explained.StandardError is { } error
                ? $" ± {error.ToString("G3", CultureInfo.InvariantCulture)}" : ""));
        foreach (string note in explained.Notes)
            yield return new("how", note);
        foreach ((string name, NumberArray gradient) in explained.Gradients)
            yield return new($"derivative by {name}", explained.Derivatives.TryGetValue(name, out var formula)
                ? $"{FormulaPrinter.Display(formula)} = {gradient.ToDisplay()}" : gradient.ToDisplay());
        if (named is null)
            yield break;
        yield return new("source", named.Source);
        if (named.Nabla is { } type)
            yield return new("in Nabla", type);
    }

    private static string ShapeOf(ExplainedSymbol symbol) => symbol.Inferred is not { } shape ? ""
        : symbol.Type == "function" ? shape.WordsOfResult : shape.Words;

    private static string ShapeOf(NumberArray? value) =>
        value is null || value.IsScalar ? "" : $"{value.Shape}";
}
