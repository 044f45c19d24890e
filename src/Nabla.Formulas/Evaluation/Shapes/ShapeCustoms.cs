using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Evaluation.Shapes;

/// <summary>What the way in which a letter is set says of its shape.</summary>
internal static class ShapeCustoms
{
    // Letters that are matrices beside a vector, unless something else is known.
    private const string MatrixLetters = "ABCDFGHJKLMPQRSUVWXYZ";

    /// <summary>The custom of bold letters: capitals are matrices, small letters vectors.</summary>
    public static string[]? OfBold(Symbol symbol, Sizes sizes) =>
        symbol is not { Kind: SymbolKind.Variable, Alphabet: Alphabet.Bold, Letter: [_, ..] } ? null
            : char.IsUpper(symbol.Letter[0]) ? [sizes.Open(), sizes.Open()] : [sizes.Open()];

    /// <summary>Whether a letter before or behind a vector is a matrix: W in W x.</summary>
    public static bool IsMatrixLetter(Expression node) => node is Symbol symbol && symbol.Kind == SymbolKind.Variable
        && symbol.Letter is [var letter] && MatrixLetters.Contains(letter, StringComparison.Ordinal);

    /// <summary>Whether a letter beside a matrix is a vector: x in W x.</summary>
    public static bool IsVectorLetter(Expression node) =>
        node is Symbol { Kind: SymbolKind.Variable, Prefix: "" } symbol
        && symbol.Letter is [>= 'a' and <= 'z'] or "beta" or "theta" or "phi" or "xi";

    /// <summary>Whether W beside a small letter makes it a vector where neither is known: W x, W_h h, x W.</summary>
    public static bool IsWeights(Expression node) => node is Symbol { Kind: SymbolKind.Variable, Letter: "W" or "U" };
}
