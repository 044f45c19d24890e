using Nabla.Formulas.Explanation.Reading;
using Nabla.Formulas.Explanation.Symbols;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Explanation.Traps;

/// <summary>A variance: divided by n or by n − 1.</summary>
internal sealed class VarianceDivisor : Trap
{
    public override string? Warn(FormulaContext context)
    {
        if (context.Right.All().Any(node => node is Expectation { Kind: ExpectationKind.Variance }))
            return "The variance is taken as the biased one, divided by n, as layer norm does; libraries for "
                + "statistics divide by n − 1.";
        bool isBiased = context.Nodes.Exists(node => Averages.Of(node) is { } average && IsSpread(average.Sum.Body));
        return isBiased ? "This variance is divided by n. As an estimate from a sample it comes out too small; n − 1 "
            + "mends that." : null;
    }

    // (x − μ)² or (x − x̄)².
    private static bool IsSpread(Expression body) =>
        body is Power { Exponent: Number { Value: 2 }, Base: Sum { Terms: [_, Negation { Operand: Symbol mean }] } }
        && (mean.Letter == "mu" || mean.Accents.Contains("bar", StringComparer.Ordinal));
}
