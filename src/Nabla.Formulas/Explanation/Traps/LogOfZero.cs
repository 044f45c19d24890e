using Nabla.Formulas.Explanation.Symbols;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Explanation.Traps;

/// <summary>log ŷ where ŷ may be 0, and log(ŷ + 1e-9), which is no longer 0 for a perfect prediction.</summary>
internal sealed class LogOfZero : Trap
{
    private const double Smallest = 1e-3;

    public override string? Warn(FormulaContext context)
    {
        foreach (Call call in context.Nodes.OfType<Call>())
        {
            if (KnownFunctions.NameOf(call) != "log" || call.Arguments is not [var argument])
                continue;
            if (argument is Sum { Terms: [.., Number { Value: > 0 and < Smallest } added] })
                return $"The {added.Text} inside the log keeps it from being minus infinity, but it makes a perfect "
                    + "cross-entropy slightly negative.";
            if (argument is Symbol or Call { Separators.Count: > 0 }
                or Call { Function: Symbol { Letter: "p" or "q" or "P" } })
                return "The log is minus infinity where its argument is 0. Code computes it from the scores "
                    + "(log-softmax), or keeps the argument away from 0.";
        }
        return null;
    }
}
