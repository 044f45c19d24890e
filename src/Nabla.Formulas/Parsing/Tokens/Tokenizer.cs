using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Parsing.Tokens;

/// <summary>
/// Cuts a text into tokens. All three styles become the same tokens: <c>\hat{x}_i^2</c>, <c>x̂ᵢ²</c> and
/// <c>x_hat_i^2</c> differ in what the parser sees only where the styles say different things.
/// </summary>
internal sealed partial class Tokenizer
{
    private readonly string text;
    private readonly bool isLatex;
    private readonly string declaredName;
    private readonly IReadOnlySet<char> boundLetters;
    private readonly List<Token> tokens;
    private readonly Stack<Group> groups = new([new Group(Alphabet.Plain, Script.None, '\0', 0)]);
    private readonly List<Choice> choices;
    private readonly int end;
    private int at;
    private int openBrackets;
    private bool afterSpace;
    private Alphabet? nextAlphabet;
    private Side nextSide;
    private bool nextIsMiddle;

    // What a brace opened.
    private readonly record struct Group(Alphabet Alphabet, Script Script, char Closing, int Start);

    private enum Script
    {
        None,
        Below,
        Above,
    }

    private Tokenizer(string text, List<Choice> choices)
    {
        this.text = text;
        this.choices = choices;
        end = text.Length;
        tokens = new List<Token>(text.Length / 3 + 8);
        isLatex = HasMacro(text);
        declaredName = NameBeforeEquals(text);
        boundLetters = BoundLetters.In(text);
    }

    /// <summary>All tokens, and one of kind <see cref="TokenKind.End"/> behind them.</summary>
    /// <exception cref="FormulaException">A character means nothing in a formula, or a brace stays open.</exception>
    public static List<Token> Read(string text, List<Choice> choices)
    {
        var tokenizer = new Tokenizer(text, choices);
        tokenizer.ReadAll();
        return tokenizer.tokens;
    }

    /// <summary>Whether there is a backslash before a letter.</summary>
    public static bool HasMacro(string text)
    {
        for (int i = text.IndexOf('\\'); i >= 0 && i + 1 < text.Length; i = text.IndexOf('\\', i + 2))
        {
            if (char.IsAsciiLetter(text[i + 1]))
                return true;
            if (i + 2 >= text.Length)
                break;
        }
        return false;
    }

    private void ReadAll()
    {
        while (at < end)
            ReadOne();
        if (groups.Count > 1)
        {
            Group open = groups.Peek();
            string name = tokens.Find(token => token.Kind == TokenKind.Begin && token.Start == open.Start).Value ?? "";
            if (name.Length > 0)
                throw Errors.Expected($"`\\end{{{name}}}`", end, text,
                    $" to close the `\\begin{{{name}}}` at {open.Start}");
            throw Errors.Expected("`}`", end, text, $" to close the `{{` at {open.Start}");
        }
        tokens.Add(new Token(TokenKind.End, "", end, end) { AfterSpace = true });
    }

    private void ReadOne()
    {
        char c = text[at];
        if (char.IsWhiteSpace(c) || IsInvisible(c))
        {
            afterSpace |= !IsInvisible(c);
            at++;
        }
        else if (c == '\\')
            ReadMacro();
        else if (char.IsAsciiDigit(c) || c == '.' && at + 1 < end && char.IsAsciiDigit(text[at + 1]) && !AfterDot())
            ReadNumber();
        else if (ReadMember() || ReadMathClass() || SkipModule() || SkipSetting() || ReadMethod() || ReadAttribute())
            return;
        else if (char.IsAsciiLetter(c))
            ReadLetters();
        else if (IsCode())
            throw CodeGiven();
        else if (!(c == '@' && ReadCutOff(at + 1)) && !ReadSpacedDots() && !ReadStructural(c) && !ReadTag()
            && !ReadSign() && !ReadCounted() && !ReadSpecialForm())
            throw Errors.At($"`{Character()}` means nothing in a formula", at, "a letter, a number or a sign", text);
    }

