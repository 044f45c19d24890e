using Nabla.Formulas.Explanation.Symbols;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Explanation.Traps;

/// <summary>An entropy without the base of its logarithm.</summary>
internal sealed class BitsOrNats : Trap
{
    public override string? Warn(FormulaContext context)
    {
        bool isEntropy = context.Has("H", "PPL", "D_KL", "KL") || context.Nodes.Exists(node => node is BigOperator
        {
            Body: Product { Factors: [.., Call { Letter: "log" }] },
        });
        bool hasBase =
            context.Nodes.OfType<Call>().Any(call => call.Function is Symbol { Letter: "log", Subscripts.Count: > 0 });
        return isEntropy && !hasBase && context.Calls("log")
            ? "log is the natural logarithm here, so the result is in nats; with the base 2 it is in bits "
                + "(1 nat = 1.4427 bits). Perplexity is exp of nats, or 2 to the power of bits." : null;
    }
}
