using System.Text.Json;
using Nabla.Formulas.Evaluation;
using Nabla.Formulas.Knowledge;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Tests.Knowledge;

/// <summary>The numbers and the symbols of the entries are those of their formulas.</summary>
public sealed class ExampleTests
{
    [Fact]
    public void The_first_formula_gives_the_value_of_the_example()
    {
        foreach (Entry entry in KnowledgeBase.Entries.Where(entry => entry.Example is not null))
        {
            var bindings = new Bindings();
            foreach ((string name, JsonElement value) in entry.Example!.With)
                bindings.Add(name, NumberArray.From(value));
            NumberArray result = Evaluator.Evaluate(Formula.Parse(entry.Formulas[0]), bindings).Value;
            NumberArray expected = NumberArray.From(entry.Example.Value);
            result.Count.ShouldBe(expected.Count, entry.Id);
            for (int i = 0; i < result.Count; i++)
            {
                double tolerance = 1e-6 * Math.Max(1, Math.Abs(expected.Values[i]));
                result.Values[i].ShouldBe(expected.Values[i], tolerance, entry.Id);
            }
        }
    }

    [Fact]
    public void Every_symbol_that_an_entry_tells_of_occurs_in_its_formulas()
    {
        foreach (Entry entry in KnowledgeBase.Entries)
        {
            HashSet<string> names = [.. entry.Formulas.SelectMany(formula => Formula.Parse(formula).Tree.All())
                .OfType<Symbol>().SelectMany(symbol => new[] { symbol.Name, symbol.StemName })];
            entry.Symbols.Keys.Where(name => !names.Contains(name)).ShouldBeEmpty(entry.Id);
        }
    }

    [Fact]
    public void Nearly_every_quantity_of_the_first_formula_is_told_of()
    {
        var untold = new List<string>();
        foreach (Entry entry in KnowledgeBase.Entries)
        {
            Expression tree = Formula.Parse(entry.Formulas[0]).Tree;
            untold.AddRange(Quantities(tree).Where(symbol => entry.Symbol(symbol.Name, symbol.StemName) is null &&
                !entry.Symbols.Keys.Any(key => key.StartsWith(symbol.StemName + "_", StringComparison.Ordinal)))
                .Select(symbol => $"{entry.Id}: {symbol.Name}"));
        }
        untold.Count.ShouldBeLessThan(KnowledgeBase.Entries.Count / 10, string.Join('\n', untold));
    }

    // What is no index, no constant and no function or name of its own.
    private static IEnumerable<Symbol> Quantities(Expression node)
    {
        if (node is Symbol symbol)
        {
            if (symbol.Kind == SymbolKind.Variable && KnownFunctions.Find(symbol.Letter) is null &&
                (symbol.Letter.Length == 1 || char.IsLower(symbol.Letter[0])))
                yield return symbol;
            yield break;
        }
        HashSet<Expression> bound = node is BigOperator big ? [.. big.Range.Variables] : [];
        foreach (Expression child in node is Call call ? call.Arguments : node.Children)
        {
            foreach (Symbol inner in Quantities(child))
            {
                if (!bound.Contains(inner))
                    yield return inner;
            }
        }
    }
}