    // Characters that stand for structure in every style.
    private bool ReadStructural(char c)
    {
        switch (c)
        {
            case '{':
                OpenBrace();
                return true;
            case '}':
                CloseBrace();
                return true;
            case '_':
                Add(TokenKind.Sub, "_", 1);
                return true;
            case '^':
                Add(TokenKind.Sup, "^", 1);
                return true;
            case '$':
                at++;
                return true;
            case '~' when IsBlankTilde():
                at++;
                return afterSpace = true;
            case '&' when at + 1 < end && text[at + 1] == '&':
                return isLatex ? Add(TokenKind.Align, "&", 2) : Add(TokenKind.Connective, "∧", 2);
            case '&':
                return ReadEntity() || !IsBitwise() && Add(TokenKind.Align, "&", 1);
            case '%':
                return isLatex ? SkipComment() : IsPercentage() ? ReadPercentage() : Add(TokenKind.Percent, "%", 1);
            case '.':
                return ReadDot();
            case '"' or '“' or '”' or '„':
                return ReadQuoted();
            default:
                return false;
        }
    }

    private bool Add(TokenKind kind, string value, int length) => AddAt(kind, value, at, at + length);

    // Adds a token and goes on behind it.
    private bool AddAt(TokenKind kind, string value, int start, int stop)
    {
        AddSlope(kind, start);
        tokens.Add(new Token(kind, value, start, stop) { AfterSpace = afterSpace, Side = nextSide });
        if (kind == TokenKind.Open)
            openBrackets++;
        if (kind == TokenKind.Close)
            openBrackets--;
        afterSpace = false;
        nextSide = Side.Unknown;
        at = stop;
        return true;
    }

    private void AddLetter(string letter, int start, int stop, Alphabet? alphabet = null)
    {
        Alphabet set = alphabet ?? nextAlphabet ?? groups.Peek().Alphabet;
        nextAlphabet = null;
        string? expectation = set == Alphabet.Blackboard
            ? letter switch { "E" => "E", "P" => "Pr", "V" => "Var", _ => null }
            : null;
        if (set == Alphabet.Blackboard && letter == "I")
            letter = "1";
        AddAt(expectation is null ? TokenKind.Letter : TokenKind.Expectation, expectation ?? letter, start, stop);
        tokens[^1] = tokens[^1] with { Alphabet = set };
    }

    private void OpenBrace()
    {
        TokenKind? before = tokens.Count > 0 ? tokens[^1].Kind : null;
        Script script =
            before switch { TokenKind.Sub => Script.Below, TokenKind.Sup => Script.Above, _ => Script.None };
        bool isSet = !isLatex && script == Script.None;
        groups.Push(new Group(nextAlphabet ?? groups.Peek().Alphabet, script, isSet ? '}' : '\0', at));
        nextAlphabet = null;
        Add(isSet ? TokenKind.Open : TokenKind.GroupOpen, "{", 1);
    }

    private void CloseBrace()
    {
        if (groups.Count == 1)
            throw Errors.At("`}` closes nothing", at, "an operator or the end", text);
        Group group = groups.Pop();
        nextAlphabet = null;
        if (tokens is [.., { Kind: TokenKind.Letter or TokenKind.GroupOpen or TokenKind.Times },
            { Kind: TokenKind.Times, Value: "Dot" }])
            tokens[^1] = tokens[^1] with { Kind = TokenKind.Letter, Value = "·" }; // L_{i \cdot}
        bool holdsOperator = tokens.Count > 1 && tokens[^1].Kind == TokenKind.Expectation
            && tokens[^2].Kind == TokenKind.GroupOpen
            && !(tokens.Count > 2 && tokens[^3].Kind is TokenKind.Accent or TokenKind.Sub or TokenKind.Sup);
        if (holdsOperator)
        {
            // \mathbb{E} needs no braces any more.
            tokens.RemoveAt(tokens.Count - 2);
            at++;
            return;
        }
        Add(group.Closing == '}' ? TokenKind.Close : TokenKind.GroupClose, "}", 1);
    }

    private bool SkipComment()
    {
        int line = text.IndexOf('\n', at);
        at = line < 0 ? end : line + 1;
        return true;
    }

