using Nabla.Formulas.Parsing.Conventions;
using Nabla.Formulas.Parsing.Tokens;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Parsing.Grammar;

// Signs between operands: +, ·, / and none at all.
internal sealed partial class Parser
{
    // a ‖ b by itself: no norm is open, and no bracket whose parts it would separate.
    private bool Concatenates() => Kind == TokenKind.DoubleBar && !inside.Norm && !inside.BarSeparates
        && !StartsFactor() && Next.Kind is TokenKind.Letter or TokenKind.Accent;

    private Expression ParseSum()
    {
        int first = at;
        return WithTerms(ParseSigned(), first);
    }

    // The first term with those that are added to it.
    private Expression WithTerms(Expression only, int first)
    {
        if (Kind is not (TokenKind.Plus or TokenKind.Minus or TokenKind.PlusMinus))
            return only;
        var terms = new List<Expression> { only };
        while (Kind is TokenKind.Plus or TokenKind.Minus or TokenKind.PlusMinus)
        {
            int sign = at;
            at++;
            Expression term = ParseSigned();
            if (tokens[sign].Kind == TokenKind.PlusMinus)
            {
                Expression left = terms.Count == 1 ? terms[0] : Placed(new Sum([.. terms]), first);
                terms.Clear();
                terms.Add(Placed(new Infix(tokens[sign].Value, [left, term]), first));
            }
            else
                terms.Add(tokens[sign].Kind == TokenKind.Minus ? Placed(new Negation(term), sign) : term);
        }
        return terms.Count == 1 ? terms[0] : Placed(new Sum([.. terms]), first);
    }

    // A term, perhaps with signs before it.
    private Expression ParseSigned()
    {
        int first = at;
        while (Kind is TokenKind.Plus)
            at++;
        if (Kind is not (TokenKind.Minus or TokenKind.PlusMinus))
            return ParseTerm();
        Token sign = Current;
        at++;
        int start = Current.Start;
        Enter();
        Expression term = ParseSigned();
        Leave();
        if (sign.Kind == TokenKind.Minus && ProgramSignConvention.Negated(term, text, start) is { } rounded)
            return Placed(rounded, first);
        return sign.Kind == TokenKind.Minus
            ? Placed(new Negation(term), first)
            : Placed(new Infix(sign.Value, [term]), first);
    }

    private Expression ParseTerm()
    {
        int first = at;
        Expression only = ParseRun(Glue.Loose);
        if (Kind is not (TokenKind.Times or TokenKind.Slash or TokenKind.Percent))
            return only;
        var factors = new List<Expression> { only };
        ProductSign? sign = null;
        while (Kind is TokenKind.Times or TokenKind.Slash or TokenKind.Percent)
        {
            if (inside.Integral && Current.Value == "Dot" && IsDifferential(at + 1))
            {
                at++; // ∮ F · dr
                break;
            }
            if (inside.OpenSum && HasSumBehindSign())
                break; // Σ a / Σ b divides sums: each runs by itself
            if (Kind == TokenKind.Slash)
            {
                TakeQuotient(factors, ref sign, first);
                continue;
            }
            if (Kind == TokenKind.Percent)
            {
                TakeRemainder(factors, ref sign, first);
                continue;
            }
            if (Current.Value == "Circle" && CallConvention.IsFunction(factors[^1], facts))
            {
                TakeComposition(factors, first);
                continue;
            }
            ProductSign next = ProductConvention.SignOf(Current);
            at++;
            SkipLabelOfSign();
            if (sign is not null && sign != next)
                factors = [Joined(factors, sign, first)];
            sign = next;
            factors.Add(ParseFactorBehindSign());
        }
        return Joined(factors, sign, first);
    }

    // Σ a / √(Σ b), Σ a · Σ b
    private bool HasSumBehindSign()
    {
        if (IsOpenSum(at + 1))
            return true;
        int open = Next.Kind is TokenKind.Radical or TokenKind.Structure ? at + 2 : at + 1;
        if (Kind != TokenKind.Slash || open >= tokens.Count
            || tokens[open].Kind is not (TokenKind.Open or TokenKind.GroupOpen))
            return false;
        int close = brackets.Partner(open);
        for (int i = open + 1; i < close; i++)
            if (IsOpenSum(i))
                return true;
        return false;
    }

    // A sum of which no range is written.
    private bool IsOpenSum(int token) => tokens[token] is { Kind: TokenKind.Big, Value: "sum" }
        && tokens[token + 1].Kind is not (TokenKind.Sub or TokenKind.Sup);

    // F *_l k: the convolution with the step l
    private void SkipLabelOfSign()
    {
        int sign = at - 1;
        if (!Take(TokenKind.Sub))
            return;
        Script label = ReadScript(isBelow: true);
        Choose(tokens[sign].Span, $"{Quote(label.Source)} below the sign only says which product it is", "a factor");
    }

    // f ∘ g ∘ h
    private void TakeComposition(List<Expression> factors, int first)
    {
        at++;
        Expression right = ParseRun(Glue.Loose);
        factors[^1] = factors[^1] is Infix { Sign: "∘" } chain
            ? chain with { Operands = [.. chain.Operands, right] }
            : new Infix("∘", [factors[^1], right]);
        factors[^1] = Placed(factors[^1], first);
    }

