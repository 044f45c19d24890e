using System.Text.RegularExpressions;
using Nabla.Formulas.Parsing.Conventions;
using Nabla.Formulas.Parsing.Tokens;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Parsing.Grammar;

// \frac, \binom, √, \underbrace.
internal sealed partial class Parser
{
    private Expression ParseStructure()
    {
        int first = at;
        string name = Current.Value;
        at++;
        Enter();
        Expression result = name switch
        {
            "frac" => ParseFraction(),
            "binom" => new Call(new Symbol("binom") { Kind = SymbolKind.Function }, ParseArgument("binom"),
                ParseArgument("binom")),
            "note" => ParseNote(),
            "norm" => new Delimited(DelimiterKind.Norm, [ParseArgument(name)]),
            "abs" => new Delimited(DelimiterKind.Absolute, [ParseArgument(name)]),
            "floor" => new Delimited(DelimiterKind.Floor, [ParseArgument(name)]),
            "ceil" => new Delimited(DelimiterKind.Ceiling, [ParseArgument(name)]),
            "substack" => ParseArgument(name),
            _ => throw Errors.At($"`{Shown(tokens[first])}` cannot stand here", tokens[first].Start,
                "a number or a name", text),
        };
        Leave();
        result = Placed(result, first);
        if (result is Delimited { Kind: DelimiterKind.Norm } norm && Take(TokenKind.Sub))
            return Placed(norm with { Subscript = ReadScript(isBelow: true).Single }, first);
        if (result is Derivative { Of: null } derivative && StartsFactor())
            return Placed(DerivativeConvention.Apply(derivative, ParseRun(Glue.Loose)), first);
        return result;
    }

    private Expression ParseFraction()
    {
        Expression above = HoldsDifferential() ? ParseAboveDifferential() : ParseArgument("frac");
        return DerivativeConvention.Quotient(above, ParseArgument("frac"));
    }

    // ∫ \frac{dx}{1 + x²}, but not the derivative \frac{dy}{dx}.
    private bool HoldsDifferential()
    {
        if (!inside.Integral || Kind != TokenKind.GroupOpen)
            return false;
        int close = brackets.Partner(at);
        bool isDivided = tokens[close + 1].Kind == TokenKind.GroupOpen
            && tokens[close + 2] is not { Kind: TokenKind.Letter, Value: "d" or "partial" };
        return isDivided && close - 2 > at && tokens[close - 1].Kind == TokenKind.Letter && IsDifferential(close - 2);
    }

    private Expression ParseAboveDifferential()
    {
        int open = at++;
        Expression above = Kind == TokenKind.Letter && StartsDifferential() ? new Number(1, "1") : ParseSum();
        differentials.AddRange(ReadDifferentials());
        RequireClose(open);
        return above.Source.Length == 0 ? Placed(above, open) : above;
    }

    // A group, or a single token: \frac12.
    private Expression ParseArgument(string structure)
    {
        if (Kind == TokenKind.GroupOpen)
            return ParseGroup();
        if (Kind == TokenKind.Number && Current.Value.Length > 1 && structure != "√")
            return ParseDigit();
        if (Kind == TokenKind.Open && text[tokens[at].Start] == '(')
            return ParseBracketed();
        return Kind is TokenKind.Number or TokenKind.Letter or TokenKind.Structure or TokenKind.Radical
            or TokenKind.Accent
            ? ParseBareOperand()
            : throw Errors.Expected("`{`", Current.Start, text, $" after \\{structure}");
    }

    // The first digit of a number; the others stay.
    private Number ParseDigit()
    {
        Token token = Current;
        tokens[at] = token with { Value = token.Value[1..], Start = token.Start + 1, AfterSpace = false };
        string digit = token.Value[..1];
        if (digit == "." || token.Value[1] is 'e' or 'E')
            throw Errors.Expected("`{`", token.Start, text, " after \\frac");
        return new Number(digit[0] - '0', digit) { Source = new SourceSpan(token.Start, 1) };
    }

