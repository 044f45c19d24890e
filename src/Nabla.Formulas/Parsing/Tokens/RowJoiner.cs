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
                case TokenKind.RowBreak when !inTable && (brackets > 0 || GoesOn(tokens, i)):
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

    private static bool Joins(TokenKind kind) => kind is TokenKind.Relation or TokenKind.Plus or TokenKind.Times
        or TokenKind.Slash or TokenKind.Infix or TokenKind.PlusMinus or TokenKind.Connective;
}
