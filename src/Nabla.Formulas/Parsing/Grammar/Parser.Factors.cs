using Nabla.Formulas.Parsing.Conventions;
using Nabla.Formulas.Parsing.Tokens;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Parsing.Grammar;

// One factor: what stands at the bottom, and the signs behind it.
internal sealed partial class Parser
{
    private Expression ParseFactor()
    {
        Enter();
        int first = at;
        Expression factor = ParsePostfixes(ParsePrimary(), first);
        if (Current is { Kind: TokenKind.Letter, Value: "choose", Alphabet: Alphabet.Upright, AfterSpace: true }
            && Next.Kind is TokenKind.Letter or TokenKind.Number or TokenKind.Open)
        {
            at++;
            Expression chosen = ParsePrimary();
            factor = Placed(new Call(new Symbol("binom") { Kind = SymbolKind.Function }, factor, chosen), first);
        }
        Leave();
        return factor;
    }

    private Expression ParsePrimary() => Kind switch
    {
        TokenKind.Number => ParseNumber(),
        TokenKind.Letter => ParseLetter(),
        TokenKind.Function => ParseFunction(),
        TokenKind.Big => ParseBig(),
        TokenKind.Expectation => ParseExpectation(),
        TokenKind.Open or TokenKind.GroupOpen when IsChoiceBefore() => ParseChoiceBefore(),
        TokenKind.Open => ParseBracketed(),
        TokenKind.GroupOpen => ParseGroupFactor(),
        TokenKind.Radical => ParseRadical(),
        TokenKind.Structure => ParseStructure(),
        TokenKind.Nabla => ParseNabla(),
        TokenKind.Accent => ParseAccented(),
        TokenKind.Begin => ParseEnvironment(),
        TokenKind.Bar or TokenKind.DoubleBar => ParseBars(),
        TokenKind.Words => ParseWords(),
        TokenKind.Dots => TakeLeaf(new Ellipsis()),
        TokenKind.Times when Current.Value == "Dot" => TakeLeaf(new Symbol("·")),
        TokenKind.Colon when IsWholeSlice() => TakeLeaf(new Symbol(":") { Kind = SymbolKind.Label }),
        TokenKind.Colon when OpensSlice() => ParsePrefixRelation(),
        TokenKind.Relation when IsNamedIn() => TakeLeaf(new Symbol("in") { Alphabet = Alphabet.Upright }),
        _ => throw MissingOperand(),
    };

    private T TakeLeaf<T>(T leaf)
        where T : Expression
    {
        at++;
        return Placed(leaf, at - 1);
    }

    private Number ParseNumber()
    {
        string written = Current.Value;
        double value = Tokenizer.ValueOf(written);
        int first = at++;
        if (Kind == TokenKind.Words && Current.Value == "%")
        {
            bool isTyped = text[Current.Start] == '%';
            at++;
            Number share = Placed(new Number(value / 100, written + "%"), first);
            if (isTyped && StartsFactor())
                Choose(share.Source, $"{written}% as a percentage",
                    "the remainder of a division: put a space before the %");
            return share;
        }
        return Placed(new Number(value, written), first);
    }

    private Words ParseWords() => TakeLeaf(new Words(Current.Value));

    // {…} around a part: a symbol in braces is still that symbol.
    private Expression ParseGroupFactor()
    {
        int first = at;
        Expression content = ParseGroup();
        if (content is Product { Sign: ProductSign.None, Factors: [.., Symbol last] } product && Kind == TokenKind.Sup)
            return WithLastFinished(product, last, first);
        return content is Symbol symbol && Kind is TokenKind.Sub or TokenKind.Sup or TokenKind.Prime or TokenKind.Open
            or TokenKind.CombiningAccent
            ? FinishSymbol((Symbol)content, first)
            : content;
    }

