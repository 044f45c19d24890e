using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Parsing.Tokens;

/// <summary>Which bracket closes which, and what stands between them at their own level.</summary>
internal sealed class BracketMap
{
    /// <summary>How deep brackets may lie within one another.</summary>
    public const int DeepestNesting = 100;

    private readonly int[] partners;
    private readonly int[] barsLeft;
    private readonly Content[] contents;

    private BracketMap(int count)
    {
        partners = new int[count];
        barsLeft = new int[count];
        contents = new Content[count];
    }

    /// <summary>The index of the token that closes the bracket opened at an index.</summary>
    public int Partner(int token) => partners[token];

    /// <summary>What stands in the bracket opened at an index.</summary>
    public Content Inside(int token) => contents[token];

    /// <summary>How many bars of the same kind stand from this one on, itself included, in the same bracket.</summary>
    public int BarsFrom(int token) => barsLeft[token];

    /// <summary>What stands directly between two brackets.</summary>
    [Flags]
    public enum Content
    {
        Nothing = 0,
        Comma = 1,
        Semicolon = 2,
        Bar = 4,
        Terms = 8,
        Relation = 16,
        Factors = 32,

        // An odd number of bars so far: the last of them parts what stands between the brackets.
        OddBar = 64,
        OddDoubleBar = 128,

        /// <summary>A product entry by entry, ⊙.</summary>
        Gate = 256,
    }

    /// <summary>Pairs all brackets.</summary>
    /// <exception cref="FormulaException">One is not closed, or closes nothing, or they lie too deep.</exception>
    public static BracketMap Of(List<Token> tokens, string text)
    {
        var map = new BracketMap(tokens.Count);
        var open = new Stack<int>();
        for (int i = 0; i < tokens.Count; i++)
        {
            TokenKind kind = tokens[i].Kind;
            if (kind is TokenKind.Close or TokenKind.GroupClose or TokenKind.Finish)
                map.Close(tokens, i, open, text);
            if (open.Count > 0)
                map.Note(tokens, i, open.Peek());
            if (kind is not (TokenKind.Open or TokenKind.GroupOpen or TokenKind.Begin))
                continue;
            open.Push(i);
            if (open.Count > DeepestNesting)
            {
                throw Errors.At($"brackets lie more than {DeepestNesting} deep", tokens[i].Start, "a simpler formula",
                    text);
            }
        }
        if (open.TryPop(out int unclosed))
            throw Unclosed(tokens[unclosed], tokens[^1].Start, text);
        map.CountBars(tokens);
        return map;
    }

    private void Close(List<Token> tokens, int at, Stack<int> open, string text)
    {
        Token close = tokens[at];
        if (open.Count == 0)
            throw ClosesNothing(tokens, at, text);
        int opening = open.Pop();
        if ((contents[opening] & (Content.OddBar | Content.OddDoubleBar)) != Content.Nothing)
            contents[opening] |= Content.Bar;
        contents[opening] &= ~(Content.OddBar | Content.OddDoubleBar);
        bool fits = (tokens[opening].Kind, close.Kind) is (TokenKind.Open, TokenKind.Close)
            or (TokenKind.GroupOpen, TokenKind.GroupClose) or (TokenKind.Begin, TokenKind.Finish);
        if (!fits || close.Kind == TokenKind.Finish && close.Value != tokens[opening].Value)
            throw Unclosed(tokens[opening], close.Start, text);
        partners[opening] = at;
        partners[at] = opening;
    }

    // Where a `[` was closed by a `)` before, that one is too many: [log p(x|z))].
    private FormulaException ClosesNothing(List<Token> tokens, int at, string text)
    {
        for (int i = 0; i < at; i++)
        {
            bool isMixed = tokens[i].Kind == TokenKind.Close && (tokens[partners[i]].Value, tokens[i].Value)
                is ("[", ")") or ("(", "]");
            if (!isMixed)
                continue;
            Token opened = tokens[partners[i]];
            return Errors.At($"`{tokens[i].Value}` closes nothing, as the `{opened.Value}` at {opened.Start} waits for"
                + $" `{Mirrored(opened.Value)}`; take it out", tokens[i].Start, $"`{Mirrored(opened.Value)}`", text);
        }
        Token close = tokens[at];
        return Errors.At($"`{close.Value}` closes nothing; take it out", close.Start, "an operator or the end", text);
    }

