using FsCheck;
using FsCheck.Fluent;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Tests.Symbolics;

/// <summary>A formula that shows what it says when a law fails.</summary>
internal sealed record RandomTree(Expression Tree)
{
    public override string ToString() => Shown.Of(Tree);
}

/// <summary>Random formulas of the numbers x, y and z.</summary>
internal static class RandomTrees
{
    private static readonly Gen<Expression> Leaves = Gen.OneOf(
        Gen.Elements("x", "y", "z").Select(name => (Expression)new Symbol(name)),
        Gen.Choose(0, 5).Select(value => (Expression)new Number(value, $"{value}")),
        Gen.Elements(0.5, 0.1, 2.25).Select(
            value => (Expression)new Number(value, FormattableString.Invariant($"{value}"))));

    private static readonly string[] Functions =
        ["exp", "log", "sqrt", "sin", "tanh", "sigma", "relu", "abs", "softplus"];

    public static Arbitrary<RandomTree> Scalar { get; } = Arb.From(
        Gen.Sized(size => Of(Math.Min(size, 24))).Select(tree => new RandomTree(tree)),
        random => Smaller(random.Tree).Select(tree => new RandomTree(tree)));

    private static Gen<Expression> Of(int size)
    {
        if (size <= 1)
            return Leaves;
        Gen<Expression> half = Of(size / 2), third = Of(size / 3);
        return Gen.Frequency(
            (2, Leaves),
            (4, half.Two().Select(pair => (Expression)new Sum([pair.Item1, pair.Item2]))),
            (1, third.Three().Select(
                parts => (Expression)new Sum([parts.Item1, new Negation(parts.Item2), parts.Item3]))),
            (4, half.Two().Select(pair => (Expression)new Product([pair.Item1, pair.Item2]))),
            (2, half.Two().Select(pair => (Expression)new Quotient(pair.Item1, pair.Item2))),
            (2, half.Zip(Gen.Choose(-2, 3)).Select(pair => (Expression)new Power(pair.Item1, Whole(pair.Item2)))),
            (1, half.Zip(third).Select(pair => (Expression)new Power(pair.Item1, pair.Item2))),
            (1, half.Select(inner => (Expression)new Root(inner))),
            (1, half.Select(inner => (Expression)new Negation(inner))),
            (1, half.Select(inner => (Expression)new Delimited(DelimiterKind.Absolute, [inner]))),
            (2, half.Zip(Gen.Elements(Functions)).Select(pair =>
                (Expression)new Call(new Symbol(pair.Item2) { Kind = SymbolKind.Function }, pair.Item1))));
    }

    private static Expression Whole(int value) =>
        value < 0 ? new Negation(Whole(-value)) : new Number(value, $"{value}");

    private static IEnumerable<Expression> Smaller(Expression tree)
    {
        foreach (Expression child in tree.Children.Skip(tree is Call ? 1 : 0))
            yield return child;
        for (int i = tree is Call ? 1 : 0; i < tree.Children.Count; i++)
            foreach (Expression smaller in Smaller(tree.Children[i]))
            {
                Expression[] children = [.. tree.Children];
                children[i] = smaller;
                yield return tree.WithChildren(children);
            }
    }
}
