using Nabla.Formulas.Trees;
using static Nabla.Formulas.Symbolics.Functions;

namespace Nabla.Formulas.Symbolics;

/// <summary>The derivatives of functions of one number that everybody knows: a function more is a row more.</summary>
internal static class ElementaryDerivatives
{
    // By the names of KnownFunctions. f′ from the function's name as it was written and the argument u.
    private delegate Expression Rule(Expression f, Expression u);

    private static readonly RelationOperator Greater = new(">", RelationKind.Greater);
    private static readonly RelationOperator Less = new("<", RelationKind.Less);
    private static readonly RelationOperator AtMost = new("≤", RelationKind.Less);

    private static readonly Dictionary<string, Rule> Rules = new(StringComparer.Ordinal)
    {
        ["exp"] = (_, u) => Exp(u),
        ["log"] = (_, u) => Over(u),
        ["lg"] = (_, u) => Over(Times(Log(Whole(10)), u)),
        ["log1p"] = (_, u) => Over(Plus(One, u)),
        ["expm1"] = (_, u) => Exp(u),
        ["sqrt"] = (_, u) => Over(Times(Whole(2), new Root(u))),
        ["sin"] = (_, u) => Called("cos", u),
        ["cos"] = (_, u) => new Negation(Called("sin", u)),
        ["tan"] = (f, u) => Plus(One, Squared(new Call(f, u))),
        ["cot"] = (f, u) => new Negation(Plus(One, Squared(new Call(f, u)))),
        ["sinh"] = (_, u) => Called("cosh", u),
        ["cosh"] = (_, u) => Called("sinh", u),
        ["tanh"] = (f, u) => Minus(One, Squared(new Call(f, u))),
        ["asin"] = (_, u) => Over(new Root(Minus(One, Squared(u)))),
        ["acos"] = (_, u) => new Negation(Over(new Root(Minus(One, Squared(u))))),
        ["atan"] = (_, u) => Over(Plus(One, Squared(u))),
        ["asinh"] = (_, u) => Over(new Root(Plus(Squared(u), One))),
        ["acosh"] = (_, u) => Over(new Root(Minus(Squared(u), One))),
        ["atanh"] = (_, u) => Over(Minus(One, Squared(u))),
        ["sigmoid"] = (f, u) => Times(new Call(f, u), Minus(One, new Call(f, u))),
        ["log_sigmoid"] = (_, u) => Minus(One, Sigma(u)),
        ["softplus"] = (_, u) => Sigma(u),
        ["silu"] = (_, u) => Plus(Sigma(u), Times(u, Sigma(u), Minus(One, Sigma(u)))),
        ["relu"] = (_, u) => Above(u),
        ["relu6"] = (_, u) => Times(Above(u), Indicator(u, Less, Whole(6))),
        ["elu"] = (_, u) => Plus(Above(u), Times(Exp(u), Indicator(u, AtMost, Zero))),
        ["abs"] = (_, u) => Called("sign", u),
        ["sign"] = (_, _) => Zero,
        ["floor"] = (_, _) => Zero,
        ["ceil"] = (_, _) => Zero,
        ["round"] = (_, _) => Zero,
        ["erf"] = (_, u) => Times(new Quotient(Whole(2), new Root(Pi)), Exp(new Negation(Squared(u)))),
        ["erfc"] = (_, u) => new Negation(Times(new Quotient(Whole(2), new Root(Pi)), Exp(new Negation(Squared(u))))),
        ["gelu"] = (_, u) => Plus(NormalBelow(u), Times(u, NormalDensity(u))),
        ["logit"] = (_, u) => Over(Times(u, Minus(One, u))),
        ["softsign"] = (_, u) => Over(Squared(Plus(One, new Delimited(DelimiterKind.Absolute, [u])))),
    };

    /// <summary>
    /// f′(u) of a known function of one argument; null where it is none. Functions with a base or an index of their own
    /// are known if it is a logarithm's base.
    /// </summary>
    public static Expression? Of(Call call)
    {
        if (call is not { Arguments: [var u], Function: Symbol { Superscripts.Count: 0, Primes: 0 } function })
            return null;
        if (function is { Letter: "log", Subscripts: [var logBase] })
            return Over(Times(u, Log(logBase)));
        return function.Subscripts.Count == 0 && Rules.TryGetValue(
            KnownFunctions.NameOf(call) ?? function.Letter, out Rule? rule) ? rule(function, u) : null;
    }

    /// <summary>Whether the function is known, so that it works entry by entry.</summary>
    public static bool Knows(Call call) => Of(call) is not null;

    private static Quotient Over(Expression u) => new Quotient(One, u);

    private static Expression Sigma(Expression u) => Called("sigma", u);

    private static Expression Above(Expression u) => Indicator(u, Greater, Zero);

    private static Expression NormalBelow(Expression u) => Times(new Quotient(One, Whole(2)),
        Plus(One, Called("erf", new Quotient(u, new Root(Whole(2))))));

    private static Quotient NormalDensity(Expression u) => new Quotient(
        Exp(new Negation(new Quotient(Squared(u), Whole(2)))), new Root(Times(Whole(2), Pi)));
}
