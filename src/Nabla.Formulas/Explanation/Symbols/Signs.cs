using System.Collections.Frozen;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Explanation.Symbols;

/// <summary>
/// What must be seen in a formula for a letter to have its usual meaning: an <c>a</c> is an activation where there are
/// weights, and in F = ma it is not. Where nothing of the field stands, a letter is just a quantity.
/// </summary>
internal static class Signs
{
    // Subjects that a letter or two suggest, which may as well come from elsewhere.
    private static readonly string[] Weak = ["loss", "supervised", "momentum", "update", "normalisation", "statistics"];

    // Functions of all of mathematics, by the names of KnownFunctions.
    private static readonly FrozenSet<string> Everywhere = FrozenSet.Create(StringComparer.Ordinal, "sin", "cos", "tan",
        "cot", "sec", "csc", "asin", "acos", "atan", "atan2", "sinh", "cosh", "asinh", "acosh", "atanh", "exp", "log",
        "lg", "sqrt", "abs", "sign", "min", "max", "floor", "ceil", "round", "gcd", "mod");

    private static readonly (string Sign, Func<FormulaContext, bool> Holds)[] Rows =
    [
        ("layer", context => (context.Has("W", "U") && context.Has("x", "X", "h", "a", "z", "y", "b", "v"))
            || (context.Has("w", "theta") && context.Has("x", "X", "a", "z", "y", "f"))),
        ("goal", context => context.Left is Symbol { Letter: "L" or "ell" }
            or Call { Letter: "L" or "ell" } or Derivative),
        ("examples", context => context.Has("y_hat", "x_i", "y_i", "X", "loss", "MSE")
            || context.Nodes.Exists(node => node is BigOperator { Kind: BigOperatorKind.Sum or BigOperatorKind.Product }
                or Expectation or Ellipsis)),
        ("time", context => context.Has("t")),
        ("function", context => context.Left is Symbol { Letter: "y" } or Call { Function: Symbol }),
        ("matrices", context => context.Nodes.Exists(IsOfMatrices) || context.Calls("softmax")),
        ("identity", context => context.Nodes.Exists(IsIdentity) && !context.Nodes.Exists(node =>
            node is Derivative { Of: Symbol { Letter: "I" } })), // dI/dt of those that are infected
        ("reals", context => context.Nodes.Exists(IsReals)),
        ("data", context => context.Nodes.Exists(IsOfData)),
        ("decay", context => !context.Has("beta_0") && (context.Has("m", "v", "g")
            || context.Nodes.Exists(node => node is Power { Base: Symbol { Name: "beta_1" or "beta_2" } }))),
        ("parameters", context => context.Has("L", "J", "loss") || context.Tags.Contains("vae")
            || context.Nodes.Exists(IsOfParameters)),
    ];

    /// <summary>Adds the signs that a formula shows to its subjects.</summary>
    public static void Add(FormulaContext context, HashSet<string> tags)
    {
        bool isOfField = context.Recognised.Count > 0 || IsOfField(context)
            || tags.Any(tag => !Weak.Contains(tag, StringComparer.Ordinal));
        foreach ((string sign, Func<FormulaContext, bool> holds) in Rows)
            if (holds(context))
                tags.Add(sign);
        if (isOfField || tags.Contains("layer") || tags.Contains("matrices") || tags.Contains("reals"))
            tags.Add("field");
    }

    private static bool IsOfField(FormulaContext context) =>
        context.Has("y_hat", "f_theta", "lr", "loss", "eta", "X", "x_i", "y_i", "ell")
        || context.Nodes.Exists(node =>
            node is BigOperator { Kind: not (BigOperatorKind.Integral or BigOperatorKind.Limit) }
            or Gradient or Expectation or Symbol { Alphabet: Alphabet.Calligraphic or Alphabet.Bold }
            or Symbol { Accents: ["hat" or "tilde", ..] } || IsFieldCall(node));

