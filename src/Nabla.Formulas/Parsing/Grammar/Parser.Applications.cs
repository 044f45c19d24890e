using Nabla.Formulas.Parsing.Conventions;
using Nabla.Formulas.Parsing.Tokens;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Parsing.Grammar;

// Known functions, expectations, gradients.
internal sealed partial class Parser
{
    private Expression ParseFunction()
    {
        int first = at;
        Token token = Current;
        if (token.Value == "arg" && Next is { Kind: TokenKind.Big, Value: "max" or "min" })
        {
            at++;
            return ParseBig();
        }
        at++;
        var powers = new List<Script>();
        var symbol = new Symbol(token.Value) { Kind = SymbolKind.Function, Alphabet = token.Alphabet };
        symbol = Placed(ReadMarks(symbol, powers), first);
        if (symbol is { Letter: "lg", Subscripts.Count: 0 })
            Choose(symbol.Source, "lg: the logarithm to the base 10",
                "the logarithm to the base 2, as in computer science: write \\log_2");
        if (powers is [{ Single: Negation { Operand: Number { Value: 1 } } }])
        {
            powers.Clear();
            symbol = FunctionConvention.Inverse(symbol);
        }
        Expression call = ParseFunctionArgument(symbol, first);
        foreach (Script power in powers)
            call = Placed(SuperscriptConvention.Apply(call, power, facts), first);
        return call;
    }

    private Expression ParseFunctionArgument(Symbol function, int first)
    {
        if (Kind == TokenKind.Open && Current.Value is "(" or "[" or "{" && !IsShareBeforeSum())
            return Placed(GeneratorConvention.WithList(ParseCall(function)), first);
        if (Kind == TokenKind.GroupOpen)
            return Placed(new Call(function, ParseGroup()), first);
        bool startsNegative = Kind == TokenKind.Minus && FunctionConvention.TakesSign(function)
            && !FollowsSpaceAfterSign();
        if (startsNegative)
        {
            int sign = at++;
            Expression negated = ParseRun(Glue.Loose);
            if (Kind == TokenKind.Slash && function.Letter == "exp" && Next.Is(TokenKind.Open, "("))
                negated = OverBracket(negated, sign + 1);
            else if (Kind == TokenKind.Slash)
                negated = WithDivisor(function, negated, sign + 1);
            return Placed(new Call(function, Placed(new Negation(negated), sign)), first);
        }
        if (!StartsFactor() || Kind is TokenKind.Dots)
            return Placed(function with { Kind = SymbolKind.Variable }, first);
        Enter();
        Expression argument = ParseBareArgument(function);
        Leave();
        return argument is Postfix { Sign: PostfixSign.Transpose, Operand: Call inner } transposed
            ? Placed(transposed with { Operand = new Call(function, inner) { Source = inner.Source } }, first)
            : Placed(new Call(function, argument), first);
    }

    private bool FollowsSpaceAfterSign() => Next.AfterSpace;

    // cos 2πk/N x_k: the number of a list is multiplied by the cosine.
    private bool IsIndexed() => Kind == TokenKind.Letter && Next.Kind == TokenKind.Sub;

    // log (1/N) Σ: what is written apart from the function is a mean, and its logarithm is taken.
    private bool IsShareBeforeSum() => Current.Is(TokenKind.Open, "(") && Current.AfterSpace
        && tokens[at + 1].Kind == TokenKind.Number && tokens[at + 2].Kind == TokenKind.Slash
        && brackets.Partner(at) == at + 4 && tokens[at + 5].Kind == TokenKind.Big;

