using Nabla.Formulas.Explanation.Reading;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Explanation.Symbols;

/// <summary>
/// What the place of a symbol says of it: the factor of a gradient in an update is the learning rate, whatever its
/// letter.
/// The first rule that fits wins.
/// </summary>
internal static class StructureRules
{
    internal delegate SymbolMeaning? Rule(SymbolUse use, FormulaContext context);

    private static readonly Rule[] Rules =
    [
        Constant, Ones, Inverse, Family, Node, Neighbours, Counted, Chosen, LearningRate, Discount,
        DistributionParameter, Temperature, Regularisation, SmallConstant, StepExponent, Sampled, Angle,
        .. PlaceRules.All,
    ];

    /// <summary>What the place says, or null.</summary>
    public static SymbolMeaning? Find(SymbolUse use, FormulaContext context)
    {
        foreach (Rule rule in Rules)
            if (rule(use, context) is { } meaning)
                return meaning;
        return null;
    }

    private static SymbolMeaning? Constant(SymbolUse use, FormulaContext context) =>
        use.Symbol is { Kind: SymbolKind.Constant, IsBare: true } symbol && !use.IsMark ? symbol.Letter switch
        {
            "pi" => new("pi", "the number 3.14159…", "number"),
            "e" => new("Euler's number", "the number 2.71828…", "number"),
            _ => null,
        } : null;

    private static SymbolMeaning? Ones(SymbolUse use, FormulaContext context) =>
        use.Symbol is { Letter: "1", Alphabet: not Alphabet.Plain } && !use.IsApplied
            ? new("ones", "a vector whose entries are all 1", "vector") : null;

    // N_S in u ∈ N_S(v)
    private static SymbolMeaning? Neighbours(SymbolUse use, FormulaContext context) =>
        use is { IsApplied: true, Symbol: { Letter: "N", Kind: SymbolKind.Set } }
            ? new("neighbours", "the nodes around a node", "function") : null;

    // n_heads, N_layer: how many there are of what stands below
    private static SymbolMeaning? Counted(SymbolUse use, FormulaContext context) =>
        use.Symbol is { Letter: "n" or "N", Subscripts: [Symbol { Kind: SymbolKind.Label } counted] }
        && counted.Letter.Length > 3
        && (counted.Letter.EndsWith('s') || counted.Letter is "layer" or "head" or "token" or "expert" or "param"
            or "step" or "block" or "class" or "sample" or "kv_head")
            ? new("number of " + Wording.Plural(counted.Letter.Replace('_', ' ')), null, "number") : null;

    private static SymbolMeaning? Inverse(SymbolUse use, FormulaContext context) =>
        use.Symbol.IsInverse && use.IsApplied
            ? new("inverse function", "undoes " + Spelling.Of(use.Symbol with { Superscripts = [] }), "function")
            : null;

    // v in 𝒩(v)
    private static SymbolMeaning? Node(SymbolUse use, FormulaContext context) => !use.IsApplied
        && use.Parent is Call { Function: Symbol { Letter: "N", Kind: SymbolKind.Set } } ? new("node", null) : null;

    // 𝒩 in 𝒩(x | μ, Σ)
    private static SymbolMeaning? Family(SymbolUse use, FormulaContext context) =>
        use.IsApplied && Distributions.FamilyName((Call)use.Parent!) is { } family
            ? new(family, null, "distribution") : null;

    // K in K choose 2
    private static SymbolMeaning? Chosen(SymbolUse use, FormulaContext context) =>
        use.Parent is Call { Function: Symbol { Letter: "binom" }, Arguments: [var all, var some] }
            ? ReferenceEquals(all, use.Symbol) ? new("number of things", "how many there are to choose from", "number")
            : ReferenceEquals(some, use.Symbol) ? new("number chosen", "how many are chosen", "number") : null : null;

    private static SymbolMeaning? LearningRate(SymbolUse use, FormulaContext context)
    {
        if (use.IsMark || use.IsApplied || use.Symbol.Accents.Count > 0 || HasGradient(use.Symbol)
            || use.Parent is Power or Root || !context.Tags.Contains("update"))
            return null;
        bool multiplies = use.Above.Take(3).Any(node => node is Product product
            && Factor(product, use.Symbol) && product.Factors.Any(HasGradient));
        bool isSubtracted = multiplies && use.Above.Any(node => node is Negation);
        return isSubtracted ? new("learning rate", "how far one step goes; it multiplies the gradient", "number")
            : null;
    }

