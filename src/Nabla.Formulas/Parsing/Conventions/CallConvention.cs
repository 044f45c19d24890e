using Nabla.Formulas.Parsing.Tokens;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Parsing.Conventions;

/// <summary>
/// Whether a name before a bracket is applied to it, and why; an empty reason where nobody could doubt it.
/// </summary>
internal readonly record struct Decision(bool IsCall, string Reason);

/// <summary>
/// f(x) is f applied to x, and η(1 + x) is a product. What settles it: several arguments; a definition f(x) = …;
/// letters that are functions by custom; a single letter in the brackets.
/// </summary>
internal static class CallConvention
{
    // Letters that mostly name functions, probabilities, densities, losses and values.
    private static readonly HashSet<string> Functions = new(StringComparer.Ordinal)
    {
        "f", "g", "h", "p", "q", "P", "Q", "F", "G", "H", "J", "L", "D", "V", "E", "R", "U", "I", "ell", "phi", "psi",
            "sigma",
        "Phi", "Psi", "rho", "Gamma", "v", "u", "r", "A", "T", "Omega", "Theta", "O", "zeta", "k",
    };

    // Letters that are functions even when a sum stands in the bracket and the letter is seen by itself elsewhere.
    private static readonly HashSet<string> Strong = new(StringComparer.Ordinal)
    {
        "f", "g", "p", "q", "P", "F", "G", "H", "J", "L", "phi", "psi", "sigma", "Phi", "Psi", "ell",
    };

    /// <summary>What parts several arguments.</summary>
    public const BracketMap.Content Separators =
        BracketMap.Content.Comma | BracketMap.Content.Semicolon | BracketMap.Content.Bar;

    /// <summary>Whether something names a function, so that f ∘ g is a composition.</summary>
    public static bool IsFunction(Expression operand, Facts facts) => operand is Symbol symbol
        && (Strong.Contains(symbol.Letter) || facts.IsApplied(symbol.Letter) || facts.IsDefined(symbol.Letter)
            || symbol.Letter is "h" or "T" or "R" || KnownFunctions.Find(symbol.Letter) is not null);

    /// <summary>Whether N(μ, σ²) and U[a, b] are distributions: behind ∼, and where a ; or | parts x from μ.</summary>
    public static bool IsDistribution(Symbol symbol, Token before, BracketMap.Content content) =>
        symbol is { Letter: "N" or "U", IsBare: true } && before.Is(TokenKind.Relation, "∼")
            && content.HasFlag(BracketMap.Content.Comma)
        || symbol is { Letter: "N", IsBare: true } && (content.HasFlag(BracketMap.Content.Semicolon)
            || content.HasFlag(BracketMap.Content.Bar) && content.HasFlag(BracketMap.Content.Comma));

    /// <summary>Whether σ(x) is the standard deviation that goes with μ(x), and no sigmoid.</summary>
    public static bool IsDeviation(Symbol symbol, Facts facts) => symbol is { Letter: "sigma", IsBare: true }
        && facts.IsAppliedToOne("sigma") && facts.IsAppliedToOne("mu");

    /// <summary>Decides for a symbol before an opening bracket.</summary>
    public static Decision Decide(Symbol symbol, Token bracket, BracketMap.Content content, Facts facts)
    {
        if (bracket.Value == "[")
            return new(IsSquareCall(symbol, content), "");
        if (bracket.Value != "(")
            return new(bracket.Value == "{" && (IsWord(symbol) || symbol.Alphabet == Alphabet.Calligraphic), "");
        if (symbol.Kind == SymbolKind.Constant && symbol.Letter != "e")
            return new(false, "");
        if ((content & Separators) != BracketMap.Content.Nothing || IsWord(symbol) || symbol.Letter == "·")
            return new(true, "");
        if (content != BracketMap.Content.Nothing && facts.IsInItsBracket(symbol.Letter))
            return new(false, $"{symbol.Letter} times the bracket, because {symbol.Letter} stands in it as well");
        if (facts.IsDefined(symbol.Letter) || facts.IsApplied(symbol.Letter))
            return new(true, "");
        return ByCustom(symbol, bracket, content, facts);
    }

