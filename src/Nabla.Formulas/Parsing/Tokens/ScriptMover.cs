namespace Nabla.Formulas.Parsing.Tokens;

/// <summary>
/// Writes \underset{θ}{\max} as \max_{θ}, \stackrel{def}{=} as =, and \mathop{\arg\max} without its braces.
/// </summary>
internal sealed class ScriptMover(List<Token> tokens, string text)
{
    private readonly List<Token> moved = new(tokens.Count);
    private int depth;

    public List<Token> Move()
    {
        MoveRange(0, tokens.Count);
        return moved;
    }

    private void MoveRange(int from, int to)
    {
        if (++depth > BracketMap.DeepestNesting)
            throw Errors.At("structures lie too deep", tokens[from].Start, "a simpler formula", text);
        for (int i = from; i < to;)
        {
            Token token = tokens[i];
            bool isOver = token.Is(TokenKind.Structure, "over");
            if (isOver || token.Is(TokenKind.Structure, "under"))
                i = MoveScript(i, to, isOver);
            else if (token.Is(TokenKind.Structure, "inner"))
                i = MoveInner(i + 1, to);
            else
            {
                moved.Add(token);
                i++;
            }
        }
        depth--;
    }

    private int MoveScript(int structure, int to, bool isOver)
    {
        (int markStart, int markEnd) = Argument(structure + 1, to);
        (int start, int stop) = Argument(markEnd, to);
        MoveContent(start, stop);
        bool isRelation = moved[^1].Kind == TokenKind.Relation || moved[^1].Kind == TokenKind.GroupClose
            && moved.Count > 1
            && moved[^2].Kind == TokenKind.Relation;
        if (isRelation)
            return stop;
        Token place = tokens[structure];
        bool isGroup = tokens[markStart].Kind == TokenKind.GroupOpen;
        moved.Add(new Token(isOver ? TokenKind.Sup : TokenKind.Sub, isOver ? "^" : "_", place.Start, place.Start));
        if (!isGroup)
            moved.Add(new Token(TokenKind.GroupOpen, "{", place.Start, place.Start));
        MoveRange(markStart, markEnd);
        if (!isGroup)
            moved.Add(new Token(TokenKind.GroupClose, "}", place.Start, place.Start));
        return stop;
    }

    private int MoveInner(int start, int to)
    {
        (int from, int stop) = Argument(start, to);
        MoveContent(from, stop);
        return stop;
    }

    // Without the braces where only operators, a relation or one symbol stand in them.
    private void MoveContent(int start, int stop)
    {
        bool isBare = tokens[start].Kind == TokenKind.GroupOpen
            && tokens.GetRange(start + 1, stop - start - 2).TrueForAll(token =>
                token.Kind is TokenKind.Big or TokenKind.Function or TokenKind.Relation or TokenKind.Expectation
                    or TokenKind.Times or TokenKind.Infix);
        if (isBare)
            MoveRange(start + 1, stop - 1);
        else
            MoveRange(start, stop);
    }

    // One token or one group.
    private (int Start, int Stop) Argument(int start, int to)
    {
        if (start >= to || tokens[start].Kind is TokenKind.End or TokenKind.GroupClose or TokenKind.Close)
            throw Errors.Expected("an argument in braces", tokens[Math.Min(start, tokens.Count - 1)].Start, text);
        if (tokens[start].Kind != TokenKind.GroupOpen)
            return (start, start + 1);
        int open = 0;
        for (int i = start; i < to; i++)
        {
            if (tokens[i].Kind == TokenKind.GroupOpen)
                open++;
            else if (tokens[i].Kind == TokenKind.GroupClose && --open == 0)
                return (start, i + 1);
        }
        throw Errors.Expected("`}`", tokens[to - 1].End, text, $" to close the `{{` at {tokens[start].Start}");
    }
}
