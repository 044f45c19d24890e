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
            && !(Next.AfterSpace && !IsMacroAt(token)) && !IsStepSize())
            return ParsePrefixed(first);
        at++;
        return FinishSymbol(SymbolOf(token), first);
    }

    // exp(ΔA): the step size Δ times the matrix A, and no change of A.
    private bool IsStepSize() =>
        facts.IsStepSizeBefore(tokens[Next.Kind == TokenKind.GroupOpen ? at + 2 : at + 1].Value);

    private bool IsMacroAt(Token token) => text[token.Start] == '\\';

    private Symbol SymbolOf(Token token)
    {
        var symbol = new Symbol(token.Value) { Alphabet = token.Alphabet, IsVariant = token.IsVariant };
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
        if (accent == "underline" && first > 1 && tokens[first - 1].Kind == TokenKind.GroupOpen
            && tokens[first - 2].Kind == TokenKind.Sup)
            throw Errors.At("a falling factorial is not known", Current.Start, "a quotient of factorials, n!/(n-k)!",
                text);
        at++;
        Enter();
        Expression inner = Kind switch
        {
            TokenKind.GroupOpen => ParseGroup(),
            TokenKind.Letter => ParseBareLetter(),
            TokenKind.Accent => ParseAccented(),
            TokenKind.Nabla => ParseAccentedNabla(),
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

    // \tilde\nabla_\theta L, the natural gradient
    private Call ParseAccentedNabla()
    {
        int first = at++;
        Symbol nabla = Placed(ReadMarks(new Symbol("∇") { Kind = SymbolKind.Function }, []), first);
        return Placed(new Call(nabla, ParseFactor()), first);
    }

    // Scripts behind a name, then its arguments.
    private Expression FinishSymbol(Symbol symbol, int first)
    {
        var powers = new List<Script>();
        bool isByOrder = IsByOrder(symbol);
        symbol = ReadMarks(symbol, powers);
        if (isByOrder && symbol is { Primes: 0, Subscripts.Count: 1, Superscripts.Count: 0 })
            return ByOrder(symbol, powers, first);
        SymbolKind kind = ConstantConvention.KindOf(symbol, facts, powers.Count > 0);
        if (kind != symbol.Kind)
            symbol = symbol with { Kind = kind };
        symbol = Placed(symbol, first);
        if (Expected(symbol, first) is { } expectation)
            return expectation;
        if (symbol.Letter == "1" && symbol.Alphabet != Alphabet.Plain && ParseIndicator(symbol, first) is { } indicator)
            return indicator;
        if (powers.Count > 0)
            return ApplyPowers(symbol, powers, first);
        return Kind == TokenKind.Open && !OpensModulus() ? ParseApplied(symbol, first) : symbol;
    }

    // x_{(i)}, x_{(k+1)}, x_{(⌈np⌉)}: the i-th smallest of the numbers x, as statistics writes it.
    private bool IsByOrder(Symbol symbol)
    {
        bool isInBrackets = Kind == TokenKind.Sub && Next.Kind == TokenKind.GroupOpen
            && tokens[at + 2].Is(TokenKind.Open, "(") && brackets.Partner(at + 2) == brackets.Partner(at + 1) - 1;
        return isInBrackets && brackets.Partner(at + 2) > at + 3
            && symbol.Letter is "x" or "X" or "y" or "Y" or "z" or "Z" or "L" or "p" or "u" or "U" or "e"
            && tokens[(at + 3)..brackets.Partner(at + 2)].TrueForAll(MayBePlace);
    }

    private static bool MayBePlace(Token token) => token.Kind switch
    {
        TokenKind.Letter => token.Value is "i" or "j" or "k" or "n" or "m" or "N" or "r" or "p" or "q" or "alpha",
        TokenKind.Open or TokenKind.Close => token.Value is not ("[" or "]" or "{" or "}"),
        _ => token.Kind is TokenKind.Number or TokenKind.Plus or TokenKind.Minus or TokenKind.Slash
            or TokenKind.Structure or TokenKind.GroupOpen or TokenKind.GroupClose,
    };

    private Expression ByOrder(Symbol symbol, List<Script> powers, int first)
    {
        Choose(new SourceSpan(tokens[first].Start, tokens[at - 1].End - tokens[first].Start),
            $"the place in the order by size: {symbol.Letter} sorted, the smallest first", "which entry it is");
        var sort = new Symbol("sort") { Kind = SymbolKind.Function, Alphabet = Alphabet.Upright };
        Call sorted = Placed(new Call(sort, symbol with { Subscripts = [] }), first);
        Expression result = Placed(new Element(sorted, symbol.Subscripts), first);
        foreach (Script power in powers)
            result = Placed(SuperscriptConvention.Apply(result, power, facts), first);
        return result;
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
                case TokenKind.GroupOpen when IsEmptyGroup(at) && tokens[at + 2].Kind is TokenKind.Sub or TokenKind.Sup:
                    at += 2; // v'_w{}^\top
                    break;
                case TokenKind.Plus or TokenKind.Minus when IsSignOfName():
                    symbol = symbol with { Superscripts = [.. symbol.Superscripts, TakeSign()] };
                    break;
                case TokenKind.Sub when IsElementOfTurned(symbol, powers):
                    return symbol; // (Aᵀ)₁₂
                case TokenKind.Sub when IsElementOfPower(symbol, powers):
                    Choose(powers[0].Source, "the power of the matrix, of which an element is taken",
                        "the power of the element");
                    return symbol; // (Pⁿ)ᵢⱼ
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
                case TokenKind.Sup when IsLabelWithTransposition():
                    symbol = TakeLabelWithTransposition(symbol, powers);
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

    // A^T_{12}, Σ^{-1}_{ij}: what stands above is written first, and below are two indices.
    private bool IsElementOfTurned(Symbol symbol, List<Script> powers)
    {
        bool isTurned = symbol is { Subscripts.Count: 0, Letter: [>= 'A' and <= 'Z'] or "Sigma" or "Lambda" or "Omega" }
            && powers is [{ Single: Symbol { Letter: "T" or "⊤" } or Negation { Operand: Number { Value: 1 } } }];
        return isTurned && AreTwoIndices();
    }

    // P^n_{ij}: of going from i to j in n steps.
    private bool IsElementOfPower(Symbol symbol, List<Script> powers) =>
        symbol is { Subscripts.Count: 0, Superscripts.Count: 0, Letter: "P" or "A" }
        && powers is [{ Single: Symbol { Letter: "n" or "m" or "k", IsBare: true } }] && AreTwoIndices();

    // What is below stands in braces.
    private bool AreTwoIndices()
    {
        if (Next.Kind != TokenKind.GroupOpen)
            return false;
        Token[] below = [.. tokens[(at + 2)..brackets.Partner(at + 1)].Where(token => token.Kind != TokenKind.Comma)];
        return below is [{ Kind: TokenKind.Letter, Value.Length: 1 }, { Kind: TokenKind.Letter, Value.Length: 1 }]
            or [{ Kind: TokenKind.Number, Value.Length: 1 }, { Kind: TokenKind.Number, Value.Length: 1 }]
            or [{ Kind: TokenKind.Number, Value.Length: 2 }];
    }

    // theta* = …, Q*(s, a), D*(x) = …: nothing to multiply by follows.
    private bool IsStar() => Current.Value == "Star" && !Current.AfterSpace && Next.Kind switch
    {
        TokenKind.Relation or TokenKind.Close or TokenKind.Comma or TokenKind.End or TokenKind.GroupClose => true,
        TokenKind.Open => (brackets.Inside(at + 1) & CallConvention.Separators) != BracketMap.Content.Nothing
            || facts.IsStarred(tokens[at - 1].Value),
        _ => false,
    };

    // sim(q, k+) as typed: nothing follows that could be added.
    private bool IsSignOfName() => !Current.AfterSpace && at > 0
        && (Next.Kind is TokenKind.Close or TokenKind.Comma || IsSignBeforeCondition());

    // P(D+|T+): the bracket ends behind what is given.
    private bool IsSignBeforeCondition() => at + 4 < tokens.Count && Next is { Kind: TokenKind.Bar, AfterSpace: false }
        && tokens[at + 2].Kind == TokenKind.Letter && (tokens[at + 3].Kind == TokenKind.Close
            || tokens[at + 3].Kind is TokenKind.Plus or TokenKind.Minus && tokens[at + 4].Kind == TokenKind.Close);

    // A^{[l-1]T}, W^{(l)\top}: the label of a layer, then the transposition
    private bool IsLabelWithTransposition()
    {
        if (Next.Kind != TokenKind.GroupOpen || tokens[at + 2] is not { Kind: TokenKind.Open, Value: "[" or "(" })
            return false;
        int mark = brackets.Partner(at + 2) + 1;
        return mark + 1 == brackets.Partner(at + 1)
            && tokens[mark] is { Kind: TokenKind.Letter, Value: "T" or "⊤" };
    }

    private Symbol TakeLabelWithTransposition(Symbol symbol, List<Script> powers)
    {
        at += 2;
        Enter();
        Surroundings outer = inside;
        Script label = ReadBracketScript(ScriptForm.Square, isBelow: false);
        inside = outer;
        Leave();
        powers.Add(new Script([TakeLeaf(new Symbol("⊤"))], ScriptForm.Plain));
        at++;
        return SortAbove(symbol, label, powers);
    }

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
        if (IsInverseFunction(symbol, powers, first))
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
    private bool IsInverseFunction(Symbol symbol, List<Script> powers, int first) =>
        powers is [{ Single: Negation { Operand: Number { Value: 1 } } }] && Kind == TokenKind.Open
        && Current.Value == "(" && (CallConvention.IsInverse(symbol, brackets.Inside(at), facts)
            || first > 0 && tokens[first - 1].Is(TokenKind.Relation, "∈")); // π ∈ B⁻¹(l): what B takes to l

    // 6ND FLOPs, 2P bytes: what ends a formula and stands nowhere else says what is counted.
    private bool TakeUnit(List<Expression> before)
    {
        Token unit = Current;
        bool isUnit = unit.Kind == TokenKind.Letter && UnitConvention.IsUnit(unit.Value)
            && (Next.Kind is TokenKind.End or TokenKind.Comma or TokenKind.Semicolon or TokenKind.Tail or TokenKind.Gap
                or TokenKind.RowBreak || Next.Kind == TokenKind.Times && before is [Number]) // 2 bytes × P
            && tokens.Count(token => token.Value == unit.Value) == 1;
        if (!isUnit)
            return false;
        at++;
        Choose(unit.Span, $"{unit.Value}: the unit of what stands before it", "a factor");
        return true;
    }
}
