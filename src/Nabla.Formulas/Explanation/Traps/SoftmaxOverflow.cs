using Nabla.Formulas.Explanation.Symbols;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Explanation.Traps;

/// <summary>A softmax written out.</summary>
internal sealed class SoftmaxOverflow : Trap
{
    public override string? Warn(FormulaContext context) => context.Nodes.OfType<Quotient>().Any(IsSoftmax)
        ? "exp of a large score overflows. Code subtracts the largest score first, which changes nothing in the result."
        : null;

    private static bool IsSoftmax(Quotient quotient) => IsExponential(quotient.Numerator)
        && quotient.Denominator.All().OfType<BigOperator>().Any(
            sum => sum.Kind == BigOperatorKind.Sum && IsExponential(sum.Body));

    private static bool IsExponential(Expression node) =>
        node is Power { Base: Symbol { Letter: "e" } } or Call { Letter: "exp" };
}