    private static FormulaException Unclosed(Token open, int position, string text) =>
        Errors.Expected($"`{ClosingOf(open)}`", position, text, $" to close the `{Shown(open)}` at {open.Start}");

    private static string Shown(Token open) => open.Kind == TokenKind.Begin ? $"\\begin{{{open.Value}}}" : open.Value;

    private static string ClosingOf(Token open) => open.Kind == TokenKind.Begin
        ? $"\\end{{{open.Value}}}" : Mirrored(open.Value);

    private static string Mirrored(string opening) => opening switch
    {
        "(" => ")",
        "[" => "]",
        "⟨" => "⟩",
        "⌊" => "⌋",
        "⌈" => "⌉",
        "⟦" => "⟧",
        _ => "}",
    };

    private void Note(List<Token> tokens, int i, int open)
    {
        if (tokens[i] is { Kind: TokenKind.Bar, Side: Side.Unknown })
            contents[open] ^= Content.OddBar;
        else if (tokens[i] is { Kind: TokenKind.DoubleBar, Side: Side.Unknown })
            contents[open] ^= Content.OddDoubleBar;
        else
            contents[open] |= ContentOf(tokens, i, open);
    }

    private static Content ContentOf(List<Token> tokens, int i, int open) => tokens[i].Kind switch
    {
        TokenKind.Comma => Content.Comma,
        TokenKind.Semicolon => Content.Semicolon,
        TokenKind.Mid => Content.Bar,
        TokenKind.Plus or TokenKind.Minus when tokens[i - 1].Kind is TokenKind.Sup or TokenKind.Sub =>
            Content.Nothing, // x⁺
        TokenKind.Plus or TokenKind.Minus or TokenKind.PlusMinus => i > open + 1 ? Content.Terms : Content.Nothing,
        TokenKind.Relation => Content.Relation,
        TokenKind.Times when tokens[i].Value == nameof(ProductSign.Hadamard) => Content.Gate,
        TokenKind.Sub or TokenKind.Sup or TokenKind.Prime or TokenKind.GroupOpen or TokenKind.GroupClose
            or TokenKind.CombiningAccent or TokenKind.Accent => Content.Nothing,
        _ => i > open + 1 && EndsOperand(tokens[i - 1].Kind) ? Content.Factors : Content.Nothing,
    };

    private static bool EndsOperand(TokenKind kind) => kind is TokenKind.Letter or TokenKind.Number or TokenKind.Close
        or TokenKind.GroupClose or TokenKind.Prime or TokenKind.Function or TokenKind.Big or TokenKind.CombiningAccent
        or TokenKind.Nabla or TokenKind.Radical or TokenKind.Structure or TokenKind.Words or TokenKind.Factorial;

    private void CountBars(List<Token> tokens)
    {
        var counts = new Stack<(int Single, int Double)>([(0, 0)]);
        for (int i = tokens.Count - 1; i >= 0; i--)
        {
            switch (tokens[i].Kind)
            {
                case TokenKind.Close or TokenKind.GroupClose or TokenKind.Finish:
                    counts.Push((0, 0));
                    break;
                case TokenKind.Open or TokenKind.GroupOpen or TokenKind.Begin:
                    counts.Pop();
                    break;
                case TokenKind.Comma or TokenKind.Align or TokenKind.RowBreak:
                    counts.Pop();
                    counts.Push((0, 0));
                    break;
                case TokenKind.Bar:
                    (int single, int doubled) = counts.Pop();
                    barsLeft[i] = single + 1;
                    counts.Push((single + 1, doubled));
                    break;
                case TokenKind.DoubleBar:
                    (int one, int two) = counts.Pop();
                    barsLeft[i] = two + 1;
                    counts.Push((one, two + 1));
                    break;
            }
        }
    }
}
