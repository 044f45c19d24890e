using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Tests.Symbolics;

/// <summary>
/// The value of a formula of numbers, computed as plainly as possible, to hold what is symbolic against.
/// </summary>
internal static class ScalarValue
{
    public static double Of(Expression tree, Func<string, double> value) => tree switch
    {
        Number number => number.Value,
        Symbol { Kind: SymbolKind.Constant, Letter: "e" } => Math.E,
        Symbol { Kind: SymbolKind.Constant, Letter: "pi" } => Math.PI,
        Symbol symbol => value(symbol.Name),
        Negation negation => -Of(negation.Operand, value),
        Sum sum => sum.Terms.Sum(term => Of(term, value)),
        Product product => product.Factors.Aggregate(1.0, (all, factor) => all * Of(factor, value)),
        Quotient quotient => Of(quotient.Numerator, value) / Of(quotient.Denominator, value),
        Power power => Math.Pow(Of(power.Base, value), Of(power.Exponent, value)),
        Root root => root.Degree is null ? Math.Sqrt(Of(root.Radicand, value))
            : Math.Pow(Of(root.Radicand, value), 1 / Of(root.Degree, value)),
        Delimited { Kind: DelimiterKind.Absolute } bars => Math.Abs(Of(bars.Items[0], value)),
        Delimited { Kind: DelimiterKind.Indicator, Items: [Relation relation] } => Holds(relation, value) ? 1 : 0,
        Call call => Called(call.Letter, Of(call.Arguments[0], value)),
        _ => throw new NotSupportedException(tree.GetType().Name),
    };

    private static bool Holds(Relation relation, Func<string, double> value)
    {
        (double left, double right) = (Of(relation.Members[0], value), Of(relation.Members[1], value));
        return relation.Operators[0].Kind == RelationKind.Less ? left < right : left > right;
    }

    private static double Called(string name, double x) => name switch
    {
        "exp" => Math.Exp(x),
        "log" or "ln" => Math.Log(x),
        "sqrt" => Math.Sqrt(x),
        "sin" => Math.Sin(x),
        "cos" => Math.Cos(x),
        "tan" => Math.Tan(x),
        "sinh" => Math.Sinh(x),
        "cosh" => Math.Cosh(x),
        "tanh" => Math.Tanh(x),
        "arcsin" => Math.Asin(x),
        "arccos" => Math.Acos(x),
        "arctan" => Math.Atan(x),
        "arcsinh" => Math.Asinh(x),
        "sigma" => Sigma(x),
        "softplus" => Math.Log(1 + Math.Exp(x)),
        "silu" => x * Sigma(x),
        "gelu" => x * (1 + Erf(x / Math.Sqrt(2))) / 2,
        "relu" => Math.Max(0, x),
        "erf" => Erf(x),
        "logit" => Math.Log(x / (1 - x)),
        "abs" => Math.Abs(x),
        "sign" => Math.Sign(x),
        _ => throw new NotSupportedException(name),
    };

    private static double Sigma(double x) => 1 / (1 + Math.Exp(-x));

    // The series of erf: enough near 0, where these tests are.
    private static double Erf(double x)
    {
        double term = x, sum = 0;
        for (int k = 0; k < 60; k++)
        {
            sum += term / (2 * k + 1);
            term *= -x * x / (k + 1);
        }
        return 2 / Math.Sqrt(Math.PI) * sum;
    }
}
