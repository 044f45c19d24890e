namespace Nabla.Formulas.Parsing.Tokens;

/// <summary>(X'X)⁻¹X'y: where a letter with a prime stands before itself, a prime transposes.</summary>
internal static class PrimeTransposes
{
    /// <summary>Writes those primes as ^⊤.</summary>
    public static void Rewrite(List<Token> tokens, List<Choice> choices)
    {
        int first = tokens.FindIndex(token => token.Kind == TokenKind.Prime);
        if (first < 0 || !Enumerable.Range(0, tokens.Count - 2).Any(i => IsTransposed(tokens, i)
            && tokens[i + 2].Is(TokenKind.Letter, tokens[i].Value)))
            return;
        choices.Add(new Choice(tokens[first].Span, "′: the transpose, as in X′X",
            "a name of its own, or a derivative"));
        for (int i = tokens.Count - 2; i >= 0; i--)
        {
            if (!IsTransposed(tokens, i) || i == 0 && tokens[2].Kind == TokenKind.Relation) // w' = …, the new w
                continue;
            Token prime = tokens[i + 1];
            tokens[i + 1] = prime with { Kind = TokenKind.Sup, Value = "^" };
            tokens.Insert(i + 2, prime with { Kind = TokenKind.Letter, Value = "\u22A4" });
        }
    }

    private static bool IsTransposed(List<Token> tokens, int letter) =>
        tokens[letter] is { Kind: TokenKind.Letter, Value: [>= 'A' and <= 'Z'] or "x" or "y" or "e" or "u" or "w" }
        && tokens[letter + 1] is { Kind: TokenKind.Prime, Value.Length: 1 };
}
