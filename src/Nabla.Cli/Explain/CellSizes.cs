using Nabla.Formulas;
using Nabla.Formulas.Evaluation;
using Nabla.Formulas.Explanation;
using Nabla.Formulas.Printing;
using Nabla.Numerics;

namespace Nabla.Cli.Explain;

/// <summary>Finds sizes with which a formula can be written into cells, for an example.</summary>
internal static class CellSizes
{
    private static readonly string[] Lists = ["3", "3x3"];

    /// <summary>Options with sizes that work, <c>--shapes p=3 q=3</c>; null where none was found.</summary>
    public static string? Example(Formula formula)
    {
        ExplainedFormula explained = Explainer.Explain(formula);
        HashSet<string> indices = [.. explained.Symbols.Where(symbol => symbol.Type == "index")
            .Select(symbol => symbol.Symbol)];
        string[] names = [.. explained.Unbound.Select(name => Table(name, indices)).Distinct(StringComparer.Ordinal)];
        foreach (string list in Lists)
        {
            string[] shapes = [.. names.Select(name => $"{name}={SizeOf(explained, name, list)}")];
            string[] sized = [.. shapes.Where(shape => !shape.EndsWith('='))];
            string[] numbers = [.. names.Where((_, i) => shapes[i].EndsWith('='))];
            if (sized.Length > 0 && Works(formula, sized, numbers))
                return $"--shapes {string.Join(' ', sized)}"
                    + (numbers.Length > 0 ? $" --with {string.Join(' ', numbers.Select(name => name + "=3"))}" : "");
        }
        return null;
    }

    // The list of which x_i is an element.
    private static string Table(string name, HashSet<string> indices)
    {
        while (name.LastIndexOf('_') is var at and > 0 && indices.Contains(name[(at + 1)..]))
            name = name[..at];
        return name;
    }

    // Of what is known to be a number none.
    private static string SizeOf(ExplainedFormula explained, string name, string list)
    {
        return explained.Symbols.FirstOrDefault(symbol => symbol.Symbol == name)?.Inferred switch
        {
            { Shape.Rank: 0 } => "",
            { Shape: { Rank: > 0 } shape } => string.Join('x', Enumerable.Repeat("3", shape.Rank)),
            _ => list,
        };
    }

    private static bool Works(Formula formula, string[] shapes, string[] numbers)
    {
        try
        {
            var bindings = new Bindings();
            var rng = new Rng(1);
            foreach (string[] pair in shapes.Select(shape => shape.Split('=')))
                bindings.AddRandom(pair[0], pair[1], rng);
            foreach (string name in numbers)
                bindings.Add(name, 3);
            FormulaPrinter.Print(formula.Tree, "excel", PrintOptions.Default with { Bindings = bindings });
            return true;
        }
        catch (FormulaException)
        {
            return false;
        }
    }
}