    // log ŷ, log p(x), cos 2πft: a number goes on to what it multiplies, brackets end it.
    private Expression ParseBareArgument(Symbol function)
    {
        int first = at;
        var factors = new List<Expression> { ParseFactor() };
        while (StartsFactor() && (FunctionConvention.GoesOn(function, factors[^1])
                && Kind is TokenKind.Letter or TokenKind.Number or TokenKind.Accent or TokenKind.GroupOpen
                    or TokenKind.Radical
            || factors.Count == 1 && !IsIndexed() && FunctionConvention.IsCoefficient(function, factors[0], Current)))
            factors.Add(ParseFactor());
        Expression argument = factors.Count == 1
            ? factors[0]
            : Placed(ProductConvention.Join(factors, ProductSign.None), first);
        if (factors.Count > 1
            && !factors.TrueForAll(factor => factor is Number or Symbol { Kind: SymbolKind.Constant }))
            Choose(argument.Source, $"{Quote(argument.Source)} as a whole is the argument, up to the next sign",
                "only its first factor");
        if (Kind == TokenKind.Slash && argument is not Call)
            return WithDivisor(function, argument, first);
        if (Kind != TokenKind.Slash || !IsRatioOfCalls())
            return argument;
        at++;
        Expression denominator = ParseFactor();
        Expression ratio = Placed(new Quotient(argument, denominator), first);
        Choose(ratio.Source,
            $"{Quote(ratio.Source)} as a whole is the argument: the ratio of two probabilities or functions",
            "the function of the numerator, divided");
        return ratio;
    }

    // log p/q, sin πx/L
    private Expression WithDivisor(Symbol function, Expression argument, int first)
    {
        if (IsOddsOf(function, argument))
            return OverBracket(argument, first);
        if (EndOfDivisor() is not { } end)
            return argument;
        bool isTight = !Current.AfterSpace && !Next.AfterSpace;
        bool hasSameScript = Values(first + 1, at).SequenceEqual(Values(at + 2, end), StringComparer.Ordinal);
        if (!FunctionConvention.Divides(function, argument, Next, (isTight, hasSameScript)))
            return argument;
        at++;
        Quotient ratio = Placed(new Quotient(argument, ParseFactor()), first);
        Choose(ratio.Source, $"{Quote(ratio.Source)} as a whole is the argument, as it is written together",
            "the function, divided");
        return ratio;
    }

    // log p/(1 − p)
    private bool IsOddsOf(Symbol function, Expression argument) => function.Letter is "log" or "ln"
        && argument is Symbol { IsBare: true } p && Next.Is(TokenKind.Open, "(") && !Next.AfterSpace
        && tokens[at + 2].Is(TokenKind.Number, "1") && tokens[at + 3].Kind == TokenKind.Minus
        && tokens[at + 4].Is(TokenKind.Letter, p.Letter) && brackets.Partner(at + 1) == at + 5;

    // exp -x²/(2σ²)
    private Expression OverBracket(Expression above, int first)
    {
        at++;
        Expression ratio = Placed(new Quotient(above, ParseFactor()), first);
        Choose(ratio.Source, $"{Quote(ratio.Source)} as a whole is the argument", "the function, divided");
        return ratio;
    }

    // Behind the one letter or number below the stroke, with its subscript; null where more belongs to it.
    private int? EndOfDivisor()
    {
        if (Next.Kind is not (TokenKind.Letter or TokenKind.Number))
            return null;
        int end = at + 2;
        if (tokens[end].Kind == TokenKind.Sub)
            end = tokens[end + 1].Kind == TokenKind.GroupOpen ? brackets.Partner(end + 1) + 1 : end + 2;
        Token behind = tokens[Math.Min(end, tokens.Count - 1)];
        bool goesOn = behind.Kind is TokenKind.Sup or TokenKind.Prime or TokenKind.Factorial or TokenKind.Sub
            || !behind.AfterSpace && behind.Kind is TokenKind.Letter or TokenKind.Number or TokenKind.Open
                or TokenKind.GroupOpen or TokenKind.Structure or TokenKind.Radical or TokenKind.Function;
        return goesOn ? null : end;
    }

    private IEnumerable<string> Values(int from, int to) => tokens.Take(to).Skip(from).Select(token => token.Value);

    // log p(x)/q(x)
    private bool IsRatioOfCalls()
    {
        int next = at + 1;
        if (tokens[next].Kind != TokenKind.Letter)
            return false;
        next++;
        while (tokens[next].Kind is TokenKind.Sub or TokenKind.Sup)
        {
            next++;
            next = tokens[next].Kind is TokenKind.GroupOpen or TokenKind.Open ? brackets.Partner(next) + 1 : next + 1;
        }
        return tokens[next].Kind == TokenKind.Open && tokens[next].Value == "(";
    }

