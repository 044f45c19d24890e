using Nabla.Formulas;
using Nabla.Formulas.Evaluation;
using Nabla.Formulas.Evaluation.Shapes;
using Nabla.Formulas.Explanation;
using Nabla.Numerics;

namespace Nabla.Cli.Explain;

/// <summary>What <c>nabla explain</c> was asked to do with what it was given.</summary>
internal sealed record ExplainOptions
{
    /// <summary>Values, each NAME=VALUE.</summary>
    public IReadOnlyList<string> With { get; init; } = [];

    /// <summary>Shapes, each NAME=SIZES: of random numbers, or with names for sizes.</summary>
    public IReadOnlyList<string> Shapes { get; init; } = [];

    /// <summary>Names to differentiate by.</summary>
    public IReadOnlyList<string> Gradients { get; init; } = [];

    /// <summary>Seed of the random numbers.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>The language to write the formula in, or null.</summary>
    public string? To { get; init; }

    /// <summary>How much to say: line, paragraph or steps; null for all there is.</summary>
    public string? Length { get; init; }

    /// <summary>The file to write to, or null.</summary>
    public string? Out { get; init; }

    /// <summary>Whether something is asked that only formulas can answer.</summary>
    public bool IsForFormula => To is not null || With.Count + Shapes.Count + Gradients.Count > 0;

    /// <summary>The request that these options make of a formula, in whose domains random numbers lie.</summary>
    /// <exception cref="FormulaException">A value or a shape cannot be read.</exception>
    public ExplanationRequest Request(Formula? formula = null)
    {
        if (With.Count + Shapes.Count == 0)
            return new ExplanationRequest { Gradients = Gradients, Seed = Seed };
        Bindings? bindings = With.Count == 0 ? null : Bindings.Read("--with", [.. With]);
        (string Name, SymbolicShape Shape)[] shapes = [.. Shapes.Select(Shape)];
        if (Array.Exists(shapes, one => !one.Shape.IsNumeric))
            return new ExplanationRequest
            {
                Bindings = bindings,
                Gradients = Gradients,
                Seed = Seed,
                Shapes = shapes.ToDictionary(one => one.Name, one => one.Shape, StringComparer.Ordinal),
            };
        bindings ??= new Bindings { GivenBy = "--with" };
        var rng = new Rng(Seed);
        foreach ((string name, SymbolicShape shape) in shapes)
            bindings.AddRandom(name, shape.ToString(), rng, Domains.Of(formula, name));
        return new ExplanationRequest { Bindings = bindings, Gradients = Gradients, Seed = Seed };
    }

    private static (string Name, SymbolicShape Shape) Shape(string text)
    {
        int sign = text.IndexOf('=', StringComparison.Ordinal);
        return sign > 0 ? (text[..sign], SymbolicShape.Parse(text[(sign + 1)..]))
            : throw new FormulaException($"'{text}' gives no shape; write NAME=SIZES, as in Q=10x64 or Q=TxD.");
    }
}
