using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Explanation.Symbols;

/// <summary>
/// More of what the place of a symbol says of it: what stands below a norm, what an action value is of.
/// </summary>
internal static class PlaceRules
{
    /// <summary>The rules, the first that fits wins.</summary>
    public static readonly StructureRules.Rule[] All =
        [Order, Quantile, Share, State, Kronecker, UnitVector, Wiener, Risk, Failure];

    // p in ‖x‖_p
    private static SymbolMeaning? Order(SymbolUse use, FormulaContext context) =>
        use.Parent is Delimited { Kind: DelimiterKind.Norm, Subscript: { } below } && ReferenceEquals(below, use.Symbol)
            ? new("order of the norm", "to which power the entries are raised", "number") : null;

    // z_{α/2}, t_{0.975}
    private static SymbolMeaning? Quantile(SymbolUse use, FormulaContext context) =>
        use.Symbol is { Letter: "z" or "t", Subscripts: [Quotient or Number { Value: > 0 and < 1 } or Sum, ..] } symbol
        && symbol.Subscripts[0].All().All(part => part is not Symbol { Letter: not "alpha" })
        && symbol is not { Letter: "t", Subscripts: [Quotient { Numerator: Number }, ..] } // half-life
            ? new("quantile", "where the distribution leaves only a given share beyond it", "number") : null;

    // π_k in Σ_k π_k 𝒩(x | μ_k, Σ_k)
    private static SymbolMeaning? Share(SymbolUse use, FormulaContext context) => !use.IsApplied
        && use.Symbol is { Letter: "pi", Subscripts: [Symbol { IsBare: true } index], Superscripts.Count: 0 }
        && !context.Tags.Contains("rl") && index.Letter is "k" or "j" or "i" or "c" or "m" or "z"
            ? new("share", "how much of the whole this part is, between 0 and 1", "number") : null;

    // S and A in Q(S, A)
    private static SymbolMeaning? State(SymbolUse use, FormulaContext context)
    {
        if (!context.Tags.Contains("rl") || use.Symbol.Letter is not ("S" or "A" or "s" or "a") || use.IsApplied
            || use.Symbol.Subscripts.Count + use.Symbol.Superscripts.Count > 0
            || use.Parent is not Call { Letter: "Q" or "q" or "V" or "v" or "pi" })
            return null;
        bool isNext = use.Symbol.Primes > 0;
        return use.Symbol.Letter is "S" or "s"
            ? isNext ? new("next state", "the situation after the action", "state")
                : new("state", "the situation that the agent is in", "state")
            : isNext ? new("next action", "what the agent does next", "action")
                : new("action", "what the agent does", "action");
    }

    private static SymbolMeaning? Kronecker(SymbolUse use, FormulaContext context) =>
        use.Symbol is { Letter: "delta", Subscripts: [Symbol one, Symbol other], Accents.Count: 0 }
        && IsIndex(one) && IsIndex(other) && use.Parent is Sum or Product
        && context.Left is not Symbol { Letter: "delta" } // errors that are passed back
            ? new("Kronecker delta", "1 where both indices are equal and 0 otherwise", "number") : null;

    private static bool IsIndex(Symbol mark) => mark is { IsBare: true, Letter.Length: 1 };

    // e₁ in e₁ᵀ A
    private static SymbolMeaning? UnitVector(SymbolUse use, FormulaContext context) =>
        use.Symbol is { Letter: "e", Subscripts: [Number] } && use.Parent is Postfix { Sign: PostfixSign.Transpose }
            ? new("unit vector", "1 in one place and 0 in all others", "vector") : null;

    // R(h), R̂(h)
    private static SymbolMeaning? Risk(SymbolUse use, FormulaContext context) =>
        use is { IsApplied: true, Symbol.Letter: "R" } && !context.Tags.Contains("rl")
        && context.Left is Call { Letter: "R", Arguments: [Symbol { Letter: not ("t" or "x" or "s") }, ..] }
        && context.Has("L", "ell", "loss", "R_hat")
            ? use.Symbol.Accents.Count > 0 ? new("empirical risk", "the mean loss on the examples", "function")
                : new("risk", "the loss that is to be expected", "function") : null;

    // δ in ln(1/δ)
    private static SymbolMeaning? Failure(SymbolUse use, FormulaContext context) => use.Symbol.Letter == "delta"
        && use.Parent is Quotient { Numerator: Number } quotient && ReferenceEquals(quotient.Denominator, use.Symbol)
        && use.Above.Any(node => node is Call { Letter: "log" or "ln" })
            ? new("probability of failure", "how likely the statement may be wrong", "number") : null;

    // dw in dx = f dt + g dw
    private static SymbolMeaning? Wiener(SymbolUse use, FormulaContext context) =>
        use.Symbol is { Prefix: "d", Letter: "w" or "W" or "B" } && context.Has("dt")
            ? new("noise of the step", "what chance adds in a short time", "vector") : null;
}
