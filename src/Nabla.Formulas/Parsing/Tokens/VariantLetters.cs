namespace Nabla.Formulas.Parsing.Tokens;

/// <summary>
/// Greek letters that have two forms, σ and ς. A formula that has one of them means the letter, whichever form it is
/// written in; where it has both they are two letters, and the second is called varsigma.
/// </summary>
internal static class VariantLetters
{
    private const string Signs = "ϵϑϰϱςϕ";

    /// <summary>The tokens with every letter under its name.</summary>
    public static List<Token> Named(List<Token> tokens, string text)
    {
        bool any = false;
        foreach (Token token in tokens)
            any |= token.Kind == TokenKind.Letter && IsVariant(token, text);
        if (!any)
            return tokens;
        var plain = tokens.Where(token => token.Kind == TokenKind.Letter && !IsVariant(token, text))
            .Select(token => token.Value).ToHashSet(StringComparer.Ordinal);
        return tokens.ConvertAll(token => token.Kind != TokenKind.Letter || !IsVariant(token, text) ? token
            : plain.Contains(token.Value) ? token with { Value = "var" + token.Value }
            : token with { IsVariant = true });
    }

    private static bool IsVariant(Token token, string text)
    {
        if (token.Value is not ("epsilon" or "theta" or "kappa" or "rho" or "sigma" or "phi"))
            return false;
        ReadOnlySpan<char> written = text.AsSpan(token.Start, token.End - token.Start);
        return written.StartsWith("\\var") || written.StartsWith("var")
            || written is [var sign] && Signs.Contains(sign);
    }
}
