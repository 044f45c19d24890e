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
        if (!isEntropy || hasBase || !context.Calls("log"))
            return null;
        return Undone(context) ?? (context.Nodes.Exists(IsTwoToLog)
            ? "log is the natural logarithm here, and 2 to the power of nats is no perplexity: write log_2, or exp "
                + "instead of 2 to the power."
            : "log is the natural logarithm here, so the result is in nats; with the base 2 it is in bits "
                + "(1 nat = 1.4427 bits). Perplexity is exp of nats, or 2 to the power of bits.");
    }

    // exp(−Σ log p/N) is the same number in every base, as long as both are of one.
    private static string? Undone(FormulaContext context) => context.Nodes.Exists(node => Exponent(node) is { } exponent
        && HasLog(exponent))
        ? "log is the natural logarithm here, which exp undoes: the result is "
            + (context.Nodes.Exists(node => Exponent(node) is { } exponent && HasLog(exponent) && IsLess(exponent))
                ? "a number of choices, with no unit" : "a mean of what stands in the log, weighted and by multiplying")
            + ". With log_2 it must be 2 to the power instead of exp, and gives the same." : null;

    // exp(−Σ log p/N) counts choices; exp(Σ w log p), as in BLEU, is a mean.
    private static bool IsLess(Expression exponent) => exponent is Negation
        || exponent is Product product && product.Factors.Any(IsLess)
        || exponent is Quotient quotient && (IsLess(quotient.Numerator) || IsLess(quotient.Denominator))
        || exponent is Symbol or BigOperator { Body: Negation };

    private static Expression? Exponent(Expression node) => node switch
    {
        Call { Letter: "exp", Arguments: [var argument] } => argument,
        Power { Base: Symbol { Name: "e" } } power => power.Exponent,
        _ => null,
    };

    private static bool IsTwoToLog(Expression node) => node is Power { Base: Number { Value: 2 } } power
        && HasLog(power.Exponent);

    private static bool HasLog(Expression node) => node.All().Any(part => part is Call { Letter: "log" });
}
