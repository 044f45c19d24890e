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
        Symbol { Letter: "S" or "D" or "B" or "N" or "V" or "Q" or "Theta" } => DelimiterKind.Cardinality,
        Symbol { Letter: "d" or "q" } when facts.CountsWords => DelimiterKind.Cardinality,
        Call { Function: Symbol { Kind: SymbolKind.Set } } => DelimiterKind.Cardinality,
        // The length of an answer: π(y | x) is somewhere near.
        Symbol { Letter: "y" or "o" } answer when facts.IsGiven(answer.Letter) => DelimiterKind.Cardinality,
        _ => DelimiterKind.Absolute,
    };
}
