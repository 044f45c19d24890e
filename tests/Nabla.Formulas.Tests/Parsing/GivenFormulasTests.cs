using System.Text.Json;
using Nabla.Formulas.Trees;
using Xunit.Abstractions;

namespace Nabla.Formulas.Tests.Parsing;

public sealed class GivenFormulasTests(ITestOutputHelper output)
{
    private const string Path = "/work/shared/data/formulas.json";

    [Fact]
    public void Every_given_formula_parses_and_names_its_symbols()
    {
        if (!File.Exists(Path))
        {
            output.WriteLine($"Skipped: {Path} is absent.");
            return;
        }
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Path));
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