    // softmax(x), f_θ(x), p(y | x); cos and √ are used everywhere.
    private static bool IsFieldCall(Expression node) => node is Call { Function: Symbol function } call
        && (KnownFunctions.NameOf(call) is { } known ? !Everywhere.Contains(known)
            : function.Subscripts is [Symbol { Letter: "theta" or "phi" or "w" or "W" }] || call.Given.Any());

    private static bool IsOfMatrices(Expression node) =>
        node is Postfix { Sign: PostfixSign.Transpose or PostfixSign.Inverse }
        or Delimited { Kind: DelimiterKind.Norm } or Symbol { Letter: "I", Alphabet: Alphabet.Bold }
        || node is Symbol { IsInverse: true, Letter: [>= 'A' and <= 'Z'] }
        || node is Power power && IsMinusOne(power.Exponent) && IsCapitalOrBracket(power.Base)
        || node is Call call && KnownFunctions.NameOf(call) is "trace" or "det" or "diag" or "rank" or "softmax"
        || node is Product product && HasPair(product) || IsIdentity(node);

    private static bool IsCapitalOrBracket(Expression node) =>
        node is Symbol { Letter: [>= 'A' and <= 'Z'] } or Delimited;

    private static bool IsMinusOne(Expression node) =>
        node is Number { Value: -1 } or Negation { Operand: Number { Value: 1 } };

    // A x, W h, X w: a capital before what is a vector by custom
    private static bool HasPair(Product product)
    {
        for (int i = 1; i < product.Factors.Count; i++)
            if (product.Factors[i - 1] is Symbol { Letter: "A" or "W" or "X" or "Q" or "U" or "B" or "H", Prefix: "" }
                && product.Factors[i] is Symbol { Letter: "x" or "v" or "w" or "u" or "b" or "h" or "y", Prefix: "" }
                && product.Factors.All(factor => factor is Symbol))
                return true;
        return false;
    }

    // I − A, σ²I + K, QᵀQ = I
    private static bool IsIdentity(Expression node) => node switch
    {
        Sum sum => sum.Terms.Any(term => IsScaledIdentity(term is Negation negation ? negation.Operand : term)),
        Relation relation => relation.Members.Count > 1 && IsBareIdentity(relation.Members[^1])
            && relation.Members[^2] is Product or Power,
        Call call => call.Arguments.Skip(1).Any(IsScaledIdentity),
        _ => false,
    };

    private static bool IsScaledIdentity(Expression node) => IsBareIdentity(node)
        || node is Product product && IsBareIdentity(product.Factors[^1])
        || node is Quotient quotient && IsBareIdentity(quotient.Numerator);

    private static bool IsBareIdentity(Expression node) => node is Symbol { Letter: "I" };

    // ∈ R, ∈ Rⁿ
    private static bool IsReals(Expression node) => node is Symbol { Letter: "R", Alphabet: Alphabet.Blackboard }
        || node is Relation relation && relation.Operators.Any(sign => sign.Kind == RelationKind.Member)
            && relation.Members[^1] is Symbol { Letter: "R" } or Power { Base: Symbol { Letter: "R" } };

    private static bool IsOfData(Expression node) => node switch
    {
        Relation { Operators: [{ Kind: RelationKind.Member or RelationKind.Distributed }] } relation =>
            IsData(relation.Members[1]),
        BigOperator { Range.Domain: { } domain } => IsData(domain),
        Delimited { Kind: DelimiterKind.Absolute or DelimiterKind.Cardinality, Items: [var inner] } => IsData(inner),
        Call call => call.Arguments.Any(IsData),
        Symbol { Letter: "D", Alphabet: Alphabet.Calligraphic } => true,
        Relation { Members: [var left, Collection, ..] } => IsData(left),
        _ => false,
    };

    private static bool IsData(Expression node) => node is Symbol { Letter: "D" };

    // f_φ, ∇_φ
    private static bool IsOfParameters(Expression node) => node switch
    {
        Gradient gradient => gradient.Variables.OfType<Symbol>().Any(IsParameter),
        Call { Function: Symbol { Subscripts: [Symbol below] } } => IsParameter(below),
        _ => false,
    };

    private static bool IsParameter(Symbol symbol) => symbol.Letter is "phi" or "psi" or "omega";
}
