using Nabla.Formulas.Articles;
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
/// takes no more than it may.
/// </summary>
internal abstract class WholePath(string text, Rng rng, Ledger ledger)
{
    private const int MostNames = 12, MostCharacters = 1_000_000;
    private const long MostBytes = 100_000_000;

    private string with = "";

    /// <summary>The text.</summary>
    protected string Text => text;

    /// <summary>Runs all of it.</summary>
    public void Run()
    {
        Part("configuration", () => ConfigurationReader.TryExplain(text));
        Part("article", () => ArticlePage.Write(ArticleCheck.Run(Article.Read("article.md", text))),
            computations: 1 + text.Length / MostCharacters);
        if (Part("parse", () => Formula.Parse(text)) is not { } formula
            || Part("explain", () => Explainer.Explain(formula)) is not { } explained)
            return;
        Shown(explained, null);
        Written(formula, FormulaPrinter.Languages.Keys, PrintOptions.Default);
        Part("shapes", () => ShapeInference.Infer(formula));
        Part("simplify", () => Simplifier.Simplify(formula.Tree));
        Symbol[] symbols = [.. formula.Tree.All().OfType<Symbol>().Distinct()];
        if (symbols.Length > 0)
            Part("derivative", () => Differentiator.Derivative(formula.Tree, symbols[rng.NextInt(symbols.Length)]));
        string[] names = [.. symbols.Select(symbol => symbol.Name).Where(name => !name.Contains('=')).Take(MostNames)];
        string[] values = HostileValues.For(names.Length > 0 ? names : ["x"], rng);
        with = string.Concat(values.Select(value => " --with " + (value.Length > 60 ? value[..60] + "…" : value)));
        if (Part("values", () => Bindings.Parse(values)) is { } bound)
            Computed(formula, bound);
        Given(values);
    }

    /// <summary>What is shown of an explanation.</summary>
    protected abstract void Shown(ExplainedFormula explained, Bindings? values);

    /// <summary>What else is computed with values.</summary>
    protected virtual void Moved(Formula formula, Bindings values)
    {
    }

    /// <summary>What is done with values as they are typed.</summary>
    protected virtual void Given(IReadOnlyList<string> values)
    {
    }

    /// <summary>Whether an exception is a clear error.</summary>
    protected virtual bool IsRefusal(Exception error) => error is FormulaException;

    /// <summary>One part; null where it is refused.</summary>
    /// <param name="name">What is done.</param>
    /// <param name="run">Does it.</param>
    /// <param name="computations">How many times a formula may be computed for it.</param>
    protected T? Part<T>(string name, Func<T?> run, int computations = 1)
        where T : class => ledger.Take(name, text + with, run, (IsRefusal, computations * MostBytes));

    private void Computed(Formula formula, Bindings values)
    {
        string[] gradients = rng.NextInt(2) == 0 ? [.. values.Names.Take(3)] : [];
        if (Part("compute", () => Explainer.Explain(formula, new() { Bindings = values, Gradients = gradients }))
            is { } computed)
            Shown(computed, values);
        Written(formula, ["csharp", "excel", "python"], PrintOptions.Default with { Bindings = values });
        Part("sheet", () =>
        {
            FormulaSheet.Build(formula, values).Write(Stream.Null);
            return "";
        });
        Moved(formula, values);
    }

    private void Written(Formula formula, IEnumerable<string> languages, PrintOptions options)
    {
        foreach (string language in languages)
            Part(language, () => FormulaPrinter.Print(formula.Tree, language, options));
    }
}
