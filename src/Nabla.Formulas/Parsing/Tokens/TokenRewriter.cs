namespace Nabla.Formulas.Parsing.Tokens;

/// <summary>Brings tokens into the order in which the parser reads them.</summary>
internal static class TokenRewriter
{
    /// <summary>
    /// Writes methods as functions, moves what \underset and \overset put around an operator behind it, and takes away
    /// braces around operators and the marks of alignment.
    /// </summary>
    public static List<Token> Rewrite(List<Token> tokens, string text, List<Choice> choices)
    {
        tokens = MethodCalls.Rewrite(EvaluationBars.Rewrite(tokens), text, choices);
        BarSplitter.Split(tokens, text);
        DiracNotation.Rewrite(tokens);
        PrimeTransposes.Rewrite(tokens, choices);
        if (!tokens.Exists(token =>
            token.Kind is TokenKind.Structure or TokenKind.Align or TokenKind.RowBreak or TokenKind.Begin))
            return tokens;
        List<Token> moved = tokens;
        if (tokens.Exists(token => token.Kind == TokenKind.Structure))
            moved = new ScriptMover(tokens, text).Move();
        return RowJoiner.Join(moved);
    }
}