    // {}^nC_k
    private bool IsChoiceBefore()
    {
        if (Current.Value != "{" || brackets.Partner(at) != at + 1 || tokens[at + 2].Kind != TokenKind.Sup)
            return false;
        int above = at + 3;
        int behind = tokens[above].Kind == TokenKind.GroupOpen ? brackets.Partner(above) + 1 : above + 1;
        return behind + 1 < tokens.Count && tokens[behind].Is(TokenKind.Letter, "C")
            && tokens[behind + 1].Kind == TokenKind.Sub;
    }

    private Call ParseChoiceBefore()
    {
        int first = at;
        at += 3;
        Expression n = ReadScript(isBelow: false).Single;
        at += 2;
        Expression k = ReadScript(isBelow: true).Single;
        return Placed(new Call(new Symbol("binom") { Kind = SymbolKind.Function }, n, k), first);
    }

    // \mathbf{U\Sigma V}^\top: braces are not seen on paper, so that what stands above stands above the V.
    private Product WithLastFinished(Product product, Symbol last, int first)
    {
        Expression finished = FinishSymbol(last, first);
        Product whole = Placed(product with { Factors = [.. product.Factors.SkipLast(1), finished] }, first);
        Choose(whole.Source, $"{Quote(finished.Source)}: what stands above belongs to {last.Letter} alone",
            "to the whole in braces");
        return whole;
    }

    private Expression ParseGroup()
    {
        int open = at;
        Require(TokenKind.GroupOpen, "`{`");
        int close = brackets.Partner(open);
        if (Kind == TokenKind.GroupClose)
        {
            at++;
            return StartsFactor(atOperand: true) ? ParseFactor() : throw MissingOperand();
        }
        Enter();
        Surroundings outer = inside;
        inside = new Surroundings { Integral = outer.Integral };
        Expression content = ParseItems(close, out _, out _) is var items && items.Count == 1
            ? items[0]
            : new Collection(CollectionKind.Tuple, items);
        inside = outer;
        RequireClose(open);
        Leave();
        return content.Source.Length == 0 ? Placed(content, open) : content;
    }

    private void RequireClose(int open)
    {
        if (at != brackets.Partner(open))
        {
            Token bracket = tokens[open];
            throw Errors.Expected("an operator or a closing bracket", Current.Start, text,
                $" for the `{Shown(bracket)}` at {bracket.Start}, before `{Shown(Current)}`");
        }
        at++;
    }

    // Things listed up to a closing bracket, and the signs between them.
    private NodeList<Expression> ParseItems(int close, out NodeList<string> separators, out bool isEmpty)
    {
        var items = new List<Expression>();
        var signs = new List<string>();
        isEmpty = at == close;
        while (at < close)
        {
            items.Add(ParseItem());
            if (at >= close)
                break;
            string? sign = Separator();
            if (sign is null)
                break;
            if (at == close)
                break;
            signs.Add(sign);
        }
        separators = [.. signs];
        return [.. items];
    }

    private string? Separator()
    {
        string? sign = Kind switch
        {
            TokenKind.Comma => ",",
            TokenKind.Semicolon or TokenKind.RowBreak => ";",
            TokenKind.Mid => Current.Value,
            TokenKind.Bar => "|",
            TokenKind.DoubleBar => "‖",
            TokenKind.Colon when inside.ColonSeparates => ":",
            TokenKind.Gap => ",",
            _ => null,
        };
        if (sign is null)
            return null;
        bool isGap = Kind == TokenKind.Gap;
        at++;
        while (Kind is TokenKind.Gap || isGap && Kind == TokenKind.Comma)
            at++;
        return sign;
    }

    private Expression ParseItem()
    {
        int first = at;
        while (Kind == TokenKind.Gap)
            at++;
        Expression item = ParseStatement();
        if (Kind == TokenKind.Structure && Current.Value is "prime-over" or "choose")
            return ParseOver(item, first);
        if (Kind is not (TokenKind.Tail or TokenKind.Quantifier))
            return item;
        return ParseItemTail(item, first);
    }

