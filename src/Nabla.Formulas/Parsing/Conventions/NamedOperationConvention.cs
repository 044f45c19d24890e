using System.Collections.Frozen;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Parsing.Conventions;

/// <summary>
/// What programs call by a name and formulas write with a sign: <c>inv(A)</c> is A⁻¹, <c>matmul(A, B)</c> is AB,
/// <c>rsqrt(x)</c> is x^{-1/2}.
/// </summary>
internal static class NamedOperationConvention
{
    private static readonly FrozenSet<string> Names = FrozenSet.Create(StringComparer.Ordinal,
        "inv", "rsqrt", "square", "pow", "power", "matmul", "mm", "bmm", "multiply", "subtract", "divide", "eye");

    /// <summary>Whether a program's function of this name is an operation with a sign.</summary>
    public static bool IsKnown(string name) => Names.Contains(name);

    /// <summary>The call with the sign, its parts being read already.</summary>
    public static Expression Read(Expression node)
    {
        if (node is not Call { Function: Symbol { Subscripts.Count: 0, Primes: 0 } name } call
            || !Names.Contains(name.Letter))
            return node;
        Expression? written = (name.Letter, call.Arguments) switch
        {
            ("inv", [var a]) => new Postfix(a, PostfixSign.Inverse),
            ("rsqrt", [var a]) => new Power(a, new Negation(new Quotient(new Number(1, "1"), new Number(2, "2")))),
            ("square", [var a]) => new Power(a, new Number(2, "2")),
            ("pow" or "power", [var a, var n]) => new Power(a, n),
            ("matmul" or "mm" or "bmm", [var a, var b]) => new Product([a, b], ProductSign.Matrix),
            ("multiply", [var a, var b]) => new Product([a, b], ProductSign.Star),
            ("subtract", [var a, var b]) => new Sum([a, new Negation(b)]),
            ("divide", [var a, var b]) => new Quotient(a, b),
            ("eye", [_]) => new Symbol("I"),
            _ => null,
        };
        return written is null ? node : written with { Source = call.Source };
    }
}