    private static SymbolMeaning? Discount(SymbolUse use, FormulaContext context) =>
        context.Tags.Contains("rl") && !use.IsMark && !use.IsApplied
            && use.Symbol.Letter is "gamma" or "beta" or "delta"
        && use.Parent is Product product && product.Factors.Any(IsValue)
            ? new("discount factor", "how much what comes later counts, between 0 and 1", "number") : null;

    private static SymbolMeaning? DistributionParameter(SymbolUse use, FormulaContext context)
    {
        bool isSquared = use.Parent is Power { Exponent: Number { Value: 2 } };
        Expression argument = isSquared ? use.Parent! : use.Symbol;
        Expression? above = isSquared ? use.Path!.Up?.Node : use.Parent;
        if (above is not Call call || use.Symbol.Letter == "I")
            return null;
        int index = call.Arguments.ToList().FindIndex(item => ReferenceEquals(item, argument));
        return index < 0 || Distributions.ParameterName(call, index) is not { } name ? null
            : isSquared && name == "variance"
                ? new("standard deviation", "its square is the variance of the distribution")
                : new(name, $"the {name} of the distribution");
    }

    private static SymbolMeaning? Temperature(SymbolUse use, FormulaContext context) =>
        use.Symbol.Letter is "T" or "tau" or "temperature" && use.Parent is Quotient quotient
        && ReferenceEquals(quotient.Denominator, use.Symbol)
        && use.Above.Any(node => node is Power { Base: Symbol { Letter: "e" } }
            || (node is Call call && KnownFunctions.NameOf(call) is "exp" or "softmax" or "log_softmax")
            || (node is Power { Base: Symbol, Exponent: Quotient { Numerator: Number { Value: 1 } } above }
                && ReferenceEquals(above, quotient)))
            ? new("temperature", "flattens the distribution when large, sharpens it when small", "number") : null;

    private static SymbolMeaning? Regularisation(SymbolUse use, FormulaContext context) =>
        use.Symbol.Letter is "lambda" or "alpha" or "beta" or "C" or "mu" && Product(use) is { } product
        && product.Factors.Any(factor => factor is Delimited { Kind: DelimiterKind.Norm }
            or Power { Base: Delimited { Kind: DelimiterKind.Norm } }) && product.Factors.Count <= 3
            ? new("regularisation strength", "how strongly large weights are punished", "number") : null;

    private static SymbolMeaning? SmallConstant(SymbolUse use, FormulaContext context) =>
        use.Symbol is { Letter: "epsilon" or "varepsilon", IsBare: true } && use.Parent is Sum
        && use.Path!.Up?.Node is Root or Quotient
            ? new("small constant", "keeps the division from being by zero", "number") : null;

    private static SymbolMeaning? StepExponent(SymbolUse use, FormulaContext context) =>
        use.Symbol is { Letter: "t", IsBare: true } && use.Parent is Power power
        && ReferenceEquals(power.Exponent, use.Symbol) && power.Base is Symbol { Letter: "beta" }
            ? new("step number", "how many updates have been made", "number") : null;

    private static SymbolMeaning? Sampled(SymbolUse use, FormulaContext context) =>
        use.Parent is Relation { Operators: [{ Kind: RelationKind.Distributed }] } relation
        && ReferenceEquals(relation.Members[1], use.Symbol) && use.Above.Any(node => node is Expectation)
        && use.Symbol.Letter is "D" && !context.Tags.Contains("preference")
            ? new("data", "the examples, or the distribution, that are drawn from", "distribution") : null;

    private static SymbolMeaning? Angle(SymbolUse use, FormulaContext context) =>
        use.Symbol.Letter is "theta" or "phi" or "alpha" or "omega" && use.Parent is Call call
        && KnownFunctions.NameOf(call) is "cos" or "sin" or "tan"
            ? new("angle", "between two directions, or around a circle", "number") : null;

    private static Product? Product(SymbolUse use) => use.Parent switch
    {
        Product product => product,
        Quotient when use.Path!.Up?.Node is Product product => product,
        _ => null,
    };

    private static bool Factor(Product product, Symbol symbol) => product.Factors.Any(factor =>
        ReferenceEquals(factor, symbol)
            || (factor is Quotient quotient && ReferenceEquals(quotient.Numerator, symbol)));

    private static bool HasGradient(Expression node) => node.All().Any(part => part is Gradient or Derivative
        || part is Symbol { Letter: "g" } || part is Symbol { Letter: "m" or "v", Accents: ["hat"] });

    private static bool IsValue(Expression node) =>
        node.All().Any(part => part is Call { Letter: "v" or "V" or "q" or "Q" }
        || part is Symbol { Letter: "V" or "v" or "Q" or "q" or "G" });
}
