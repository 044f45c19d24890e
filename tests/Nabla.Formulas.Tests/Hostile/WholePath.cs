using System.Text.Json;
using Nabla.Formulas.Configurations;
using Nabla.Formulas.Evaluation;
using Nabla.Formulas.Evaluation.Shapes;
using Nabla.Formulas.Explanation;
using Nabla.Formulas.Printing;
using Nabla.Formulas.Spreadsheets.Graphs;
using Nabla.Formulas.Symbolics;
using Nabla.Formulas.Trees;
using Nabla.Numerics;

namespace Nabla.Formulas.Tests.Hostile;

/// <summary>
/// Everything that the library does with a text that may be a formula: each part gives an answer or a clear error, and
/// takes no more memory than it may.
/// </summary>
internal sealed class WholePath(string text, Rng rng)
{
    // All that is allocated, most of it free again at once; what lives together is far less.
    private const long MostBytes = 300_000_000;
    private const int MostNames = 12, LongestMessage = 600;

    /// <summary>Runs all of it.</summary>
    /// <exception cref="InvalidOperationException">Something went wrong that is no clear error.</exception>
    public void Run()
    {
        Part("configuration", () => ConfigurationReader.TryExplain(text));
        if (Part("parse", () => Formula.Parse(text)) is not { } formula)
            return;
        ExplainedFormula explained = Part("explain", () => Explainer.Explain(formula))!;
        Shown(explained);
        Written(formula, FormulaPrinter.Languages.Keys, PrintOptions.Default);
        Part("shapes", () => ShapeInference.Infer(formula));
        Part("simplify", () => Simplifier.Simplify(formula.Tree));
        Symbol[] symbols = [.. formula.Tree.All().OfType<Symbol>().Distinct()];
        if (symbols.Length > 0)
            Part("derivative", () => Differentiator.Derivative(formula.Tree, symbols[rng.NextInt(symbols.Length)]));
        string[] names = [.. symbols.Select(symbol => symbol.Name).Where(name => !name.Contains('=')).Take(MostNames)];
        if (Part("values", () => HostileValues.For(names.Length > 0 ? names : ["x"], rng)) is { } values)
            Computed(formula, values);
    }

    private void Computed(Formula formula, Bindings values)
    {
        string[] gradients = rng.NextInt(2) == 0 ? [.. values.Names.Take(3)] : [];
        Shown(Part("compute", () => Explainer.Explain(formula, new() { Bindings = values, Gradients = gradients }))!);
        Written(formula, ["csharp", "excel", "python"], PrintOptions.Default with { Bindings = values });
        Part("sheet", () =>
        {
            FormulaSheet.Build(formula, values).Write(Stream.Null);
            return "";
        });
    }

    private void Shown(ExplainedFormula explained)
    {
        Part("page", () => ExplanationPage.Write(explained));
        Part("json", () =>
        {
            using var json = new Utf8JsonWriter(Stream.Null);
            ExplanationJson.Write(json, explained);
            return "";
        });
    }

    private void Written(Formula formula, IEnumerable<string> languages, PrintOptions options)
    {
        foreach (string language in languages)
            Part(language, () => FormulaPrinter.Print(formula.Tree, language, options));
    }

    private T? Part<T>(string name, Func<T?> run)
        where T : class
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            return run();
        }
        catch (FormulaException error)
        {
            error.Message.Length.ShouldBeInRange(1, LongestMessage, name);
            return null;
        }
        catch (Exception error)
        {
            throw new InvalidOperationException($"{name} of '{Cut}' gives {error.GetType().Name}", error);
        }
        finally
        {
            (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(MostBytes, $"{name} of '{Cut}'");
        }
    }

    private string Cut => text.Length <= 1000 ? text : text[..1000] + "…";
}
