using Nabla.Formulas;
using Nabla.Formulas.Evaluation;
using Nabla.Formulas.Explanation;
using Nabla.Numerics;

namespace Nabla.Cli.Explain;

/// <summary>What <c>nabla explain</c> was asked to do with what it was given.</summary>
internal sealed record ExplainOptions
{
    /// <summary>Values, each NAME=VALUE.</summary>
    public IReadOnlyList<string> With { get; init; } = [];

    /// <summary>Shapes of random numbers, each NAME=SIZES.</summary>
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

    /// <summary>The request that these options make.</summary>
    /// <exception cref="FormulaException">A value or a shape cannot be read.</exception>
    public ExplanationRequest Request()
    {
        if (With.Count + Shapes.Count == 0)
            return new ExplanationRequest { Gradients = Gradients, Seed = Seed };
        Bindings bindings = Bindings.Parse([.. With]);
        var rng = new Rng(Seed);
        foreach (string shape in Shapes)
        {
            int sign = shape.IndexOf('=', StringComparison.Ordinal);
            if (sign <= 0)
                throw new FormulaException($"'{shape}' gives no shape; write NAME=SIZES, as in Q=10x64.");
            bindings.AddRandom(shape[..sign], shape[(sign + 1)..], rng);
        }
        return new ExplanationRequest { Bindings = bindings, Gradients = Gradients, Seed = Seed };
    }
}
