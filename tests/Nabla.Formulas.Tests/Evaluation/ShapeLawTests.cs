using System.Globalization;
using System.Text.Json;
using Nabla.Formulas.Evaluation;
using Nabla.Formulas.Evaluation.Shapes;
using Nabla.Formulas.Explanation;
using Nabla.Formulas.Knowledge;
using Nabla.Formulas.Trees;
using Nabla.Numerics;

namespace Nabla.Formulas.Tests.Evaluation;

/// <summary>Shapes that are told without values are those of the values.</summary>
public sealed class ShapeLawTests
{
    public static TheoryData<string> Files => ["values.json", "outsider.json"];

    [Theory]
    [MemberData(nameof(Files))]
    public void Shapes_that_are_told_agree_with_those_of_recorded_values(string file)
    {
        using JsonDocument document =
            JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Data", file)));
        List<string> wrong = [];
        foreach (JsonElement one in document.RootElement.GetProperty("cases").EnumerateArray())
        {
            Dictionary<string, NumberArray> with = one.GetProperty("with").EnumerateObject()
                .ToDictionary(pair => pair.Name, pair => NumberArray.From(pair.Value), StringComparer.Ordinal);
            wrong.AddRange(Wrong(
                one.GetProperty("formula").GetString()!, with, NumberArray.From(one.GetProperty("value"))));
        }
        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void Shapes_that_are_told_agree_with_those_of_the_examples()
    {
        List<string> wrong = [];
        foreach (Entry entry in KnowledgeBase.Entries.Where(entry => entry.Example is not null))
            wrong.AddRange(Wrong(
                entry.Formulas[0],
                entry.Example!.With.ToDictionary(
                    pair => pair.Key, pair => NumberArray.From(pair.Value), StringComparer.Ordinal),
                NumberArray.From(entry.Example.Value)));
        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void No_entry_contradicts_itself()
    {
        List<string> wrong = [];
        foreach (Entry entry in KnowledgeBase.Entries)
            foreach (string formula in entry.Formulas)
                wrong.AddRange(Explainer.Explain(formula).Warnings
                    .Where(warning => warning.Contains("do not fit", StringComparison.Ordinal))
                    .Select(warning => $"{entry.Id}: {warning}"));
        wrong.ShouldBeEmpty();
    }

    // Numbers of the shapes that are told are computed with, and what comes out is of the shape that is told.
    [Fact]
    public void What_is_computed_from_numbers_of_the_told_shapes_has_the_told_shape()
    {
        List<string> wrong = [];
        int computed = 0;
        foreach (Entry entry in KnowledgeBase.Entries)
            foreach (string formula in entry.Formulas)
            {
                ExplainedFormula told = Explainer.Explain(formula);
                if (told.Inferred is not { } shape || RandomOf(told) is not { } bindings)
                    continue;
                var sizes = bindings.Sizes;
                var request = new ExplanationRequest { Bindings = bindings.Values };
                ExplainedFormula run = Explainer.Explain(formula, request);
                if (run.Value is { } value)
                {
                    computed++;
                    if (!Agrees(shape, Sizes(value), sizes, isOverSamples: false))
                        wrong.Add($"{entry.Id}: {formula}: told {shape.Shape}, computed {value.Shape}");
                }
                else if (run.Warnings.FirstOrDefault(IsOfShapes) is { } warning)
                {
                    wrong.Add($"{entry.Id}: {formula}: {warning}");
                }
            }
        wrong.ShouldBeEmpty();
        computed.ShouldBeGreaterThan(200);
    }

    private static bool IsOfShapes(string warning) => warning.Contains("shape", StringComparison.Ordinal)
        || warning.Contains("not defined: the left", StringComparison.Ordinal);

    private static bool IsFree(ExplainedSymbol symbol) => symbol.Type is not ("function" or "index")
        && (symbol.Defined == "given" || symbol.Defined.StartsWith("argument", StringComparison.Ordinal));

    // A size that is a symbol of the formula is bound too.
    private static (Bindings Values, Dictionary<string, string> Sizes)? RandomOf(ExplainedFormula told)
    {
        var values = new Bindings();
        var sizes = new Dictionary<string, string>(StringComparer.Ordinal);
        var rng = new Rng(1);
        // What has running indices is bound without them; what is updated stands on both sides.
        if (told.Symbols.Any(one => one.Type == "index" || one.Defined.EndsWith("after", StringComparison.Ordinal))
            || told.Formula is { Left: Symbol left } formula && formula.Right.All().Contains(left))
            return null;
        ExplainedSymbol[] given =
            [.. told.Symbols.Where(IsFree)];
        if (Array.Exists(given, one => one.Inferred is null || one.Symbol.Contains('[', StringComparison.Ordinal)))
            return null;
        foreach (string size in given.SelectMany(symbol => symbol.Inferred!.Shape.Sizes))
            if (!int.TryParse(size, out _))
                sizes.TryAdd(size, (sizes.Count + 2).ToString(CultureInfo.InvariantCulture));
        foreach (ExplainedSymbol symbol in given)
            if (symbol.Inferred!.Shape.Rank == 0)
                values.Add(symbol.Symbol, sizes.TryGetValue(symbol.Symbol, out string? size)
                    ? int.Parse(size, CultureInfo.InvariantCulture) : rng.NextDouble() + 0.5);
            else
                values.AddRandom(symbol.Symbol, string.Join('x', symbol.Inferred.Shape.Sizes.Select(one =>
                    sizes.GetValueOrDefault(one, one))), rng);
        return (values, sizes);
    }

    // Without values, then with them.
    private static IEnumerable<string> Wrong(string text, Dictionary<string, NumberArray> with, NumberArray value)
    {
        var formula = Formula.Parse(text);
        ExplainedFormula told = Explainer.Explain(formula);
        var sizes = new Dictionary<string, string>(StringComparer.Ordinal);
        bool isOverSamples = formula.Tree.All().Any(node => node is Expectation);
        foreach (ExplainedSymbol symbol in told.Symbols.Where(symbol => symbol.Type != "function"))
            if (symbol.Inferred is { } shape && ValueOf(symbol.Symbol, with, formula) is { } bound
                && !Agrees(shape, bound, sizes, isOverSamples))
                yield return $"{text}: {symbol.Symbol} is {string.Join("x", bound)}, told {shape}";
        bool isTable = told.Symbols.Any(symbol =>
            symbol.Type == "function" && with.TryGetValue(symbol.Symbol, out NumberArray? table) && !table.IsScalar);
        string[] whole = Sizes(value);
        if (told.Inferred is { } inferred && !isTable && !Agrees(inferred, whole, sizes, isOverSamples))
            yield return $"{text}: the value is {string.Join("x", whole)}, told {inferred}";
        var given = with.ToDictionary(
            pair => pair.Key, pair => SymbolicShape.Of(pair.Value.Shape), StringComparer.Ordinal);
        foreach (string mismatch in ShapeInference.Infer(formula, given).Mismatches)
            yield return $"{text}: {mismatch}";
        if (told.Warnings.Any(warning => warning.Contains("do not fit", StringComparison.Ordinal)))
            yield return $"{text}: a contradiction is told";
    }

    // A value is bound to the symbol, or to its letter without indices.
    private static string[]? ValueOf(string name, Dictionary<string, NumberArray> with, Formula formula)
    {
        if (with.TryGetValue(name, out NumberArray? bound))
            return Sizes(bound);
        Symbol? symbol = formula.Tree.All().OfType<Symbol>().FirstOrDefault(symbol => symbol.Name == name);
        return symbol is not null && with.TryGetValue(symbol.StemName, out NumberArray? list)
            && list.Shape.Rank >= symbol.Subscripts.Count ? Sizes(list)[symbol.Subscripts.Count..] : null;
    }

    // What is usually a vector may be given as the one number of a vector of one, and under an expectation each thing
    // is given as the list of its samples.
    private static bool Agrees(
        InferredShape told, string[] actual, Dictionary<string, string> sizes, bool isOverSamples)
    {
        if (told.IsUsual && actual.Length == 0)
            return true;
        if (isOverSamples && actual.Length == told.Shape.Rank + 1)
            actual = actual[1..];
        return told.Shape.Rank == actual.Length && told.Shape.Sizes.Zip(actual).All(pair =>
            int.TryParse(pair.First, out _) ? pair.First == pair.Second
                : sizes.TryAdd(pair.First, pair.Second) || sizes[pair.First] == pair.Second);
    }

    private static string[] Sizes(NumberArray value) => [.. SymbolicShape.Of(value.Shape).Sizes];
}