    // \underbrace{…}_{…}
    private Expression ParseNote()
    {
        Expression annotated = ParseArgument("underbrace");
        if (Kind is not (TokenKind.Sub or TokenKind.Sup))
            return annotated;
        Expression note = ReadNote();
        return RowCaptions.Find(note) is { IsSaid: true } sense ? annotated with { ByRow = sense }
            : new Annotated(annotated, note);
    }

    private Expression ReadNote()
    {
        at++;
        int first = at;
        Expression note = ReadScript(isBelow: false).Single;
        bool isMixed = note is Product && note.Children.Any(part =>
            part is Words or Symbol { Alphabet: Alphabet.Upright, Letter.Length: > 1 });
        return isMixed ? Placed(new Words(WordsOf(text[tokens[first].Start..tokens[at - 1].End])), first) : note;
    }

    // \text{“direction to } x_t\text{”} without its macros, braces and quotes
    private static string WordsOf(string caption) => SpacesPattern().Replace(
        MarkupPattern().Replace(caption, ""), " ").Trim();

    [GeneratedRegex(@"\\[A-Za-z]+|[{}]|``|''")]
    private static partial Regex MarkupPattern();

    [GeneratedRegex(@"\s+")]
    private static partial Regex SpacesPattern();

    private Root ParseRadical()
    {
        int first = at;
        string degree = Current.Value;
        at++;
        Enter();
        Expression? order = degree == "2" ? null : new Number(Tokenizer.ValueOf(degree), degree);
        if (Kind == TokenKind.Open && Current.Value == "[" && text[tokens[first].Start] == '\\')
        {
            int open = at++;
            order = ParseSum();
            RequireClose(open);
        }
        Expression radicand = ParseRadicand();
        Leave();
        return Placed(new Root(radicand, order), first);
    }

    // √(a + b), √d_k, √2x, √max(a, b): a letter with its scripts, a number, a bracket, or a function.
    private Expression ParseRadicand()
    {
        int first = at;
        Expression one = ParseFirstOfRadicand();
        bool isTyped = text[tokens[first - 1].Start] != '\\';
        bool isRun = isTyped && (one is Number || IsPlainLetter(tokens[first])) && at == first + 1 && GoesOnBelowRoot();
        return isRun ? ParseTypedRun(one, first, GoesOnBelowRoot, ParseBareLetter, "is below the root") : one;
    }

    // √2gh, √2π, √LC: plain letters right behind, and none of them carries a script.
    private bool GoesOnBelowRoot() => GoesOnTogether() && IsPlainLetter(Current)
        && Next.Kind is not (TokenKind.Sub or TokenKind.Sup or TokenKind.CombiningAccent or TokenKind.Prime)
        && !(Next.Kind == TokenKind.Open && !Next.AfterSpace);

    private static bool IsPlainLetter(Token token) => token.Kind == TokenKind.Letter
        && (token.Value == "pi" || token.Value.Length == 1 && char.IsAsciiLetter(token.Value[0]));

    private Expression ParseFirstOfRadicand()
    {
        int first = at;
        switch (Kind)
        {
            case TokenKind.Open when Current.Value == "(":
                return ParseBracketed();
            case TokenKind.GroupOpen:
                return ParseGroup();
            case TokenKind.Open or TokenKind.Bar or TokenKind.DoubleBar or TokenKind.Function or TokenKind.Big
                or TokenKind.Expectation when text[tokens[first - 1].Start] != '\\':
                return ParsePrimary();
            case TokenKind.Letter or TokenKind.Accent when Kind == TokenKind.Accent
                || text[tokens[first - 1].Start] != '\\':
                return ParseRadicandSymbol();
            default:
                return ParseArgument("√");
        }
    }

    private Expression ParseRadicandSymbol()
    {
        int first = at;
        if (Kind == TokenKind.Accent)
            return ParseAccented();
        Token token = Current;
        at++;
        var powers = new List<Script>();
        Symbol symbol = Placed(ReadMarks(SymbolOf(token), powers), first);
        Expression radicand = symbol;
        foreach (Script power in powers)
            radicand = Placed(SuperscriptConvention.Apply(radicand, power, facts), first);
        return radicand;
    }
}
