using Nabla.Formulas.Parsing.Conventions;
using Nabla.Formulas.Parsing.Tokens;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Parsing.Grammar;

// Names with everything on them, and whether they are applied to what follows.
internal sealed partial class Parser
{
    private Expression ParseLetter()
    {
        int first = at;
        Token token = Current;
        if (token.Value == "Delta" && (Next.Kind is TokenKind.Letter or TokenKind.Accent || IsLetterInGroup(at + 1))
            && !(Next.AfterSpace && !IsMacroAt(token)))
            return ParsePrefixed(first);
        at++;
        return FinishSymbol(SymbolOf(token), first);
    }

    private bool IsMacroAt(Token token) => text[token.Start] == '\\';

    private Symbol SymbolOf(Token token)
    {
        var symbol = new Symbol(token.Value) { Alphabet = token.Alphabet };
        return symbol with { Kind = ConstantConvention.KindOf(symbol, facts, isPowerBase: Kind == TokenKind.Sup) };
    }

    // ΔW
    private Expression ParsePrefixed(int first)
    {
        at++;
        Enter();
        Expression operand = Kind switch
        {
            TokenKind.Letter => ParseLetter(),
            TokenKind.GroupOpen => ParseGroupFactor(),
            _ => ParseAccented(),
        };
        Leave();
        return Placed(Prefixed(operand), first);
    }

    // \mathbf{x}
    private bool IsLetterInGroup(int open) => tokens[open].Kind == TokenKind.GroupOpen
        && tokens[open + 1].Kind == TokenKind.Letter && brackets.Partner(open) == open + 2;

    private static Expression Prefixed(Expression operand) => operand switch
    {
        Symbol symbol => symbol with { Prefix = "Delta" },
        Power power => power with { Base = Prefixed(power.Base) },
        Postfix postfix => postfix with { Operand = Prefixed(postfix.Operand) },
        Call { Function: Symbol } call => call with { Function = Prefixed(call.Function) },
        _ => new Product([new Symbol("Delta"), operand]),
    };

    private Expression ParseAccented()
    {
        int first = at;
        string accent = Current.Value;
        at++;
        Enter();
        Expression inner = Kind switch
        {
            TokenKind.GroupOpen => ParseGroup(),
            TokenKind.Letter => ParseBareLetter(),
            TokenKind.Accent => ParseAccented(),
            TokenKind.Open or TokenKind.Function or TokenKind.Number => ParsePrimary(),
            _ => throw MissingOperand(),
        };
        Leave();
        if (accent == "underline")
            return inner is Symbol plain ? FinishSymbol(plain, first) : inner;
        if (inner is Symbol symbol)
            return FinishSymbol(symbol with { Accents = [.. symbol.Accents, accent] }, first);
        return Placed(AccentConvention.Over(inner, accent), first);
    }

    // Scripts behind a name, then its arguments.
    private Expression FinishSymbol(Symbol symbol, int first)
    {
        var powers = new List<Script>();
        symbol = ReadMarks(symbol, powers);
        symbol = symbol with { Kind = ConstantConvention.KindOf(symbol, facts, powers.Count > 0) };
        symbol = Placed(symbol, first);
        if (Expected(symbol, first) is { } expectation)
            return expectation;
        if (symbol.Letter == "1" && symbol.Alphabet != Alphabet.Plain && ParseIndicator(symbol, first) is { } indicator)
            return indicator;
        if (powers.Count > 0)
            return ApplyPowers(symbol, powers, first);
        return Kind == TokenKind.Open ? ParseApplied(symbol, first) : symbol;
    }

    private Symbol ReadMarks(Symbol symbol, List<Script> powers)
    {
        int count = 0;
        while (true)
        {
            if (++count > DeepestNesting)
                throw Errors.At("too many signs on one name", Current.Start, "a simpler formula", text);
            switch (Kind)
            {
                case TokenKind.CombiningAccent:
                    symbol = symbol with { Accents = [.. symbol.Accents, Current.Value] };
                    at++;
                    break;
                case TokenKind.Prime:
                    symbol = symbol with { Primes = symbol.Primes + Current.Value.Length };
                    at++;
                    break;
                case TokenKind.Times when IsStar():
                    symbol = symbol with { Superscripts = [.. symbol.Superscripts, TakeSign()] };
                    break;
                case TokenKind.Sub when !(Next.Kind == TokenKind.GroupOpen && IsEmptyGroup(at + 1)):
                    at++;
                    symbol = SubscriptConvention.Mark(symbol, ReadScript(isBelow: true));
                    ChooseBelow(symbol);
                    break;
                case TokenKind.Sub:
                    at += 3;
                    break;
                case TokenKind.Sup when IsPrimes(at + 1):
                    at++;
                    symbol = TakePrimes(symbol);
                    break;
                case TokenKind.Sup:
                    at++;
                    symbol = SortAbove(symbol, ReadScript(isBelow: false), powers);
                    break;
                default:
                    return symbol;
            }
        }
    }