    // " . " between operands is the dot product; at the end of a line it ends the sentence.
    private bool ReadDot()
    {
        if (text.AsSpan(at).StartsWith(".."))
            return false;
        if (ReadTransposition())
            return true;
        if (nextSide != Side.Unknown)
        {
            bool closes = nextSide == Side.Right;
            nextSide = Side.Unknown;
            at++;
            return AddAt(closes ? TokenKind.Close : TokenKind.Skip, ".", at - 1, at);
        }
        bool isLast = string.IsNullOrWhiteSpace(text[(at + 1)..].TrimEnd('$', '}'));
        if (!isLast && afterSpace && at + 1 < end && text[at + 1] == ' ')
            return Add(TokenKind.Times, "Dot", 1);
        if (!isLast && !(at + 1 < end && (char.IsWhiteSpace(text[at + 1]) || text[at + 1] == '\\')))
            return false;
        at++;
        return true;
    }

    // K.T as in NumPy
    private bool ReadTransposition()
    {
        bool isMeant = at + 1 < end && text[at + 1] == 'T' && !(at + 2 < end && char.IsLetterOrDigit(text[at + 2]))
            && !afterSpace && tokens.Count > 0 && tokens[^1].Kind is TokenKind.Letter or TokenKind.Close;
        return isMeant && AddAt(TokenKind.Sup, "^", at, at + 1) && AddAt(TokenKind.Letter, "⊤", at, at + 1);
    }

    private bool ReadQuoted()
    {
        int close = text.AsSpan(at + 1).IndexOfAny("\"”“");
        if (close <= 0)
            return false;
        AddLetter(text.Substring(at + 1, close), at, at + close + 2, Alphabet.Upright);
        return true;
    }

    private bool ReadSign()
    {
        for (int length = Math.Min(Notation.LongestSign, end - at); length > 0; length--)
        {
            ReadOnlySpan<char> sign = text.AsSpan(at, length);
            if (char.IsAsciiLetter(sign[^1]) || !Notation.TryFind(sign, out Meaning meaning))
                continue;
            if (sign is "<-" && (isLatex || at + 2 < end && char.IsAsciiDigit(text[at + 2]) && !afterSpace))
                continue; // x < −λ
            bool isInScript = tokens is [.., { Kind: TokenKind.Sub or TokenKind.Sup }];
            if (isInScript && sign is "+=" or "-=")
                continue; // x^+= as typed
            if (sign is "**" && (isInScript || tokens is [.., { Kind: TokenKind.Sub }, { Kind: TokenKind.GroupOpen }]))
                return Add(TokenKind.Times, "Star", 1) && Add(TokenKind.Comma, ",", 0)
                    && Add(TokenKind.Times, "Star", 1);
            int stop = at + length;
            AddMeaning(meaning, at, stop);
            if (meaning is { Kind: TokenKind.Letter, Value: not "pi" } && char.IsLetter(text[stop - 1]) && !isInScript)
                ReadDigitsBelow(stop); // β1 as typed is β₁
            return true;
        }
        return false;
    }

    private bool AddMeaning(Meaning meaning, int start, int stop)
    {
        switch (meaning.Kind)
        {
            case TokenKind.Letter:
                AddGreek(meaning.Value, start, stop);
                return true;
            case TokenKind.Times when meaning.Value == "Power":
                return AddAt(TokenKind.Sup, "^", start, stop);
            case TokenKind.Bar when nextIsMiddle:
                nextIsMiddle = false;
                return AddAt(TokenKind.Mid, "|", start, stop);
            case TokenKind.DoubleBar when nextIsMiddle:
                nextIsMiddle = false;
                return AddAt(TokenKind.Mid, "‖", start, stop);
            case TokenKind.Tail when meaning.Value == "for all":
                return AddAt(TokenKind.Quantifier, "∀", start, stop);
            case TokenKind.Tail when meaning.Value == "exists":
                return AddAt(TokenKind.Quantifier, "∃", start, stop);
            case TokenKind.Infix when meaning.Value == "mod" && IsCalledAt(stop):
                return AddAt(TokenKind.Function, "mod", start, stop);
            default:
                return AddAt(meaning.Kind, meaning.Value, start, stop);
        }
    }

