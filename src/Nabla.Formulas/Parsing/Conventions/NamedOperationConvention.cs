using System.Collections.Frozen;
using System.Globalization;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Parsing.Conventions;

/// <summary>
/// What programs call by a name and formulas write with a sign: <c>inv(A)</c> is A⁻¹, <c>matmul(A, B)</c> is AB,
/// <c>rsqrt(x)</c> is x^{-1/2}, <c>linear(x, W, b)</c> is xWᵀ + b as in PyTorch.
/// </summary>
internal static class NamedOperationConvention
{
    private const int LargestIdentity = 8;

    private static readonly FrozenSet<string> Names = FrozenSet.Create(StringComparer.Ordinal,
        "inv", "rsqrt", "square", "pow", "power", "matmul", "mm", "bmm", "multiply", "subtract", "divide", "eye",
        "linear", "binary_cross_entropy", "norm", "where", "log");

    /// <summary>Whether a program's function of this name is an operation with a sign.</summary>
    public static bool IsKnown(string name) => Names.Contains(name);

    /// <summary>Whether the formula itself says what a function of such a name is: square(x) = x².</summary>
    public static bool IsDefined(Expression tree) => tree.All().Any(node =>
        node is Relation { Members: [Call { Function: Symbol { Letter: var name } }, ..] } && Names.Contains(name));

    /// <summary>The call with the sign, its parts being read already.</summary>
    public static Expression Read(Expression node)
    {
        if (node is not Call { Function: Symbol { Subscripts.Count: 0, Primes: 0 } name } call
            || !Names.Contains(name.Letter))
            return node;
        Expression? written = (name.Letter, call.Arguments) switch
        {
            ("inv", [var a]) => new Postfix(a, PostfixSign.Inverse),
            ("rsqrt", [var a]) => Entrywise(a, new Negation(new Quotient(Whole(1), Whole(2)))),
            ("square", [var a]) => Entrywise(a, Whole(2)),
            ("pow" or "power", [var a, var n]) => Entrywise(a, n),
            ("matmul" or "mm" or "bmm", [var a, var b]) => new Product([a, b], ProductSign.Matrix),
            ("multiply", [var a, var b]) => new Product([a, b], ProductSign.Star),
            ("subtract", [var a, var b]) => new Sum([a, new Negation(b)]),
            ("divide", [var a, var b]) => new Quotient(a, b),
            ("linear", [var x, var weights]) => Linear(x, weights),
            ("linear", [var x, var weights, var bias]) => new Sum([Linear(x, weights), bias]),
            ("binary_cross_entropy", [var p, var y]) => new Call(Named("bce"), y, p),
            ("norm", [var a, var order]) when order is Number or Symbol { Letter: "infinity" or "inf" } =>
                new Delimited(DelimiterKind.Norm, [a], order),
            ("log", [var x, Number b]) => new Call(name with { Subscripts = [b] }, x),
            ("where", [var condition, var yes, var no]) =>
                new Cases([yes, no], [condition, new Words("otherwise")]),
            ("eye", [Number { Value: >= 1 and <= LargestIdentity } n]) => Identity((int)n.Value),
            ("eye", [_]) => new Symbol("I"),
            _ => null,
        };
        return written is null ? node : written with
        {
            Source = call.Source,
            ByRow = written is Delimited ? call.ByRow : RowSense.None,
        };
    }

    private static Power Entrywise(Expression a, Expression exponent) => new(a, exponent) { IsEntrywise = true };

    private static Product Linear(Expression x, Expression weights) =>
        new([x, new Postfix(weights, PostfixSign.Transpose)], ProductSign.Matrix);

    private static Symbol Named(string name) => new(name) { Kind = SymbolKind.Function, Alphabet = Alphabet.Upright };

    private static Number Whole(int value) => new(value, value.ToString(CultureInfo.InvariantCulture));

    private static MatrixLiteral Identity(int size) => new([.. Enumerable.Range(0, size).Select(row =>
        new Collection(CollectionKind.List,
            [.. Enumerable.Range(0, size).Select(column => Whole(row == column ? 1 : 0))]))]);
}
