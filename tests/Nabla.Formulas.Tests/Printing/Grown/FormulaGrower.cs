using Nabla.Formulas.Evaluation;
using Nabla.Formulas.Trees;
using Nabla.Numerics;

namespace Nabla.Formulas.Tests.Printing.Grown;

/// <summary>
/// Grows formulas that nobody wrote, of numbers, vectors of three elements and matrices of three rows, with all that
/// programs can say; every name in them has a value.
/// </summary>
/// <param name="rng">Decides.</param>
internal sealed class FormulaGrower(Rng rng)
{
    private const int Length = 3;

    private static readonly string[] Functions =
    [
        "exp", "log", "sqrt", "sin", "cos", "tanh", "sigma", "relu", "abs", "softplus", "gelu", "silu", "arctan", "erf",
    ];

    private static readonly Symbol[] Numbers =
    [
        new("x"), new("y"), new("z"), new("a"), new("alpha"), new("xx"), new("loss"), new("lr"),
        new("x") { Accents = ["bar"] }, new("d") { Subscripts = [new Symbol("k")] },
        new("beta") { Subscripts = [Whole(1)] }, new("s") { Primes = 1 },
    ];

    private static readonly Symbol[] Vectors = [new("u"), new("v"), new("w"), new("g")];
    private static readonly Symbol[] Matrices = [new("A"), new("B"), new("C")];
    private static readonly string[] Letters = ["i", "j", "m"];

    private readonly List<string> running = [];

    /// <summary>The values of the names.</summary>
    public static Bindings Bindings { get; } = Bind();

    /// <summary>A formula of at most about so many nodes.</summary>
    public Expression Grow(int size)
    {
        switch (rng.NextInt(8))
        {
            case 0: return Vector(size);
            case 1: return Matrix(size);
            case 2: return new Relation(Entry("r", "i"), RelationOperator.EqualSign, Under("i", () => Entried(size)));
            default: return Number(size);
        }
    }

    private Expression Number(int size) => size <= 1 ? Leaf() : rng.NextInt(26) switch
    {
        0 or 1 or 2 => new Sum([Number(size / 2), Signed(Number(size / 2))]),
        3 => new Sum([Number(size / 3), Signed(Number(size / 3)), Signed(Number(size / 3))]),
        4 or 5 => new Product([Number(size / 2), Number(size / 2)]),
        6 => new Product([Number(size / 2), Number(size / 2)], One(ProductSign.Dot, ProductSign.Times)),
        7 or 8 => new Quotient(Number(size / 2), Number(size / 2)),
        9 => new Power(Number(size - 1), Whole(rng.NextInt(6) - 2)),
        10 => new Power(Number(size / 2), Number(size / 2)),
        11 => new Power(new Symbol("e") { Kind = SymbolKind.Constant }, Number(size - 1)),
        12 => new Root(Number(size - 1), rng.NextInt(3) == 0 ? Whole(3) : null),
        13 => new Negation(Number(size - 1)),
        14 => new Delimited(One(DelimiterKind.Absolute, DelimiterKind.Floor, DelimiterKind.Ceiling),
            [Number(size - 1)]),
        15 or 16 => Apply(One(Functions), Number(size - 1)),
        17 => Apply(One("max", "min"), Number(size / 2), Number(size / 2)),
        18 or 19 => Running(size),
        20 => Choice(size),
        21 => new Delimited(DelimiterKind.Norm, [Vector(size - 1)], One<Expression?>(null, Whole(2), Whole(1))),
        22 => new Product([Transposed(Vector(size / 2)), Vector(size / 2)]),
        23 => new Product([Vector(size / 2), Vector(size / 2)], ProductSign.Dot),
        24 => new Delimited(DelimiterKind.InnerProduct, [Vector(size / 2), Vector(size / 2)]),
        _ => new Product([Transposed(Vector(size / 3)), Matrix(size / 3), Vector(size / 3)]),
    };

    private Expression Vector(int size) => size <= 1 ? One(Vectors) : rng.NextInt(9) switch
    {
        0 => new Sum([Vector(size / 2), Signed(Vector(size / 2))]),
        1 => new Product([Number(size / 2), Vector(size / 2)]),
        2 => new Product([Vector(size / 2), Vector(size / 2)], ProductSign.Hadamard),
        3 => new Product([Matrix(size / 2), Vector(size / 2)]),
        4 => new Product([Transposed(Matrix(size / 2)), Vector(size / 2)]),
        5 => Apply("softmax", Vector(size - 1)),
        6 => Apply(One("sigma", "relu", "exp", "tanh"), Vector(size - 1)),
        7 => new Quotient(Vector(size / 2), Number(size / 2)),
        _ => One(Vectors),
    };

