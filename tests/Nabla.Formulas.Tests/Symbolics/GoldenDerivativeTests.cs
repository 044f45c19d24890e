using System.Runtime.CompilerServices;
using System.Text.Json;
using Nabla.Formulas.Symbolics;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Tests.Symbolics;

/// <summary>What SymPy says; see tests/goldens/derivatives_golden.py.</summary>
public class GoldenDerivativeTests
{
    [Fact]
    public void Derivatives_and_simplified_formulas_have_the_values_that_SymPy_finds()
    {
        using JsonDocument golden = JsonDocument.Parse(File.ReadAllText(PathOf()));
        List<string> wrong = [];
        int count = 0;
        foreach (JsonElement one in golden.RootElement.GetProperty("cases").EnumerateArray())
        {
            count++;
            string formula = one.GetProperty("formula").GetString()!;
            Expression tree = Notation.Read(formula), simple = Simplifier.Simplify(tree);
            SymbolicDerivative? derivative = Differentiator.Derivative(tree, new Symbol("x"));
            if (derivative is null)
            {
                wrong.Add($"{formula}: no derivative");
                continue;
            }
            foreach (JsonElement point in one.GetProperty("points").EnumerateArray())
            {
                double At(string name) => point.GetProperty("at").GetProperty(name).GetDouble();
                Compare(simple, "value");
                Compare(derivative.Formula, "derivative");

                void Compare(Expression found, string what)
                {
                    double expected = point.GetProperty(what).GetDouble(), value = ScalarValue.Of(found, At);
                    if (!(Math.Abs(value - expected) <= 1e-9 * (1 + Math.Abs(expected))))
                        wrong.Add($"{formula}: {what} {Shown.Of(found)} is {value}, should be {expected}");
                }
            }
        }
        count.ShouldBeGreaterThan(100);
        wrong.ShouldBeEmpty();
    }

    private static string PathOf([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../goldens/derivatives.json"));
}
