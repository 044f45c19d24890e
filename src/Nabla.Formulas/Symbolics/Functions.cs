using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Symbolics;

/// <summary>Small trees that derivatives are made of. Nothing is simplified here.</summary>
internal static class Functions
{
    public static Symbol Euler { get; } = new("e") { Kind = SymbolKind.Constant };

    public static Symbol Pi { get; } = new("pi") { Kind = SymbolKind.Constant };

    /// <summary>The identity matrix.</summary>
    public static Symbol Identity { get; } = new("I") { Alphabet = Alphabet.Bold, Kind = SymbolKind.Constant };

    /// <summary>The vector of ones.</summary>
    public static Symbol Ones { get; } = new("1") { Alphabet = Alphabet.Bold, Kind = SymbolKind.Constant };

    public static Number Zero { get; } = Whole(0);

    public static Number One { get; } = Whole(1);

    public static Number Whole(int value) =>
        new(value, value.ToString(System.Globalization.CultureInfo.InvariantCulture));

    public static Expression Times(params NodeList<Expression> factors) =>
        factors.Count == 1 ? factors[0] : new Product(factors);

    public static Expression Elementwise(Expression a, Expression b) => new Product([a, b], ProductSign.Hadamard);

    public static Expression Plus(params NodeList<Expression> terms) => terms.Count == 1 ? terms[0] : new Sum(terms);

    public static Expression Minus(Expression a, Expression b) => new Sum([a, new Negation(b)]);

    public static Expression Squared(Expression a) => new Power(a, Whole(2));

    public static Expression Exp(Expression a) => new Power(Euler, a);

    public static Expression Log(Expression a) => new Call(Named("log"), a);

    public static Expression Called(string function, Expression argument) => new Call(Named(function), argument);

    public static Expression Transposed(Expression a) => a is Postfix { Sign: PostfixSign.Transpose } twice
        ? twice.Operand : new Postfix(a, PostfixSign.Transpose);

    /// <summary>1 where the relation holds, else 0.</summary>
    public static Expression Indicator(Expression left, RelationOperator sign, Expression right) =>
        new Delimited(DelimiterKind.Indicator, [new Relation(left, sign, right)]);

    public static Symbol Named(string letter) => new(letter) { Kind = SymbolKind.Function };

    /// <summary>Whether it is e, the base of the natural logarithm, and not a variable of that name.</summary>
    public static bool IsEuler(Expression tree) =>
        tree is Symbol { Kind: SymbolKind.Constant, Letter: "e", IsBare: true, Primes: 0, Accents.Count: 0 };

    /// <summary>Whether it is this known function of one argument, its name with nothing around it.</summary>
    public static bool IsPlain(Call call, string name) =>
        call is { Arguments.Count: 1, Function: Symbol { IsBare: true, Primes: 0, Accents.Count: 0 } }
        && KnownFunctions.NameOf(call) == name;

    /// <summary>Whether it is the natural logarithm.</summary>
    public static bool IsNaturalLogarithm(Call call) => IsPlain(call, "log");

    /// <summary>Whether a symbol of this name occurs anywhere in the tree, under whatever indices.</summary>
    public static bool Mentions(Expression tree, Func<Symbol, bool> isIt) =>
        tree.All().Any(node => node is Symbol symbol && isIt(symbol));
}