    private static Decision ByCustom(Symbol symbol, Token bracket, BracketMap.Content content, Facts facts)
    {
        string name = symbol.Letter;
        bool isSum = content.HasFlag(BracketMap.Content.Terms);
        bool isSingle = content == BracketMap.Content.Nothing;
        bool isConstant = name == "G" && content == BracketMap.Content.Factors; // G(C/6)^a, G(m₁m₂/r²)
        bool isStrong = Strong.Contains(name) && !isConstant
            || symbol.Alphabet == Alphabet.Calligraphic || symbol.Primes > 0 && !isSum
            || Functions.Contains(name) && !isConstant
                && (symbol.Superscripts.Count > 0 || facts.IsAppliedToOne(name) && !isSum);
        if (isStrong)
            return new(true, isSum ? $"{name} applied to the bracket, because {name} names a function by custom" : "");
        if (content.HasFlag(BracketMap.Content.Relation))
            return new(true, $"{name} applied to the bracket, because a relation stands in it");
        if (isSingle && !bracket.AfterSpace)
        {
            bool certain = Functions.Contains(name);
            return new(true, certain
                ? "" : $"{name} applied to the bracket, because nobody puts a single letter in brackets to multiply");
        }
        bool isMatrix = char.IsUpper(name[0]) // U (r ⊙ h): what gates a vector is a vector, so U is a matrix
            && (isSum && bracket.AfterSpace || content.HasFlag(BracketMap.Content.Gate) && name != "E");
        if (name == "delta" && content == BracketMap.Content.Factors && !bracket.AfterSpace)
            return new(true, "delta applied to the bracket, because nobody puts a product in brackets to multiply");
        bool isFunction = Functions.Contains(name) && !facts.IsQuantity(name) && !isMatrix && !isConstant;
        return isFunction
            ? new(true, $"{name} applied to the bracket, because {name} names a function by custom")
            : new(false, $"{name} times the bracket, because {name} names a quantity by custom");
    }

    /// <summary>Whether f²(x) is the square of f(x), and not f² times x.</summary>
    public static bool AppliesPower(Symbol symbol, BracketMap.Content content, Facts facts) =>
        !facts.IsInItsBracket(symbol.Letter) && (facts.IsDefined(symbol.Letter)
        || symbol.Letter is "H" or "J" && content == BracketMap.Content.Nothing
        || !content.HasFlag(BracketMap.Content.Terms)
        && (facts.IsApplied(symbol.Letter) || symbol.Letter is "f" or "g" or "phi" or "psi" or "F" or "G"));

    /// <summary>
    /// Whether f⁻¹(x) is the inverse function of f, and not 1/f times x: f is a function by custom or because it is
    /// applied elsewhere; before a sum, σ⁻¹(x − μ), a letter that may be a number is one.
    /// </summary>
    public static bool IsInverse(Symbol symbol, BracketMap.Content content, Facts facts)
    {
        if (symbol.Kind == SymbolKind.Constant || content.HasFlag(BracketMap.Content.Relation))
            return false;
        if (symbol.Letter is "H" or "J") // of the Hessian at x the inverse is taken
            return false;
        bool isUsual = (content & Separators) != BracketMap.Content.Nothing
            || symbol.Letter is "f" or "g" or "phi" or "psi" or "Phi" or "Psi" or "F";
        bool isSum = content.HasFlag(BracketMap.Content.Terms);
        return facts.IsDefined(symbol.Letter) || isUsual || !isSum && symbol.Letter is "h" or "sigma" or "T" or "ell"
            || !isSum && (facts.IsAppliedToOne(symbol.Letter) || facts.IsApplied(symbol.Letter));
    }

    /// <summary>Whether N(i) are the neighbours of i: a single name, and it is no N(μ, σ²) behind ∼.</summary>
    public static bool IsNeighbourhood(Symbol symbol, Token before, BracketMap.Content content) =>
        symbol is { Letter: "N", Accents.Count: 0, Superscripts.Count: 0 }
        && (content & (Separators | BracketMap.Content.Terms)) == BracketMap.Content.Nothing
        && (symbol.Alphabet == Alphabet.Calligraphic ? !before.Is(TokenKind.Relation, "∼")
            : before.Kind == TokenKind.Bar || before.Kind == TokenKind.Relation && before.Value is "∈" or "∉"
                || before is { Kind: TokenKind.Infix, Value: "∪" or "∩" or "∖" });

    /// <summary>Whether x[…] is an element of x, as in code.</summary>
    public static bool IsIndexed(Symbol symbol, BracketMap.Content content) =>
        (content & ~BracketMap.Content.Terms) == BracketMap.Content.Nothing
            && symbol.Alphabet is Alphabet.Plain or Alphabet.Bold && !IsSquareFunction(symbol)
        || content == BracketMap.Content.Comma && symbol.Alphabet is Alphabet.Plain or Alphabet.Bold
            && !IsSquareFunction(symbol);

    private static bool IsSquareCall(Symbol symbol, BracketMap.Content content) =>
        symbol.Alphabet is Alphabet.Upright or Alphabet.Calligraphic || IsSquareFunction(symbol)
        || (content & Separators) != BracketMap.Content.Nothing && Strong.Contains(symbol.Letter);

    // Functionals: entropy H[p], free energy F[q], divergence D[q ‖ p].
    private static bool IsSquareFunction(Symbol symbol) =>
        symbol.Letter is "H" or "F" or "J" or "I" or "D" or "L" or "V" or "P" && symbol.Subscripts is not [Symbol
        {
            Letter: "max" or "min", // V_max[S]
        }];

    private static bool IsWord(Symbol symbol) =>
        symbol.Letter.Length > 1 && !Notation.IsGreek(symbol.Letter)
        && (symbol.Alphabet == Alphabet.Upright || !symbol.Letter.AsSpan().ContainsAnyExceptInRange('A', 'Z'));
}
