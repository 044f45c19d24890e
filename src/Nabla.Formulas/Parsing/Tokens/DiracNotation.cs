using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Parsing.Tokens;

/// <summary>
/// |ψ⟩ is a vector, ⟨ψ| the same vector as a row, ⟨φ|A|ψ⟩ a row, a matrix and a column; ⟨φ|ψ⟩ stays an inner product.
/// </summary>
internal static class DiracNotation
{
    /// <summary>Writes kets as {ψ} and bras as {ψ}^H.</summary>
    public static void Rewrite(List<Token> tokens)
    {
        if (!tokens.Exists(token => token.Is(TokenKind.Close, "⟩")))
            return;
        for (int i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].Is(TokenKind.Open, "⟨"))
                i = RewriteBra(tokens, i);
            else if (IsBar(tokens[i]) && Find(tokens, i, token => token.Is(TokenKind.Close, "⟩")) is > 0 and var close)
                RewriteKet(tokens, i, close);
        }
    }

    // ⟨ψ| with another part behind the bar, or with nothing that closes the ⟨; from where to go on.
    private static int RewriteBra(List<Token> tokens, int open)
    {
        if (PairEnd(tokens, open) is { } end)
            return end;
        int bar = Find(tokens, open, IsBar);
        int close = Find(tokens, open, token => token.Is(TokenKind.Close, "⟩"));
        bool isWhole = close > 0 && (bar < 0 || bar > close || bar == open + 1
            || Find(tokens, bar, IsBar) is var second && (second < 0 || second > close));
        if (bar < 0 || isWhole)
            return Math.Max(open, close);
        if (close > 0)
            RewriteKet(tokens, Find(tokens, bar, IsBar), close);
        tokens[open] = tokens[open] with { Kind = TokenKind.GroupOpen, Value = "{" };
        Token mark = tokens[bar];
        tokens[bar] = mark with { Kind = TokenKind.GroupClose, Value = "}" };
        tokens.Insert(bar + 1, mark with { Kind = TokenKind.Sup, Value = "^" });
        tokens.Insert(bar + 2, mark with { Kind = TokenKind.Letter, Value = "H", Alphabet = Alphabet.Upright });
        return bar + 2;
    }

    // ⟨a, |s|⟩: where a pair of bars closes before the comma, or behind it, it is that of an absolute value.
    private static int? PairEnd(List<Token> tokens, int open)
    {
        int depth = 0, bars = 0;
        bool hasComma = false;
        for (int i = open + 1; i < tokens.Count && depth >= 0; i++)
        {
            if (depth == 0 && IsBar(tokens[i]))
                bars++;
            else if (depth == 0 && tokens[i].Kind == TokenKind.Comma && bars % 2 == 0)
                hasComma = true;
            else if (depth == 0 && tokens[i].Is(TokenKind.Close, "⟩"))
                return hasComma && bars % 2 == 0 ? i : null;
            depth += tokens[i].Kind switch
            {
                TokenKind.Open or TokenKind.GroupOpen or TokenKind.Begin => 1,
                TokenKind.Close or TokenKind.GroupClose or TokenKind.Finish => -1,
                _ => 0,
            };
        }
        return null;
    }

    // |0⟩ is the name of a state, and no number.
    private static void RewriteKet(List<Token> tokens, int bar, int close)
    {
        if (close == bar + 2 && tokens[bar + 1].Kind == TokenKind.Number)
        {
            tokens[bar] = tokens[bar] with
            {
                Kind = TokenKind.Letter,
                Value = $"|{tokens[bar + 1].Value}⟩",
                End = tokens[close].End,
                Alphabet = Alphabet.Upright,
            };
            tokens.RemoveRange(bar + 1, 2);
            return;
        }
        tokens[bar] = tokens[bar] with { Kind = TokenKind.GroupOpen, Value = "{" };
        tokens[close] = tokens[close] with { Kind = TokenKind.GroupClose, Value = "}" };
    }

    private static bool IsBar(Token token) => token.Kind is TokenKind.Bar or TokenKind.Mid;

    // The first such token behind a place, before the bracket around it closes; −1 where there is none.
    private static int Find(List<Token> tokens, int from, Predicate<Token> fits)
    {
        int depth = 0;
        for (int i = from + 1; i < tokens.Count && depth >= 0; i++)
        {
            if (depth == 0 && fits(tokens[i]))
                return i;
            if (depth == 0 && tokens[i].Kind is TokenKind.Relation or TokenKind.Comma)
                return -1;
            depth += tokens[i].Kind switch
            {
                TokenKind.Open or TokenKind.GroupOpen or TokenKind.Begin => 1,
                TokenKind.Close or TokenKind.GroupClose or TokenKind.Finish => -1,
                _ => 0,
            };
        }
        return -1;
    }
}
