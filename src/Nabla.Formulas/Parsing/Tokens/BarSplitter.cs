namespace Nabla.Formulas.Parsing.Tokens;

/// <summary>The || of |a||b| closes one pair of bars and opens another; that of ||a| − b| opens two.</summary>
internal static class BarSplitter
{
    /// <summary>Cuts || in two wherever a single bar is open before it.</summary>
    public static void Split(List<Token> tokens, string text)
    {
        if (!text.Contains("||"))
            return;
        var isOpen = new Stack<bool>([false]);
        for (int i = 0; i < tokens.Count; i++)
        {
            Token token = tokens[i];
            switch (token.Kind)
            {
                case TokenKind.Open or TokenKind.GroupOpen or TokenKind.Begin:
                    isOpen.Push(false);
                    break;
                case TokenKind.Close or TokenKind.GroupClose or TokenKind.Finish when isOpen.Count > 1:
                    isOpen.Pop();
                    break;
                case TokenKind.Bar when token.Side == Side.Unknown:
                    isOpen.Push(!isOpen.Pop());
                    break;
                case TokenKind.DoubleBar when text[token.Start] == '|' &&
                        (isOpen.Peek() ? ClosesLater(tokens, i) : OpensTwo(tokens, i)):
                    tokens[i] = token with { Kind = TokenKind.Bar, Value = "|", End = token.Start + 1 };
                    tokens.Insert(i + 1,
                        tokens[i] with { Start = token.Start + 1, End = token.End, AfterSpace = false });
                    i++;
                    break;
            }
        }
    }

    // ||a| − b|, ||a| − |b||: two single bars follow in the same bracket, and the first closes something.
    private static bool OpensTwo(List<Token> tokens, int doubled)
    {
        if (tokens.FindIndex(token => token.Kind == TokenKind.DoubleBar) < doubled)
            return false;
        int bars = 0;
        int depth = 0;
        for (int i = doubled + 1; i < tokens.Count && i < doubled + 60 && depth >= 0; i++)
        {
            if (tokens[i].Kind == TokenKind.Mid || tokens[i].Side != Side.Unknown)
                return false;
            if (tokens[i].Kind is TokenKind.Relation or TokenKind.DoubleBar && depth == 0)
                break;
            if (tokens[i].Kind == TokenKind.Bar && depth == 0 && ++bars == 1 && !EndsOperand(tokens[i - 1].Kind))
                return false;
            depth += tokens[i].Kind switch
            {
                TokenKind.Open or TokenKind.GroupOpen or TokenKind.Begin => 1,
                TokenKind.Close or TokenKind.GroupClose or TokenKind.Finish => -1,
                _ => 0,
            };
        }
        return bars == 2;
    }

    private static bool EndsOperand(TokenKind kind) => kind is TokenKind.Letter or TokenKind.Number or TokenKind.Close
        or TokenKind.GroupClose or TokenKind.Prime or TokenKind.CombiningAccent;

    // |a||b|: a single bar follows before the bracket ends.
    private static bool ClosesLater(List<Token> tokens, int doubled)
    {
        for (int i = doubled + 1; i < tokens.Count && i < doubled + 60; i++)
        {
            if (tokens[i].Kind == TokenKind.Bar)
                return true;
            if (tokens[i].Kind is TokenKind.DoubleBar or TokenKind.Relation)
                return false;
        }
        return false;
    }
}
