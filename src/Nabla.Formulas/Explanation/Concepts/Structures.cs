using Nabla.Formulas.Explanation.Reading;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Explanation.Concepts;

/// <summary>Ways in which a formula is built that have a name of their own.</summary>
internal static class Structures
{
    private static readonly Number Two = new(2, "2");

    // p·r / (p + r), perhaps with weights.
    public static bool IsHarmonic(Quotient quotient) =>
        quotient is { Numerator: Product above, Denominator: Sum below }
        && below.Terms.Count == 2 && below.Terms.All(term => above.Factors.Contains(Last(term)));

    private static Expression Last(Expression term) => term is Product { Factors: [.., var last] } ? last : term;

    // ∂z/∂y · ∂y/∂x: what one differentiates by, the next differentiates.
    public static bool IsChain(Expression node) =>
        node is Product product && product.Factors.OfType<Derivative>().Count() > 1;

    public static bool Multiplies(Product product)
    {
        if (product.Sign is not (ProductSign.None or ProductSign.Dot or ProductSign.Matrix))
            return false;
        int matrices = product.Factors.Count(IsMatrix);
        return matrices > 1 || (matrices == 1 && product.Factors.Count > 1 && IsVector(product.Factors[^1]))
            || product.Sign == ProductSign.Matrix;
    }

    private static bool IsMatrix(Expression node) => node switch
    {
        Symbol symbol => symbol.Letter is "W" or "A" or "B" or "Q" or "K" or "V" or "X" or "U" or "H" or "P" or "M"
            && !symbol.Subscripts.Any(mark => mark is Symbol { Kind: SymbolKind.Index })
                && symbol.Superscripts.Count < 2,
        Postfix postfix => IsMatrix(postfix.Operand),
        _ => false,
    };

    private static bool IsVector(Expression node) =>
        node is Symbol { Letter.Length: 1 } symbol && char.IsLower(symbol.Letter[0]);

    public static bool IsDot(Product product)
    {
        for (int i = 0; i + 1 < product.Factors.Count; i++)
            if (product.Factors[i] is Postfix { Sign: PostfixSign.Transpose, Operand: var left }
                && (IsVector(left) || left is Symbol { Letter: "theta" or "beta" or "phi" }))
                return true;
        return (product.Sign == ProductSign.Dot && product.Factors.All(factor =>
                factor is Symbol { Alphabet: Alphabet.Bold } or Symbol { Accents: [.., "vec"] }))
            || product.Factors is [Symbol { Letter: "Q" }, Postfix { Operand: Symbol { Letter: "K" } }, ..];
    }

    public static bool IsCosine(Quotient quotient) => quotient.Denominator is Product { Factors: [var a, var b] }
        && a is Delimited { Kind: DelimiterKind.Norm } && b is Delimited { Kind: DelimiterKind.Norm };

    public static bool IsProbabilityRatio(Quotient quotient) =>
        quotient is { Numerator: Call above, Denominator: Call below } && Calls.IsProbability(above)
            && Calls.IsProbability(below);

    public static bool IsGeometric(BigOperator sum) => sum.Body.All().Any(node => node is Power
    {
        Base: Symbol { Letter: "gamma" or "lambda" or "beta" or "r" }, Exponent: not Number,
    } power && power.Exponent.All().Any(part => sum.Range.Variables.Contains(part)));

    public static bool IsSoftmax(Expression node) => node is Quotient
    {
        Denominator: BigOperator { Kind: BigOperatorKind.Sum } sum,
    } quotient && IsExponential(quotient.Numerator) && IsExponential(sum.Body);

    private static bool IsExponential(Expression node) =>
        node is Power { Base: Symbol { Letter: "e" } } or Call { Letter: "exp" };

    public static bool IsEntropyTerm(Product product) =>
        product.Factors is [Call p, Call { Letter: "log", Arguments: [var q] }]
        && p.Equals(q);

