using Nabla.Formulas.Parsing.Conventions;
using Nabla.Formulas.Parsing.Tokens;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Parsing.Grammar;

// What stands below and above.
internal sealed partial class Parser
{
    // Behind _ or ^.
    private Script ReadScript(bool isBelow)
    {
        int first = at;
        Enter();
        Surroundings outer = inside;
        inside = default;
        Script script = Kind switch
        {
            TokenKind.GroupOpen => ReadGroupScript(isBelow),
            TokenKind.Open when Current.Value == "(" => ReadBracketScript(ScriptForm.Parentheses, isBelow),
            TokenKind.Open when Current.Value == "[" && !isBelow => ReadBracketScript(ScriptForm.Square, isBelow),
            _ => ReadBareScript(isBelow),
        };
        inside = outer;
        Leave();
        int stop = tokens[Math.Max(first, at - 1)].End;
        return script with
        {
            Source = new SourceSpan(tokens[first].Start, stop - tokens[first].Start),
            IsEntrywise = script.IsEntrywise || !isBelow && tokens[first - 1].End - tokens[first - 1].Start == 2,
        };
    }

    private Script ReadGroupScript(bool isBelow)
    {
        int open = at++;
        int close = brackets.Partner(open);
        bool isEntrywise = !isBelow && Current.Is(TokenKind.Times, "Circle") && at + 1 < close; // A^{∘2}
        if (isEntrywise)
            at++;
        ScriptForm form = ScriptForm.Plain;
        bool wraps = Kind == TokenKind.Open && brackets.Partner(at) == close - 1;
        if (wraps && Current.Value is "(" or "[" or "⟨")
            form = Current.Value == "[" ? ScriptForm.Square : ScriptForm.BracedParentheses;
        else if (at == close - 1 && SignName(Current) is not null)
            form = ScriptForm.Sign;
        var items = new List<Expression>();
        if (!isBelow && form == ScriptForm.Plain && SignName(Current) == "star")
            items.Add(TakeSign()); // f^{*b}
        while (at < close)
        {
            Expression item = ParseScriptItem(close);
            if (item is Delimited { Kind: DelimiterKind.Average, Items: [var step] })
                item = step; // c^{⟨t⟩}
            items.AddRange(isBelow ? Separated(item) : [item]);
            if (at < close && Separator() is null && item is not Symbol { Letter: ":" })
                break;
        }
        RequireClose(open);
        return new Script([.. items], form) { IsEntrywise = isEntrywise };
    }

    private Script ReadBracketScript(ScriptForm form, bool isBelow)
    {
        int open = at++;
        inside = inside with { BarSeparates = true };
        NodeList<Expression> items = ParseItems(brackets.Partner(open), out _, out bool isEmpty);
        if (isEmpty)
            throw MissingOperand();
        RequireClose(open);
        return new Script([.. items.SelectMany(item =>
            !isBelow && form != ScriptForm.Square && IsProductOfNumbers(item) ? [item] : Separated(item))], form);
    }

    // e^(rt), not W^(ij)
    private static bool IsProductOfNumbers(Expression item) => item is Product product
        && !product.Factors.All(factor => factor is Symbol { Letter: "i" or "j" or "k" or "l", IsBare: true });

    private Script ReadBareScript(bool isBelow)
    {
        int first = at;
        if (Kind == TokenKind.Relation && isBelow)
            return new Script([ParsePrefixRelation()], ScriptForm.Plain);
        bool isOfName = isBelow && first > 1 && Next.Is(TokenKind.Letter, tokens[first - 2].Value); // n_-n_+
        bool isSign = SignName(Current) is not null // A^+b, [x]_+b
            && (isOfName || !(Kind == TokenKind.Minus && Next.Kind is TokenKind.Number or TokenKind.Letter
                && !Next.AfterSpace));
        if (isSign)
            return new Script([TakeSign()], ScriptForm.Sign);
        if (Take(TokenKind.Minus))
        {
            Expression operand = isBelow ? ParseBareOperand() : ParseBareExponent();
            return new Script([Placed(new Negation(operand), first)], ScriptForm.Plain);
        }
        return new Script([isBelow ? ParseBareOperand() : ParseBareExponent()], ScriptForm.Plain);
    }