    // What stands before the stroke is divided: all of the product so far, but of a·dy/dx only the dy.
    private void TakeQuotient(List<Expression> factors, ref ProductSign? sign, int first)
    {
        if (DerivativeConvention.TrySplit(factors[^1], out Expression? before, out Expression differential))
        {
            at++;
            Expression derivative = ParseQuotient(differential);
            factors[^1] = before is null ? derivative
                : ProductConvention.Join([.. ProductConvention.FactorsOf(before), derivative], ProductSign.None);
            var last = new List<Expression> { factors[^1] };
            TakeFactorsBehindQuotient(last, first);
            factors[^1] = last[0];
            return;
        }
        Expression above = Joined(factors, sign, first);
        at++;
        Expression quotient = Placed(ParseQuotient(above), first);
        factors.Clear();
        factors.Add(quotient);
        sign = null;
        TakeFactorsBehindQuotient(factors, first);
    }

    private Expression Joined(List<Expression> factors, ProductSign? sign, int first)
    {
        if (factors.Count == 1)
            return factors[0];
        ProductSign meant = sign ?? ProductSign.None;
        if (!ElementwiseConvention.Holds(factors, meant))
            return Placed(ProductConvention.Join(factors, meant), first);
        Product product = Placed(new Product([.. factors], ProductSign.Hadamard), first);
        Choose(product.Source, "a product element by element, as of gates and scales",
            meant == ProductSign.Dot ? "a dot product" : "an outer product");
        return product;
    }

    // a · −b
    private Expression ParseFactorBehindSign()
    {
        int first = at;
        if (Kind == TokenKind.Plus)
            at++;
        if (Kind != TokenKind.Minus)
            return ParseRun(Glue.Loose);
        at++;
        Enter();
        Expression operand = ParseFactorBehindSign();
        Leave();
        return Placed(new Negation(operand), first);
    }

    // 4/3πr³, 1/3πr²h: the volumes of a ball and of a cone.
    private bool IsVolume() => Current.Value == "3" && tokens[at + 2].Is(TokenKind.Letter, "r")
        && tokens[at + 3].Kind == TokenKind.Sup;

    private Expression ParseQuotient(Expression numerator)
    {
        if (Kind == TokenKind.Slash && !Current.AfterSpace)
        {
            at++; // x // 3
            Enter();
            Expression quotient = ParseQuotient(numerator);
            Leave();
            return new Delimited(DelimiterKind.Floor, [quotient]);
        }
        int first = at;
        if (Kind == TokenKind.Minus)
        {
            at++;
            Expression negated = ParseRun(Glue.Tight);
            return new Quotient(numerator, Placed(new Negation(negated), first));
        }
        bool isCoefficient = numerator is Number && Kind == TokenKind.Number && Next.Kind == TokenKind.Letter
            && !Next.AfterSpace
            && !IsSizeAlone() && (Next.Value != "pi" || IsVolume())
            || numerator is Number && Kind == TokenKind.Number && Next.Kind == TokenKind.DoubleBar && !Next.AfterSpace;
        Expression denominator = ParseRun(isCoefficient ? Glue.One : Glue.Tight);
        if (isCoefficient)
        {
            Choose(denominator.Source,
                $"{Quote(denominator.Source)} alone is the denominator: a fraction before a letter is its coefficient",
                "everything behind the stroke is the denominator");
        }
        else if (denominator is Product { Sign: ProductSign.None } product
                 && product.Factors[0] is not Symbol { Letter: "d" or "partial" })
        {
            Choose(denominator.Source,
                $"{Quote(denominator.Source)} as a whole is the denominator, because it is written without a space",
                "only its first factor");
        }
        return denominator is Delimited bar && ProductConvention.IsOpen(bar, text) // x²/2|_{x=3}: the whole quotient
            ? bar with { Items = [DerivativeConvention.Quotient(numerator, bar.Items[0])] }
            : DerivativeConvention.Quotient(numerator, denominator);
    }

    // 1/2m, 1/2σ²: a size or a variance that ends the run stays below.
    private bool IsSizeAlone()
    {
        if (Next.Value is not ("m" or "n" or "N" or "M" or "T" or "K" or "B" or "sigma"))
            return false;
        int behind = at + 2;
        while (tokens[behind].Kind is TokenKind.Sub or TokenKind.Sup)
        {
            behind++;
            behind = tokens[behind].Kind is TokenKind.GroupOpen ? brackets.Partner(behind) + 1 : behind + 1;
        }
        return tokens[behind].AfterSpace
            || tokens[behind].Kind is TokenKind.Close or TokenKind.GroupClose or TokenKind.End
            or TokenKind.Times or TokenKind.Big;
    }

