using Nabla.Formulas.Explanation.Symbols;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Explanation.Traps;

/// <summary>softmax(QKᵀ) without the root of the dimension.</summary>
internal sealed class ScoresWithoutScale : Trap
{
    public override string? Warn(FormulaContext context) => context.Nodes.OfType<Call>().Any(IsUnscaled)
        ? "The scores are not divided by the root of their dimension: for long vectors they grow large and the softmax "
            + "puts nearly everything on one position." : null;

    private static bool IsUnscaled(Call call) => KnownFunctions.NameOf(call) == "softmax" && call.Arguments is
        [Product { Factors: [Symbol { Letter: "Q" or "q" }, Postfix { Operand: Symbol { Letter: "K" or "k" } }] }];
}