    // theta* = …, Q*(s, a), D*(x) = …: nothing to multiply by follows.
    private bool IsStar() => Current.Value == "Star" && !Current.AfterSpace && Next.Kind switch
    {
        TokenKind.Relation or TokenKind.Close or TokenKind.Comma or TokenKind.End or TokenKind.GroupClose => true,
        TokenKind.Open => (brackets.Inside(at + 1) & CallConvention.Separators) != BracketMap.Content.Nothing
            || at == 1 && tokens[brackets.Partner(at + 1) + 1].Kind == TokenKind.Relation,
        _ => false,
    };

    private bool IsEmptyGroup(int open) => tokens[open + 1].Kind == TokenKind.GroupClose;

    // ^\prime, ^{\prime\prime}
    private bool IsPrimes(int token)
    {
        int from = tokens[token].Kind == TokenKind.GroupOpen ? token + 1 : token;
        return tokens[from].Kind == TokenKind.Prime;
    }

    private Symbol TakePrimes(Symbol symbol)
    {
        int close = Kind == TokenKind.GroupOpen ? brackets.Partner(at) : -1;
        if (close > 0)
            at++;
        int primes = symbol.Primes;
        while (Kind == TokenKind.Prime)
        {
            primes += Current.Value.Length;
            at++;
        }
        symbol = symbol with { Primes = primes };
        if (close < 0)
            return symbol;
        if (at < close)
        {
            Enter();
            symbol = symbol with { Superscripts = [.. symbol.Superscripts, ParseSum()] };
            Leave();
        }
        if (at != close)
            throw Errors.Expected("`}`", Current.Start, text);
        at++;
        return symbol;
    }

    // x_t-1 as typed: below stands only the t.
    private void ChooseBelow(Symbol symbol)
    {
        Expression? last = symbol.Subscripts.Count > 0 ? symbol.Subscripts[^1] : null;
        bool isDoubtful = last is Symbol { Letter.Length: 1 } && tokens[at - 1].Kind == TokenKind.Letter
            && Kind is TokenKind.Minus or TokenKind.Plus && !Current.AfterSpace && Next.Kind == TokenKind.Number
                && !Next.AfterSpace;
        if (!isDoubtful)
            return;
        string index = ((Symbol)last!).Letter;
        string rest = Current.Value + Next.Value;
        Choose(new SourceSpan(Current.Start, Next.End - Current.Start),
            $"only {symbol.Letter}_{index} has the index; {rest} is a term of its own",
            $"{symbol.Letter} with the index {index}{rest}: write it in braces");
    }

    private Symbol SortAbove(Symbol symbol, Script script, List<Script> powers)
    {
        if (symbol is { Letter: "e", IsBare: true }
            && script is { Form: ScriptForm.Plain, Items: [Symbol { IsBare: true } exponent] }
            && tokens[at - 1].Kind == TokenKind.Letter && Kind == TokenKind.Sub)
        {
            // e^x_i as typed: the index belongs to the x.
            at++;
            script = script with { Items = [SubscriptConvention.Mark(exponent, ReadScript(isBelow: true))] };
        }
        Above above = SuperscriptConvention.Read(symbol, script, facts);
        if (above.Reason.Length > 0)
            Choose(script.Source, above.Reason, above.Instead);
        if (above.Kind == AboveKind.Label)
        {
            IEnumerable<Expression> labels = script.Items.SelectMany(Separated).Select(SubscriptConvention.AsLabel);
            return symbol with { Superscripts = [.. symbol.Superscripts, .. labels] };
        }
        powers.Add(script);
        return symbol;
    }

    private Expression ApplyPowers(Symbol symbol, List<Script> powers, int first)
    {
        if (IsInverseFunction(symbol, powers))
            return ParseApplied(symbol with { Superscripts = [.. symbol.Superscripts, powers[0].Single] }, first);
        Expression result = symbol;
        bool isApplied = Kind == TokenKind.Open && Current.Value == "(" && powers.Count == 1
            && CallConvention.AppliesPower(symbol, brackets.Inside(at), facts);
        if (isApplied)
            result = ParseApplied(symbol, first);
        foreach (Script power in powers)
            result = Placed(SuperscriptConvention.Apply(result, power, facts), first);
        return result;
    }

