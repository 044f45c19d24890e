namespace Nabla.Formulas.Parsing.Tokens;

/// <summary>\left. f \right|_{x=2}: what stands between is one part, in braces, and the bar is behind it.</summary>
internal static class EvaluationBars
{
    /// <summary>Writes the braces, and takes away every other \left. that opens nothing.</summary>
    public static List<Token> Rewrite(List<Token> tokens)
    {
        if (!tokens.Exists(IsOpening))
            return tokens;
        var written = new List<Token>(tokens.Count);
        var open = new Stack<int>();
        foreach (Token token in tokens)
        {
            bool closes = token is { Kind: TokenKind.Bar, Side: Side.Right } && open.TryPeek(out int at) && at >= 0;
            if (closes)
            {
                Token opening = written[open.Peek()];
                written[open.Pop()] = opening with { Kind = TokenKind.GroupOpen, Value = "{" };
                written.Add(new Token(TokenKind.GroupClose, "}", token.Start, token.Start));
            }
            if (IsOpening(token))
                open.Push(written.Count);
            else if (token.Kind is TokenKind.Open or TokenKind.GroupOpen or TokenKind.Begin)
                open.Push(-1);
            else if (token.Kind is TokenKind.Close or TokenKind.GroupClose or TokenKind.Finish)
                Unwind(open);
            written.Add(closes ? token with { Side = Side.Unknown } : token);
        }
        written.RemoveAll(IsOpening);
        return written;
    }

    // Down to the bracket that is closed, and that one too.
    private static void Unwind(Stack<int> open)
    {
        bool isBar = true;
        while (isBar && open.TryPop(out int opened))
            isBar = opened >= 0;
    }

    private static bool IsOpening(Token token) => token.Is(TokenKind.Skip, ".");
}