    // (a/b) c: what follows a fraction multiplies it, or is what an operator d/dx is applied to.
    private void TakeFactorsBehindQuotient(List<Expression> factors, int first)
    {
        if (!StartsFactor())
            return;
        bool isOperator = factors[0] is Derivative { Of: null };
        if (factors[0] is Quotient { Denominator: Symbol below } && Kind == TokenKind.Letter
            && text[below.Source.Start - 1] is '/' or ' ')
            Choose(below.Source, $"{Quote(below.Source)} alone is the denominator, as a space follows",
                "all that follows, too");
        Expression rest = ParseRun(Glue.Loose);
        if (isOperator)
            factors[0] = Placed(DerivativeConvention.Apply((Derivative)factors[0], rest), first);
        else
            factors[0] = Placed(ProductConvention.Join([factors[0], .. ProductConvention.FactorsOf(rest)],
                ProductSign.None), first);
    }

    // How far factors without a sign between them reach.
    private enum Glue
    {
        // As far as they go.
        Loose,

        // To the next space.
        Tight,

        // One.
        One,
    }

    private Expression ParseRun(Glue glue)
    {
        int first = at;
        if (!StartsFactor(atOperand: true))
            throw MissingOperand();
        Expression only = ParseFactor();
        if (glue == Glue.One || !StartsFactor())
            return only;
        var factors = new List<Expression> { only };
        while (glue != Glue.One && StartsFactor() && !(glue == Glue.Tight && EndsTightRun(factors[^1]))
            && !(inside.OpenSum && IsOpenSum(at)) && !TakeUnit(factors))
            factors.Add(ParseFactor());
        if (factors.Count == 1)
            return factors[0];
        Expression run = Placed(ProductConvention.Join(factors, ProductSign.None), first);
        return ProductConvention.IsEvaluated(run, text)
            ? Placed(ProductConvention.Evaluated((Product)run), first) : run;
    }

    // Behind a stroke a space, a sum and a bracket begin something new; d and ∂ hold on to what they stand before.
    private bool EndsTightRun(Expression last)
    {
        if (last is Symbol { Letter: "partial" or "d", IsBare: true } or Power { Base: Symbol { Letter: "partial" } })
            return false;
        if (Kind == TokenKind.Letter && Current.Value == "partial")
            return Current.AfterSpace && IsBeforeSlash();
        return Current.AfterSpace
            || Kind is TokenKind.Big or TokenKind.Open or TokenKind.Expectation or TokenKind.Nabla;
    }

    // ∂y/… behind ∂L/∂x begins a fraction of its own.
    private bool IsBeforeSlash()
    {
        int next = at + 1;
        while (tokens[next].Kind is TokenKind.Letter or TokenKind.Sub or TokenKind.Sup or TokenKind.Number
            or TokenKind.GroupOpen
               or TokenKind.Prime)
            next = tokens[next].Kind == TokenKind.GroupOpen ? brackets.Partner(next) + 1 : next + 1;
        return tokens[next].Kind == TokenKind.Slash;
    }

    private FormulaException MissingOperand()
    {
        Token token = Current;
        string before = at > 0 ? $" after `{Shown(tokens[at - 1])}`" : "";
        string found = token.Kind == TokenKind.End ? "" : $", not `{Shown(token)}`";
        return Errors.At($"a number, a name or a bracket expected{before}{found}", token.Start,
            "a number, a name or a bracket", text);
    }

    private string Shown(Token token) =>
        token.End > token.Start && token.End - token.Start <= 20 ? text[token.Start..token.End] : token.Value;

    private bool StartsFactor(bool atOperand = false) => Kind switch
    {
        TokenKind.Open => !OpensModulus(),
        TokenKind.Number or TokenKind.Function or TokenKind.Big or TokenKind.Expectation
            or TokenKind.GroupOpen or TokenKind.Radical or TokenKind.Nabla or TokenKind.Accent or TokenKind.Words
            or TokenKind.Begin or TokenKind.Dots => true,
        TokenKind.Letter => atOperand || !(inside.Integral && StartsDifferential()),
        TokenKind.Structure =>
            Current.Value is not ("not" or "prime-over" or "choose" or "arrow→" or "arrow←" or "pmod"),
        TokenKind.Bar => OpensBar(inside.Absolute, atOperand),
        TokenKind.DoubleBar => OpensBar(inside.Norm, atOperand),
        TokenKind.Times => atOperand && Current.Value == "Dot" && StandsForArgument(),
        TokenKind.Relation => atOperand && IsNamedIn(),
        TokenKind.Colon => atOperand && (IsWholeSlice() || OpensSlice()),
        _ => false,
    };

    // out = (in − 1) · stride: where a number is expected, "in" is a name.
    private bool IsNamedIn() => Current.Value == "∈" && text[Current.Start] == 'i';

    // f(·)
    private bool StandsForArgument() => Next.Kind is TokenKind.Close or TokenKind.Comma or TokenKind.Semicolon
        or TokenKind.Mid or TokenKind.Bar or TokenKind.DoubleBar or TokenKind.GroupClose;

    private bool OpensBar(bool closes, bool atOperand)
    {
        if (Current.Side != Side.Unknown)
            return Current.Side == Side.Left;
        if (atOperand)
            return true;
        if (closes || Next.Kind == TokenKind.Sub || Kind == TokenKind.DoubleBar && inside.Absolute)
            return false;
        return brackets.BarsFrom(at) % 2 == 0;
    }
}
