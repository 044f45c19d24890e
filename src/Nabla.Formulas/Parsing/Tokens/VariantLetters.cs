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
        var plain = new HashSet<string>(StringComparer.Ordinal);
        bool any = false;
        foreach (Token token in tokens)
            if (token.Kind != TokenKind.Letter)
                continue;
            else if (IsVariant(token, text))
                any = true;
            else
                plain.Add(token.Value);
        if (!any)
            return tokens;
        return tokens.ConvertAll(token => token.Kind != TokenKind.Letter || !IsVariant(token, text) ? token
            : plain.Contains(token.Value) ? token with { Value = "var" + token.Value }
            : token with { IsVariant = true });
    }

    private static bool IsVariant(Token token, string text)
    {
        if (token.Value is not ("epsilon" or "theta" or "kappa" or "rho" or "sigma" or "phi"))
            return false;
        ReadOnlySpan<char> written = text.AsSpan(token.Start, token.End - token.Start);
        return written.StartsWith("\\var") || written.StartsWith("var") || written is [var sign] && Signs.Contains(sign);
    }
}
