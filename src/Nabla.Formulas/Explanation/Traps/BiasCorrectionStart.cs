using Nabla.Formulas.Explanation.Symbols;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Explanation.Traps;

/// <summary>1 − βᵗ below a bar: t begins at 1.</summary>
internal sealed class BiasCorrectionStart : Trap
{
    public override string? Warn(FormulaContext context) => context.Nodes.OfType<Quotient>().Any(IsCorrection)
        ? "t counts from 1: at t = 0 this divides by zero." : null;

    private static bool IsCorrection(Quotient quotient) => quotient.Denominator is Sum
    {
        Terms: [Number { Value: 1 }, Negation { Operand: Power { Base: Symbol { Letter: "beta" }, Exponent: Symbol } }],
    };
}