    /// <summary>Σ αᵢ vᵢ: factors that run with the index.</summary>
    public static bool IsWeighted(BigOperator sum) => sum is
    {
        Kind: BigOperatorKind.Sum, Range.Variables: [var index, ..], Body: Product { Sign: not ProductSign.Outer } body,
    } && body.Factors.Count(factor => factor is Symbol or Call && factor.All().Any(index.Equals)) > 1;

    /// <summary>hₜ = f(hₜ₋₁), θₜ₊₁ = θₜ − …: the same letter one step apart on both sides.</summary>
    public static bool IsRecurrence(Expression node) => node is Relation
    {
        Members: [Symbol { Subscripts: [.., var now] } left, ..],
        Operators: [{ Kind: RelationKind.Equal or RelationKind.Assignment }, ..],
    } relation && relation.Members.Skip(1).SelectMany(member => member.All()).OfType<Symbol>().Any(symbol =>
        symbol.StemName == left.StemName && symbol.Subscripts is [.., var then] && IsStep(now, then));

    private static bool IsStep(Expression now, Expression then) =>
        (now, then) is (Symbol, Sum { Terms: [Symbol, Negation { Operand: Number { Value: 1 } }] }) or
            (Sum { Terms: [Symbol, Number { Value: 1 }] }, Symbol);

    /// <summary>log p(y | x).</summary>
    public static bool IsLogProbability(Expression node) => node is Call { Letter: "log" or "ln" } log &&
        log.Arguments is [Call chance] && Calls.IsProbability(chance);

    /// <summary>−log p(y | x), also summed, averaged or expected.</summary>
    public static bool IsNegativeLogLikelihood(Expression node) => node is Negation { Operand: var of } &&
        LogLikelihood(of);

    private static bool LogLikelihood(Expression node) => IsLogProbability(node) || node switch
    {
        BigOperator { Kind: BigOperatorKind.Sum } sum => LogLikelihood(sum.Body),
        Expectation { Kind: ExpectationKind.Mean, Arguments: [var of] } => LogLikelihood(of),
        Product { Factors: [Quotient { Numerator: Number }, var of] } => LogLikelihood(of),
        _ => false,
    };

    /// <summary>p(xₜ | x₍₎₍t₎): what comes next, given all that came before.</summary>
    public static bool IsGivenThePast(Expression node) => node is Call call && call.Given.Any(given =>
        given is Symbol symbol && symbol.Subscripts.Any(mark => mark is Infix { Sign: "<", Operands.Count: 1 }));

    /// <summary>exp(z / T), softmax(z / τ).</summary>
    public static bool IsTempered(Expression node) => node switch
    {
        Call { Letter: "exp" or "softmax" or "Softmax", Arguments: [Quotient exponent] } => IsTemperature(exponent),
        Power { Base: Symbol { Letter: "e" }, Exponent: Quotient exponent } => IsTemperature(exponent),
        _ => false,
    };

    private static bool IsTemperature(Quotient exponent) =>
        exponent.Denominator is Symbol { Letter: "T" or "tau" or "temperature" };

    /// <summary>A square of a difference, or of the norm of one.</summary>
    public static bool IsSquaredDifference(Expression node) =>
        node is Power power && power.Exponent.Equals(Two) && power.Base switch
        {
            Delimited { Kind: DelimiterKind.Norm, Items: [var inner] } => IsDifference(inner),
            var inner => IsDifference(inner),
        };

    /// <summary>‖a − b‖.</summary>
    public static bool IsDistance(Expression node) =>
        node is Delimited { Kind: DelimiterKind.Norm, Items: [var inner] } && IsDifference(inner);

    private static bool IsDifference(Expression node) => node is Sum { Terms: [var first, Negation] } &&
        first is not (Negation or Number);

    /// <summary>‖w‖₁ and the like.</summary>
    public static bool IsNorm(Expression node, double order) => node is Delimited { Kind: DelimiterKind.Norm } norm &&
        norm.Subscript is Number { Value: var value } && value == order;
}
