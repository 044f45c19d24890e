namespace Nabla.Formulas.Parsing.Tokens;

/// <summary>
/// Takes away what only aligns: &amp; and the environments that align, and \\ where the formula goes on in the next
/// row.
/// </summary>
internal static class RowJoiner
{
    private static readonly HashSet<string> Aligning = new(StringComparer.Ordinal)
    {
        "equation", "align", "aligned", "alignat", "alignedat", "split", "gather", "gathered", "multline", "eqnarray",
        "displaymath", "math", "flalign", "displayquote", "center", "document",
    };

    public static List<Token> Join(List<Token> tokens)
    {
        var joined = new List<Token>(tokens.Count);
        var environments = new Stack<bool>();
        int brackets = 0;
        for (int i = 0; i < tokens.Count; i++)
        {
            Token token = tokens[i];
            bool inTable = environments.Count > 0 && !environments.Peek();
            switch (token.Kind)
            {
                case TokenKind.Begin:
                    environments.Push(Aligning.Contains(token.Value));
                    if (!environments.Peek())
                        joined.Add(token);
                    break;
                case TokenKind.Finish when environments.TryPop(out bool aligns):
                    if (!aligns)
                        joined.Add(token);
                    break;
                case TokenKind.Align when !inTable:
                    break;
                case TokenKind.RowBreak when !inTable && (brackets > 0 || GoesOn(tokens, i)
                        || environments.Count > 0 && IsFactorOfRow(tokens, i)):
                    while (tokens[i + 1].Kind is TokenKind.Align or TokenKind.Gap)
                        i++; // &\quad + b
                    break;
                default:
                    brackets += token.Kind switch { TokenKind.Open => 1, TokenKind.Close => -1, _ => 0 };
                    joined.Add(token);
                    break;
            }
        }
        return joined;
    }

    // Whether the row before the break is not finished, or the next one begins with a sign that needs something before
    // it.
    private static bool GoesOn(List<Token> tokens, int rowBreak)
    {
        int next = rowBreak + 1;
        bool isAligned = false;
        while (tokens[next].Kind is TokenKind.Align or TokenKind.RowBreak or TokenKind.Gap)
            isAligned |= tokens[next++].Kind is TokenKind.Align or TokenKind.Gap;
        int before = rowBreak - 1;
        while (before >= 0 && tokens[before].Kind is TokenKind.Align or TokenKind.Gap)
            before--;
        TokenKind last = before >= 0 ? tokens[before].Kind : TokenKind.Comma;
        return Joins(tokens[next].Kind) || tokens[next].Kind == TokenKind.Minus && isAligned || Joins(last)
            || last == TokenKind.Minus || tokens[next].Kind is TokenKind.End or TokenKind.Finish;
    }

    // &= E[q ∼ P, o ∼ π] \\ & \frac{1}{G} Σ …: behind an expectation of which nothing is said but what is drawn, the
    // next row, which states nothing itself, is what the mean is taken of.
    private static bool IsFactorOfRow(List<Token> tokens, int rowBreak)
    {
        if (tokens[rowBreak - 1].Kind != TokenKind.Close || tokens[rowBreak + 1].Kind != TokenKind.Align)
            return false;
        int open = rowBreak - 1;
        for (int depth = 1; depth > 0 && open > 0;)
            depth += tokens[--open].Kind switch { TokenKind.Close => 1, TokenKind.Open => -1, _ => 0 };
        return open > 0 && tokens[open - 1].Kind == TokenKind.Expectation
            && tokens.FindIndex(open, rowBreak - open, token => token.Is(TokenKind.Relation, "∼")) > 0
            && !StatesSomething(tokens, rowBreak + 1);
    }

    private static bool StatesSomething(List<Token> tokens, int row)
    {
        int depth = 0;
        for (int i = row; tokens[i].Kind is not (TokenKind.End or TokenKind.Finish or TokenKind.RowBreak); i++)
        {
            if (depth == 0 && tokens[i].Kind == TokenKind.Relation)
                return true;
            depth += tokens[i].Kind switch
            {
                TokenKind.Open or TokenKind.GroupOpen => 1,
                TokenKind.Close or TokenKind.GroupClose => -1,
                _ => 0,
            };
        }
        return false;
    }

    private static bool Joins(TokenKind kind) => kind is TokenKind.Relation or TokenKind.Plus or TokenKind.Times
        or TokenKind.Slash or TokenKind.Percent or TokenKind.Infix or TokenKind.PlusMinus or TokenKind.Connective;
}