    // f⁻¹(x)
    private bool IsInverseFunction(Symbol symbol, List<Script> powers) =>
        powers is [{ Single: Negation { Operand: Number { Value: 1 } } }] && Kind == TokenKind.Open
        && Current.Value == "(" && CallConvention.IsInverse(symbol, brackets.Inside(at), facts);

    private Expression ParseApplied(Symbol symbol, int first)
    {
        if (symbol.IsInverse)
            return Placed(ParseCall(symbol with { Kind = SymbolKind.Function }), first);
        if (symbol is { Letter: "I", IsBare: true } && brackets.Inside(at).HasFlag(BracketMap.Content.Relation)
            && (brackets.Inside(at) & CallConvention.Separators) == BracketMap.Content.Nothing)
            return Placed(new Delimited(DelimiterKind.Indicator, ParseCall(symbol).Arguments), first);
        if (CallConvention.IsDistribution(symbol, first > 0 ? tokens[first - 1] : default, brackets.Inside(at)))
            return Placed(ParseCall(symbol with { Kind = SymbolKind.Distribution }), first);
        if (CallConvention.IsNeighbourhood(symbol, first > 0 ? tokens[first - 1] : default, brackets.Inside(at)))
            return Placed(ParseCall(symbol with { Kind = SymbolKind.Set }), first);
        bool isIndex = Current.Value == "[" && !Current.AfterSpace
            && (CallConvention.IsIndexed(symbol, brackets.Inside(at)) || HoldsNumber(symbol));
        if (isIndex)
            return Placed(ParseIndex(symbol), first);
        BracketMap.Content content = brackets.Inside(at);
        if (symbol.Letter == "G" && Next.Is(TokenKind.Structure, "frac"))
            content |= BracketMap.Content.Factors;
        Decision decision = CallConvention.Decide(symbol, Current, content, facts);
        if (decision.IsCall && FollowsTransposition(first) && brackets.Inside(at).HasFlag(BracketMap.Content.Terms))
            decision = new(false, $"{symbol.Letter} times the bracket, because a transposed vector stands before it");
        if (decision.IsCall && IsTransposedGroup() && !CallConvention.IsFunction(symbol, facts))
            decision = new(false, $"{symbol.Letter} times the bracket, because the bracket is transposed");
        if (!decision.IsCall)
        {
            if (decision.Reason.Length > 0)
                Choose(symbol.Source, decision.Reason, $"{symbol.Letter} applied to the bracket");
            return symbol;
        }
        if (decision.Reason.Length > 0)
            Choose(symbol.Source, decision.Reason, $"{symbol.Letter} times the bracket");
        SymbolKind kind = CallConvention.IsDeviation(symbol, facts) ? SymbolKind.Variable : SymbolKind.Function;
        Call call = Placed(ParseCall(symbol with { Kind = kind }), first);
        if (kind == SymbolKind.Function && KnownFunctions.IsOfScores(call))
            Choose(symbol.Source, "σ: the softmax, because it is taken of scores divided by a root", "the sigmoid");
        return call;
    }

    // δ(a)ᵀ
    private bool IsTransposedGroup()
    {
        int behind = brackets.Partner(at) + 1;
        if (tokens[behind].Kind != TokenKind.Sup)
            return false;
        Token above = tokens[tokens[behind + 1].Kind == TokenKind.GroupOpen ? behind + 2 : behind + 1];
        return above is { Kind: TokenKind.Letter, Value: "⊤" or "T" };
    }

    // padding[0]
    private bool HoldsNumber(Symbol symbol) => symbol.Alphabet == Alphabet.Upright && Next.Kind == TokenKind.Number
        && brackets.Partner(at) == at + 2 && KnownFunctions.Find(symbol.Letter) is null;

    // xᵀH(x − y): H is a matrix between two vectors.
    private bool FollowsTransposition(int first)
    {
        int before = first - 1;
        if (before > 1 && tokens[before].Kind == TokenKind.GroupClose)
            before--;
        return before > 0 && tokens[before] is { Kind: TokenKind.Letter, Value: "⊤" or "T" }
            && tokens[before - 1].Kind is TokenKind.Sup or TokenKind.GroupOpen;
    }

    private Call ParseCall(Expression function)
    {
        int open = at;
        Enter();
        at++;
        Surroundings outer = inside;
        inside = new Surroundings { BarSeparates = true };
        NodeList<Expression> items = ParseItems(brackets.Partner(open), out NodeList<string> separators, out _);
        inside = outer;
        RequireClose(open);
        Leave();
        return new Call(function, items, separators);
    }
}
