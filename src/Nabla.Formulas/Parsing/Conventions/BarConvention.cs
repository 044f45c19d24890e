using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Parsing.Conventions;

/// <summary>|x| of a number, a set or a matrix.</summary>
internal static class BarConvention
{
    public static DelimiterKind KindOf(List<Expression> items, Facts facts) => items[0] switch
    {
        Infix { Sign: "∪" or "∩" or "∖" } or Collection { Kind: CollectionKind.Set } => DelimiterKind.Cardinality,
        Symbol { Alphabet: Alphabet.Calligraphic } => DelimiterKind.Cardinality,
        Symbol symbol when facts.IsSet(symbol.Letter) => DelimiterKind.Cardinality,
        Symbol { Alphabet: Alphabet.Bold } symbol when char.IsUpper(symbol.Letter[0]) => DelimiterKind.Determinant,
        Symbol { Letter: "Sigma" } or MatrixLiteral => DelimiterKind.Determinant,
        Sum { Terms: [_, var last] } when IsScaledIdentity(last) => DelimiterKind.Determinant, // |A − λI|
        Symbol { Letter: "S" or "D" or "B" or "N" or "V" or "Q" or "Theta" } => DelimiterKind.Cardinality,
        Symbol { Letter: "d" or "q" } when facts.CountsWords => DelimiterKind.Cardinality,
        Call { Function: Symbol { Kind: SymbolKind.Set } } => DelimiterKind.Cardinality,
        // The length of an answer: π(y | x) is somewhere near.
        Symbol { Letter: "y" or "o" } answer when facts.IsGiven(answer.Letter) => DelimiterKind.Cardinality,
        _ => DelimiterKind.Absolute,
    };

    /// <summary>Whether what stands between bars may be a number, a matrix or a set: |A|.</summary>
    public static bool IsOpen(List<Expression> items) =>
        items is [Symbol { IsBare: true, Alphabet: Alphabet.Plain, Letter: [>= 'A' and <= 'Z'] }];

    private static bool IsScaledIdentity(Expression term) => term switch
    {
        Negation negation => IsScaledIdentity(negation.Operand),
        Product product => product.Factors.Any(factor => factor is Symbol { IsBare: true, Letter: "I" }),
        _ => term is Symbol { IsBare: true, Letter: "I" },
    };
}
