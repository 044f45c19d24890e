using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Tests.Printing;

/// <summary>Short names for building trees by hand.</summary>
internal static class SampleTrees
{
    public static Symbol Name(string letter, params NodeList<Expression> subscripts) =>
        new(letter) { Subscripts = subscripts };

    public static Number Number(double value) => new(value, value.ToString("R"));

    public static Sum Add(params NodeList<Expression> terms) => new(terms);

    public static Product Times(params NodeList<Expression> factors) => new(factors);

    public static Call Apply(string function, params NodeList<Expression> arguments) =>
        new(new Symbol(function) { Kind = SymbolKind.Function }, arguments);

    public static Expression Transposed(Expression matrix) => new Postfix(matrix, PostfixSign.Transpose);

    public static Expression Equal(Expression left, Expression right) =>
        new Relation(left, RelationOperator.EqualSign, right);

    public static Expression Attention { get; } = Equal(
        new Call(new Symbol("Attention") { Kind = SymbolKind.Function }, [Name("Q"), Name("K"), Name("V")], [",", ","]),
        Times(
            Apply("softmax", new Quotient(
                Times(Name("Q"), Transposed(Name("K"))), new Root(Name("d", Name("k"))))),
            Name("V")));

    public static Expression CrossEntropy { get; } = Equal(
        Name("L", Name("CE")) with { Alphabet = Alphabet.Calligraphic },
        new Negation(Times(
            new Quotient(Number(1), Name("N")),
            new BigOperator(BigOperatorKind.Sum, new([Name("i")], Number(1), Name("N")),
                new BigOperator(BigOperatorKind.Sum, new([Name("c")], Number(1), Name("C")),
                    Times(
                        Name("y", Name("i"), Name("c")),
                        Apply("log", Name("y", Name("i"), Name("c")) with { Accents = ["hat"] })))))));

    public static Expression Huber { get; } = Equal(
        new Call(new Symbol("L") { Subscripts = [Name("delta")], Kind = SymbolKind.Function }, Name("a")),
        new Cases(
            [
                Times(new Quotient(Number(1), Number(2)), new Power(Name("a"), Number(2))),
                Times(Name("delta"), Add(
                    new Delimited(DelimiterKind.Absolute, [Name("a")]),
                    new Negation(Times(new Quotient(Number(1), Number(2)), Name("delta"))))),
            ],
            [
                new Relation(new Delimited(DelimiterKind.Absolute, [Name("a")]), new("≤", RelationKind.Less),
                    Name("delta")),
                new Words("otherwise"),
            ]));

    public static Expression Elbo { get; } = new Expectation(
        ExpectationKind.Mean,
        [new Relation(Name("x"), new("∼", RelationKind.Distributed), Name("p"))],
        [Apply("log", new Call(Name("p", Name("theta")), [Name("x"), Name("z")], ["|"]))], []);
}