    // x^y^z is x^(y^z), as wherever powers are typed; ⌊…⌋ and |…| above need no braces.
    private Expression ParseBareExponent()
    {
        int first = at;
        if (Kind == TokenKind.Open)
            return ParseBracketed();
        if (Kind is TokenKind.Bar or TokenKind.DoubleBar)
            return ParseBars();
        if (IsCalledAbove())
            return ParsePrimary();
        Expression exponent = ParseBareOperand();
        if (exponent is Number && Kind == TokenKind.Factorial && !Current.AfterSpace
            && Next.Kind != TokenKind.Factorial)
        {
            at++;
            return Placed(new Postfix(exponent, PostfixSign.Factorial), first); // 2^3!
        }
        if (GoesOnAbove(first))
            return ParseTypedRun(exponent, first, GoesOnTogether, ParseFactor, "stands above");
        if (IsTypedFraction(exponent))
            return ParseTypedFraction(exponent, first);
        if (Kind != TokenKind.Sup || exponent is not (Number or Symbol { Kind: SymbolKind.Variable }) ||
            exponent is Symbol { Letter: "T" or "⊤" })
            return exponent;
        at++;
        Power power = Placed(new Power(exponent, ReadScript(isBelow: false).Single), first);
        if (Kind == TokenKind.Slash && !Current.AfterSpace && !Next.AfterSpace)
            Choose(power.Source, $"{Quote(power.Source)} alone stands above, and the whole is divided",
                "what is behind the stroke stands above, too: put it in brackets");
        return power;
    }

    // e^2x, e^-kt as typed: all that is written together stands above; of other powers it is told that it does not.
    private bool GoesOnAbove(int first)
    {
        bool isRun = !Tokenizer.HasMacro(text) && GoesOnTogether() && first > 1
            && tokens[first].Kind is TokenKind.Letter or TokenKind.Number;
        int sign = first - 1 - (tokens[first - 1].Kind == TokenKind.Minus ? 1 : 0);
        if (!isRun || sign < 1 || tokens[sign].Kind != TokenKind.Sup || text[tokens[sign].Start] != '^')
            return false;
        bool isOfE = tokens[sign - 1].Is(TokenKind.Letter, "e");
        if (!isOfE && tokens[first].Kind == TokenKind.Letter && Kind == TokenKind.Letter)
            Choose(tokens[first].Span, $"{Quote(tokens[first].Span)} alone stands above",
                "all that is written together");
        return isOfE;
    }

    // Without a space, and no dx.
    private bool GoesOnTogether() => Kind is TokenKind.Letter or TokenKind.Number && !Current.AfterSpace
        && !(Current.Value == "d" && Next.Kind == TokenKind.Letter && !Next.AfterSpace);

    private Expression ParseTypedRun(
        Expression one, int first, Func<bool> goesOn, Func<Expression> parse, string where)
    {
        var factors = new List<Expression> { one };
        while (goesOn())
            factors.Add(parse());
        Expression run = Placed(ProductConvention.Join(factors, ProductSign.None), first);
        Choose(run.Source, $"{Quote(run.Source)} as a whole {where}, as it is written together",
            "only its first factor");
        return run;
    }

    // Where the tokens keep a function's kind above, it is applied.
    private bool IsCalledAbove() => Kind is TokenKind.Function or TokenKind.Big && Next.Is(TokenKind.Open, "(")
        && !Next.AfterSpace && !Tokenizer.HasMacro(text);

    // D^-1/2, n^1/3: nobody halves a first power; ** binds as in Python, and x^1/n may be x/n.
    private bool IsTypedFraction(Expression exponent) => exponent is Number { Value: 1 } && !Tokenizer.HasMacro(text)
        && Kind == TokenKind.Slash && !Current.AfterSpace && !Next.AfterSpace && Next.Kind == TokenKind.Number
        && text[tokens[tokens[at - 2].Kind == TokenKind.Minus ? at - 3 : at - 2].Start] == '^'
        && tokens[at + 2].Kind is not (TokenKind.Sub or TokenKind.Sup or TokenKind.Factorial);

    private Expression ParseTypedFraction(Expression one, int first)
    {
        at++;
        Expression power = Placed(new Quotient(one, ParseBareOperand()), first);
        Choose(power.Source, $"{Quote(power.Source)} as a whole stands above", "only the 1 stands above");
        return power;
    }