    // mod(a, b), but not 7 mod (3)
    private bool IsCalledAt(int stop) => stop < end && text[stop] == '(' && text.IndexOf(',', stop) > 0
        && (tokens.Count == 0 || tokens[^1].Kind is not (TokenKind.Number or TokenKind.Letter or TokenKind.Close
            or TokenKind.GroupClose or TokenKind.Prime or TokenKind.Bar));

    // A capital Σ or Π typed as a character is mostly the sign of a sum or a product.
    private void AddGreek(string letter, int start, int stop)
    {
        bool isBig = stop - start == 1 ? text[start] is 'Σ' or 'Π' && IsBigOperator(start)
            : letter is "Sigma" or "Pi" && IsBeforeRange(stop);
        if (isBig)
            AddAt(TokenKind.Big, letter == "Sigma" ? "sum" : "prod", start, stop);
        else
        {
            if (IsParameter(letter, start, stop))
                AddAt(TokenKind.Sub, "_", start, start);
            AddLetter(letter, start, stop);
        }
    }

    // πθ(a|s), fθ(x): parameters typed without a subscript.
    private bool IsParameter(string letter, int start, int stop)
    {
        bool follows = letter is "theta" or "phi" or "psi" && stop - start == 1 && stop < end && text[stop] == '('
            && tokens.Count > 0 && tokens[^1].Kind == TokenKind.Letter && tokens[^1].End == start && !afterSpace
            && tokens[^1].Value is "f" or "p" or "q" or "pi" or "epsilon" or "mu" or "g" or "h" or "D" or "G" or "s"
                or "v" or "Q" or "V" or "r";
        if (follows)
        {
            choices.Add(new Choice(new SourceSpan(start, stop - start),
                $"{letter} below the letter before it, as parameters are",
                "a factor"));
        }
        return follows;
    }

    private bool IsBigOperator(int sign)
    {
        int next = sign + 1;
        bool touchesLetter = sign > 0 && !IsOfStatistics(sign)
            && (char.IsLetter(text[sign - 1]) || UnicodeForms.TryRaised(text[sign - 1], out _));
        if (IsNumberBelow(next))
            return false; // Σ₁Σ₂
        if (next < end && (text[next] == '_' || UnicodeForms.TryLowered(text[next], out _)))
            return true;
        while (next < end && text[next] == ' ')
            next++;
        bool isBetweenMatrices = next < end && tokens is [.., { Value: "U" or "V" or "Q" or "P" }]
            && text[next] is 'U' or 'V' or 'Q' or 'P'; // UΣV*
        if (touchesLetter || isBetweenMatrices || next >= end || UnicodeForms.TryRaised(text[next], out _))
            return false;
        return char.IsLetterOrDigit(text[next]) || text[next] is '(' or '[' or '|' or '√' or '\\'
            || char.IsSurrogate(text[next]);
    }

    private bool IsNumberBelow(int next)
    {
        int behind = next;
        while (behind < end && UnicodeForms.TryLowered(text[behind], out char low) && char.IsAsciiDigit(low))
            behind++;
        return behind > next && (behind == end || !UnicodeForms.TryRaised(text[behind], out _)
            && !UnicodeForms.TryLowered(text[behind], out _));
    }

    // nΣxy − ΣxΣy
    private bool IsOfStatistics(int sign) => text[sign - 1] is 'n' or 'N' or 'x' or 'y' && sign + 1 < end
        && text[sign + 1] is 'x' or 'y' or '(' && text.AsSpan().Count('Σ') > 1;

    // \Sigma_{i=1}
    private bool IsBeforeRange(int stop) => stop + 3 < end && text[stop] == '_' && text[stop + 1] == '{'
        && char.IsAsciiLetter(text[stop + 2]) && text[stop + 3] == '=';

    private static bool IsInvisible(char c) =>
        c is '\u200b' or '\u200c' or '\u200d' or '\u2060' or '\u2061' or '\u2062' or '\u2063' or '\ufeff' or '\ufe0e'
            or '\ufe0f';

    private bool AfterDot() => at > 0 && text[at - 1] == '.';

    private string Character() =>
        char.IsHighSurrogate(text[at]) && at + 1 < end ? text.Substring(at, 2) : text[at].ToString();
}