    private Qualified ParseItemTail(Expression item, int first)
    {
        string word = Kind == TokenKind.Quantifier ? "for all" : Current.Value;
        at++;
        if (Kind is TokenKind.Comma or TokenKind.Gap)
            at++;
        Expression condition = CanEnd(Kind) || Kind == TokenKind.Comma ? new Words(word) : ParseStatement();
        return Placed(new Qualified(item, word, condition), first);
    }

    // {a \over b}
    private Expression ParseOver(Expression above, int first)
    {
        bool isBinomial = Current.Value == "choose";
        at++;
        Expression below = ParseStatement();
        return isBinomial
            ? Placed(new Call(new Symbol("binom") { Kind = SymbolKind.Function }, above, below), first)
            : Placed(DerivativeConvention.Quotient(above, below), first);
    }

    // Scripts, primes and signs behind something that is no symbol.
    private Expression ParsePostfixes(Expression operand, int first)
    {
        for (int count = 0; ; count++)
        {
            if (count > DeepestNesting)
                throw Errors.At("too many signs behind one another", Current.Start, "a simpler formula", text);
            switch (Kind)
            {
                case TokenKind.Sup:
                    at++;
                    operand = Placed(WithAbove(operand, WithIndex(ReadScript(isBelow: false), operand)), first);
                    break;
                case TokenKind.Sub:
                    bool isList = tokens[first] is { Kind: TokenKind.Open, Value: "[" or "(" }
                        && brackets.Partner(first) == at - 1;
                    bool isSquare = tokens[first].Is(TokenKind.Open, "[") && brackets.Partner(first) == at - 1;
                    at++;
                    Script below = ReadScript(isBelow: true);
                    if (isList && operand is Symbol && below.Single is Relation { Members: [Symbol, _] })
                        operand = new Collection(CollectionKind.Tuple, [operand]); // [x_i]_{i=1}^n
                    operand = isSquare && Kind == TokenKind.Sup
                        && BetweenConvention.VariableOf(operand, below) is { } variable
                        ? Placed(ParseBetween(operand, below, variable), first)
                        : Placed(SubscriptConvention.Apply(operand, below), first);
                    break;
                case TokenKind.Prime:
                    at++;
                    operand = Placed(new Postfix(operand, PostfixSign.Transpose), first);
                    Choose(operand.Source, "′ behind a bracket: the transpose", "a derivative");
                    break;
                case TokenKind.Factorial when Next.Kind == TokenKind.Factorial && !Next.AfterSpace:
                    throw Errors.At("`!!` is the double factorial, which is not computed", Current.Start,
                        "a product, as 5·3·1", text);
                case TokenKind.Factorial:
                    at++;
                    operand = Placed(new Postfix(operand, PostfixSign.Factorial), first);
                    break;
                case TokenKind.Bar or TokenKind.Mid when IsEvaluation():
                    at += 2;
                    Script point = ReadScript(isBelow: true);
                    operand = Kind == TokenKind.Sup ? Placed(ParseBetweenAtBar(operand, point), first)
                        : Placed(new Delimited(DelimiterKind.EvaluatedAt, [operand], point.Single), first);
                    break;
                case TokenKind.Open when Current.Value == "(" && IsTransform(operand):
                    operand = Placed(ParseCall(operand), first);
                    break;
                case TokenKind.Open when Current.Value == "[" && !Current.AfterSpace && IsElementOf(operand):
                    operand = Placed(ParseIndex(operand), first);
                    break;
                default:
                    return operand;
            }
        }
    }

    // f(x)[i], inv(A)[1, 2], (A @ x)[2]: which entry it is; (a + b)[c + d] is a product.
    private bool IsElementOf(Expression operand)
    {
        BracketMap.Content content = brackets.Inside(at) & ~BracketMap.Content.Comma;
        if (operand is Call || operand is Element element && element.Indices.All(IsPlace))
            return content == BracketMap.Content.Nothing;
        bool isGroup = tokens[at - 1].Kind is TokenKind.Close or TokenKind.GroupClose
            && text[tokens[at].Start - 1] == ')';
        return isGroup && content == BracketMap.Content.Nothing && tokens[(at + 1)..brackets.Partner(at)]
            .TrueForAll(token => token.Kind is TokenKind.Number or TokenKind.Comma);
    }