    // A single letter, number, or structure; its own scripts are not read.
    private Expression ParseBareOperand() => Kind switch
    {
        TokenKind.Letter => ParseBareLetter(),
        TokenKind.Function or TokenKind.Big or TokenKind.Expectation or TokenKind.Tail or TokenKind.To
            or TokenKind.Infix
            or TokenKind.Connective => TakeLeaf(new Symbol(Current.Value) { Kind = SymbolKind.Label }),
        TokenKind.Number or TokenKind.Structure or TokenKind.Radical or TokenKind.Dots or TokenKind.Words
            or TokenKind.Accent => ParsePrimary(),
        _ => throw MissingOperand(),
    };

    private Symbol ParseBareLetter()
    {
        Token token = Current;
        SymbolKind kind = token.Value == "infinity" ? SymbolKind.Constant
            : token.Alphabet == Alphabet.Upright && token.Value.Length > 1 ? SymbolKind.Label : SymbolKind.Variable;
        Symbol symbol = TakeLeaf(
            new Symbol(token.Value) { Alphabet = token.Alphabet, Kind = kind, IsVariant = token.IsVariant });
        int first = at - 1;
        while (Kind == TokenKind.CombiningAccent)
        {
            symbol = symbol with { Accents = [.. symbol.Accents, Current.Value] };
            at++;
        }
        return Placed(symbol, first);
    }

    private Expression ParseScriptItem(int close)
    {
        int first = at;
        if (Kind == TokenKind.Times && Current.Value == "Dot" && Next.Kind is TokenKind.Letter or TokenKind.Comma)
            return TakeLeaf(new Symbol(":") { Kind = SymbolKind.Label }); // X_{·j}
        if (Kind == TokenKind.Gap)
            at++;
        if (Kind == TokenKind.Relation || Kind == TokenKind.Colon && !IsWholeSlice()
            || Kind == TokenKind.Infix && Current.Value == "∖")
            return ParsePrefixRelation();
        bool isLast = at + 1 == close || tokens[at + 1].Kind is TokenKind.Comma;
        if (isLast && SignName(Current) is not null)
            return TakeSign();
        if (isLast
            && Kind is TokenKind.Function or TokenKind.Big or TokenKind.Tail or TokenKind.To or TokenKind.Expectation)
            return ParseBareOperand();
        if (Kind == TokenKind.Letter && isLast)
            return ParseBareLetter();
        inside = inside with { BarSeparates = true };
        Expression item = ParseStatement();
        if (Kind == TokenKind.RowBreak)
            at++;
        return Kind is TokenKind.Tail or TokenKind.Quantifier ? ParseItemTail(item, first) : item;
    }

    // x_{<t}, x_{:t}
    private Infix ParsePrefixRelation()
    {
        int first = at;
        string sign = Current.Value;
        at++;
        bool isBare = tokens[first - 1].Kind == TokenKind.Sub;
        Expression operand = isBare && Kind != TokenKind.GroupOpen ? ParseBareOperand() : ParseSum();
        return Placed(new Infix(sign, [operand]), first);
    }

    // Symbols side by side below something are as many indices.
    private static IEnumerable<Expression> Separated(Expression item) =>
        item is Product { Sign: ProductSign.None } product && product.Factors.All(factor => factor is Symbol)
            ? product.Factors
            : item is Collection { Kind: CollectionKind.Tuple, Source.Length: > 0 } tuple
                && !tuple.Items.Any(i => i is Ellipsis)
                ? tuple.Items
                : [item];

    private static string? SignName(Token token) => token.Kind switch
    {
        TokenKind.Times when token.Value is "Star" or "Convolution" => "star",
        TokenKind.Times when token.Value == "Circle" => "circ",
        TokenKind.Plus => "plus",
        TokenKind.Minus => "minus",
        TokenKind.PlusMinus => "pm",
        TokenKind.Prime => "prime",
        TokenKind.Relation when token.Value is "⟂" => "perp",
        TokenKind.Relation when token.Value is "→" => "to",
        TokenKind.Relation when token.Value is "≠" => "ne",
        _ => null,
    };

    private Symbol TakeSign() => TakeLeaf(new Symbol(SignName(Current)!) { Kind = SymbolKind.Label });
}
