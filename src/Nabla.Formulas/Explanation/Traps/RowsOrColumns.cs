using Nabla.Formulas.Explanation.Symbols;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Explanation.Traps;

/// <summary>Wx + b against xW + b.</summary>
internal sealed class RowsOrColumns : Trap
{
    public override string? Warn(FormulaContext context)
    {
        foreach (Sum sum in context.Nodes.OfType<Sum>())
            foreach (Expression term in sum.Terms)
                if (term is Product { Factors: [Symbol { Letter: "W" }, Symbol input] } && IsInput(input))
                    return $"W{input.Letter} takes {input.Letter} as a column. Code mostly keeps examples as rows and "
                        + $"computes {input.Letter}W or, as PyTorch's Linear does, {input.Letter}Wᵀ.";
        return null;
    }

    private static bool IsInput(Symbol symbol) => symbol.Letter is "x" or "h" or "a" or "z";
}
