using System.Text.Json;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Tests.Parsing;

public sealed class GivenFormulasTests
{
    [FactNeeding(Needing.GivenFormulas)]
    public void Every_given_formula_parses_and_names_its_symbols()
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Needing.PathOf(Needing.GivenFormulas)!));
        foreach (JsonElement entry in document.RootElement.EnumerateArray())
        {
            string text = entry.GetProperty("latex").GetString()!;
            Formula formula = Formula.Parse(text);
            formula.Style.ToString().ToLowerInvariant().ShouldBe(entry.GetProperty("style").GetString(), text);
            var names = formula.Tree.All().OfType<Symbol>().SelectMany(symbol => new[] { symbol.Name, symbol.StemName })
                .ToHashSet(StringComparer.Ordinal);
            foreach (string symbol in entry.GetProperty("symbols").EnumerateArray().Select(item => item.GetString()!))
            {
                if (!symbol.Contains('['))
                    names.Contains(symbol).ShouldBeTrue($"{symbol} in " + $"{text}\n{Lisp.Of(formula.Tree)}");
            }
        }
    }
}