    // W_{:,j}, A[1, :]: all of that dimension.
    private bool IsWholeSlice() => at > 0 && tokens[at - 1].Kind is TokenKind.Comma or TokenKind.GroupOpen
        or TokenKind.Open && Next.Kind is TokenKind.Comma or TokenKind.GroupClose or TokenKind.Close;

    // x[:n]
    private bool OpensSlice() =>
        at > 0 && (tokens[at - 1].Is(TokenKind.Open, "[") || tokens[at - 1].Kind == TokenKind.Comma);

    private static bool IsPlace(Expression index) =>
        index is Number or Negation or Sum or Symbol { Letter: not ":", Kind: not SymbolKind.Label };

    // 2^rel_i as typed: the index belongs to what stands above.
    private Script WithIndex(Script above, Expression operand)
    {
        bool isTyped = operand is Number && above is { Form: ScriptForm.Plain, Items: [Symbol { IsBare: true }] }
            && tokens[at - 1].Kind == TokenKind.Letter && Kind == TokenKind.Sub;
        if (!isTyped)
            return above;
        at++;
        return above with
        {
            Items = [SubscriptConvention.Mark((Symbol)above.Items[0], ReadScript(isBelow: true))],
        };
    }

    // 𝓕{f}(ω): what a transform makes of f is a function too.
    private bool IsTransform(Expression operand) => tokens[at - 1].Kind == TokenKind.Close
        && tokens[brackets.Partner(at - 1)].Value is "{" or "["
        && operand is Call { Function: Symbol { Alphabet: Alphabet.Calligraphic, Letter: "F" or "L" or "Z" or "H" } };

    // (f ∘ g)⁻¹(x)
    private Expression WithAbove(Expression operand, Script above)
    {
        Expression raised = SuperscriptConvention.Apply(operand, above, facts);
        return raised is Postfix { Sign: PostfixSign.Inverse, Operand: Infix } && IsAppliedGroup()
            ? ParseCall(raised) : raised;
    }

    // [x²]₀²
    private Expression ParseBetween(Expression operand, Script below, Symbol variable)
    {
        at++;
        Expression above = ReadScript(isBelow: false).Single;
        if (below.Single is Number { Value: > 0 })
            Choose(below.Source, "the difference of the values at both ends", "a power of an entry");
        return BetweenConvention.Read(operand, variable, (below.Single, above));
    }

    // F(x)|_a^b; of x²/2|_a^b the bar stands behind the 2 alone.
    private Expression ParseBetweenAtBar(Expression operand, Script below)
    {
        if (BetweenConvention.VariableOf(operand, below) is { } variable && operand.All().Contains(variable))
            return ParseBetween(operand, below, variable);
        throw Errors.At("what takes two values is not clear: put square brackets around all of it", Current.Start,
            "[F(x)]_a^b", text);
    }

    // f(x)|_{x=0}
    private bool IsEvaluation() => Next.Kind == TokenKind.Sub && !inside.Absolute && Current.Side != Side.Left;

    // x[1] and A[:, 1]: programs count from 0, formulas from 1.
    private void NoteProgram(Expression target, NodeList<Expression> indices)
    {
        if (indices.Any(index => index is Number { Value: >= 1 }))
            Choose(target.Source, "entries counted from 1, as in formulas", "counted from 0, as in programs");
    }

    private Element ParseIndex(Expression target)
    {
        int open = at++;
        Surroundings outer = inside;
        inside = default;
        NodeList<Expression> indices = ParseItems(brackets.Partner(open), out _, out _);
        inside = outer;
        RequireClose(open);
        NoteProgram(target, indices);
        return target is Element first ? first with { Indices = [.. first.Indices, .. indices] }
            : new Element(target, indices); // X[i][j] is X[i, j]
    }
}