    private int SubscriptStart(int first)
    {
        int token = first;
        while (tokens[token].Kind != TokenKind.Sub)
            token++;
        return token + 1;
    }

    // E_x~p_data [: the bracket comes after the name of the distribution.
    private bool OpensSquareLater()
    {
        for (int i = at + 1; i < tokens.Count && i < at + 12; i++)
        {
            if (tokens[i].Is(TokenKind.Open, "["))
                return true;
            if (tokens[i].Kind is TokenKind.Open or TokenKind.GroupOpen)
                i = brackets.Partner(i);
            else if (tokens[i].Kind is not (TokenKind.Letter or TokenKind.Sub or TokenKind.Sup or TokenKind.Number))
                return false;
        }
        return false;
    }

    // ∇θ J(θ) as typed: a letter that touches the ∇ and stands apart from what follows.
    private bool NamesVariable() => Kind == TokenKind.Letter && !Current.AfterSpace && text[tokens[at - 1].Start] == '∇'
        && Next.AfterSpace
        && Next.Kind is TokenKind.Letter or TokenKind.Function or TokenKind.Big or TokenKind.Expectation;

    // grad_f(x), grad_J as typed: nobody differentiates by a function or a loss.
    private bool IsGradientOfNamed(int first, List<Expression> variables) =>
        char.IsAsciiLetter(text[tokens[first].Start])
        && variables is [Symbol { IsBare: true, Letter: "f" or "g" or "F" or "J" or "L" or "ell" or "loss" }];

    private Expression ParseNamedFunction(Symbol function) => Kind == TokenKind.Open && !Current.AfterSpace
        ? Placed(ParseCall(function with { Kind = SymbolKind.Function }), at) : function;

    // ∇_θ L, ∇²f, ∇·v
    private Expression ParseNabla()
    {
        int first = at;
        at++;
        var variables = new List<Expression>();
        GradientKind kind = GradientKind.Gradient;
        while (Kind is TokenKind.Sub or TokenKind.Sup)
        {
            bool isBelow = Kind == TokenKind.Sub;
            at++;
            Script script = ReadScript(isBelow);
            if (isBelow)
                variables.AddRange(script.Items);
            else if (script.Single is Number { Value: 2 })
            {
                kind = GradientKind.Second;
                if (variables.Count == 0 && Kind != TokenKind.Sub)
                    Choose(tokens[first].Span, "∇²: the matrix of second derivatives, the Hessian",
                        "the Laplacian, the sum of those on its diagonal");
            }
            else
                throw Errors.Expected("2", script.Source.Start, text, " as the exponent of ∇");
        }
        if (Kind == TokenKind.Times && Current.Value == "Dot")
        {
            kind = GradientKind.Divergence;
            at++;
        }
        if (IsGradientOfNamed(first, variables))
            return Placed(new Gradient(kind, [], ParseNamedFunction((Symbol)variables[0])), first);
        if (!StartsFactor())
        {
            bool isName = variables.Count == 0 && char.IsAsciiLetter(text[tokens[first].Start]);
            return isName ? Placed(new Symbol("grad"), first) : Placed(new Gradient(kind, [.. variables], null), first);
        }
        if (variables.Count == 0 && NamesVariable())
        {
            variables.Add(ParseBareLetter());
            Choose(tokens[first].Span, $"the gradient by {Quote(variables[0].Source)}, written without a subscript",
                "the gradient of it");
        }
        Enter();
        Expression of = Kind != TokenKind.Number ? ParseFactor()
            : Next.Kind == TokenKind.Slash ? ParseTerm() : ParseRun(Glue.Loose);
        if (of is Quotient or Delimited && GradientConvention.IsConstant(of, variables))
        {
            bool isMultiplied = Kind == TokenKind.Times && Current.Value is "Dot" or "Cross" or "Star";
            at += isMultiplied ? 1 : 0;
            if (isMultiplied || StartsFactor())
                of = ProductConvention.Join([of, ParseRun(Glue.Loose)], ProductSign.None);
        }
        Leave();
        return Placed(GradientConvention.Of(kind, [.. variables], of), first);
    }
}