    private Expression Matrix(int size) => size <= 1 ? One(Matrices) : rng.NextInt(8) switch
    {
        0 => new Sum([Matrix(size / 2), Signed(Matrix(size / 2))]),
        1 => new Product([Number(size / 2), Matrix(size / 2)]),
        2 or 3 => new Product([Matrix(size / 2), Matrix(size / 2)]),
        4 => Transposed(Matrix(size - 1)),
        5 => new Product([Vector(size / 2), Transposed(Vector(size / 2))]),
        6 => Apply(One("sigma", "tanh", "softmax"), Matrix(size - 1)),
        _ => One(Matrices),
    };

    private Expression Leaf()
    {
        if (running.Count > 0 && rng.NextInt(2) == 0)
            return Element();
        return rng.NextInt(5) switch
        {
            0 => Whole(rng.NextInt(6)),
            1 => Decimal(One(0.5, 0.1, 2.25, 1e-3, 12.5)),
            _ => One(Numbers),
        };
    }

    private Symbol Element()
    {
        string index = running[rng.NextInt(running.Count)];
        return rng.NextInt(3) == 0
            ? Entry(One(Matrices).Letter, index, running[rng.NextInt(running.Count)])
            : Entry(One(Vectors).Letter, index);
    }

    // With at least one element of something that the letter runs through.
    private Sum Entried(int size) =>
        new Sum([Number(size - 2), Signed(Entry(One(Vectors).Letter, running[^1]))]);

    private BigOperator Running(int size)
    {
        string letter = Letters[running.Count % Letters.Length];
        BigOperatorKind kind = rng.NextInt(5) switch
        {
            0 => BigOperatorKind.Product,
            1 => BigOperatorKind.Max,
            _ => BigOperatorKind.Sum,
        };
        Trees.Range range = kind == BigOperatorKind.Max
            ? new([new Symbol(letter)])
            : new([new Symbol(letter)], Whole(1 + rng.NextInt(2)), One<Expression>(Whole(Length), new Symbol("n")));
        return new BigOperator(kind, range,
            Under(letter, () => kind == BigOperatorKind.Max ? Entry(One(Vectors).Letter, letter) : Entried(size)));
    }

    private Cases Choice(int size)
    {
        var sign = One<RelationOperator>(new("<", RelationKind.Less), new("≤", RelationKind.Less),
            new(">", RelationKind.Greater), new("≥", RelationKind.Greater));
        return new Cases([Number(size / 3), Number(size / 3)],
            [new Relation(new Sum([Leaf(), Leaf()]), sign, Leaf()), new Words("otherwise")]);
    }

    private Expression Under(string letter, Func<Expression> grow)
    {
        running.Add(letter);
        Expression body = grow();
        running.Remove(letter);
        return body;
    }

    private Expression Signed(Expression term) => rng.NextInt(2) == 0 ? term : new Negation(term);

    private T One<T>(params ReadOnlySpan<T> all) => all[rng.NextInt(all.Length)];

    private static Postfix Transposed(Expression of) => new(of, PostfixSign.Transpose);

    private static Symbol Entry(string letter, params ReadOnlySpan<string> indices) =>
        new(letter) { Subscripts = [.. indices.ToArray().Select(index => new Symbol(index))] };

    private static Call Apply(string function, params NodeList<Expression> arguments) =>
        SampleTrees.Apply(function, arguments);

    private static Expression Whole(int value) =>
        value < 0 ? new Negation(Whole(-value)) : new Number(value, $"{value}");

    private static Number Decimal(double value) => new(value, FormattableString.Invariant($"{value}"));

    private static Bindings Bind()
    {
        var bindings = new Bindings();
        double[] numbers = [0.713, 1.337, 2.119, 0.4, 0.6, 1.9, 2.3, 0.25, 1.7, 4, 0.9, 1.1];
        foreach ((Symbol name, double number) in Numbers.Zip(numbers))
            bindings.Add(name.Name, number);
        bindings.Add("n", Length);
        var values = new Rng(7);
        foreach (Symbol name in Vectors)
            bindings.Add(name.Letter, new NumberArray([Length], Some(values, Length)));
        foreach (Symbol name in Matrices)
            bindings.Add(name.Letter, new NumberArray([Length, Length], Some(values, Length * Length)));
        return bindings;
    }

    private static double[] Some(Rng rng, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => Math.Round(rng.NextNormal(), 2))];
}
