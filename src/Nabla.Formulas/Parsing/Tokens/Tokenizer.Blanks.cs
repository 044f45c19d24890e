namespace Nabla.Formulas.Parsing.Tokens;

// The ~ that LaTeX sets as a blank, and the one that says what something is drawn from.
internal sealed partial class Tokenizer
{
    private static readonly string[] Sources =
        [@"\mathcal", @"\mathrm", @"\operatorname", @"\text", @"\mathsf", @"\mathbb", @"\pi", @"\mu", @"\rho"];

    // Nothing is drawn where an operand is missing on one side; in LaTeX a ~ beside a factor is a blank, too, unless
    // room is left around it or a distribution follows.
    private bool IsBlankTilde()
    {
        bool isDoubled = at + 1 < end && text[at + 1] == '~' || at > 0 && text[at - 1] == '~';
        bool isOfNumber = isLatex && tokens is [.., { Kind: TokenKind.Number }];
        if (isDoubled || isOfNumber || tokens.Count > 0 && !MayBeDrawn(tokens[^1].Kind))
            return true;
        ReadOnlySpan<char> next = text.AsSpan(at + 1, end - at - 1).TrimStart();
        if (next.IsEmpty || next[0] is ')' or ']' or '}' or ',' or ';' or '+' or '=' or '<' or '>' or '&' or '/')
            return true;
        return isLatex && tokens.Count > 0 && !(afterSpace && text[at + 1] == ' ') && !IsSource(next);
    }

    private static bool IsSource(ReadOnlySpan<char> next)
    {
        if (char.IsAsciiLetterUpper(next[0]) || next[0] is 'p' or 'q')
            return true;
        foreach (string source in Sources)
            if (next.StartsWith(source))
                return true;
        return false;
    }

    private static bool MayBeDrawn(TokenKind last) => last is TokenKind.Letter or TokenKind.Number or TokenKind.Close
        or TokenKind.GroupClose or TokenKind.Function or TokenKind.Prime or TokenKind.CombiningAccent
        or TokenKind.Dots or TokenKind.Bar or TokenKind.Expectation;
}
