using Nabla.Formulas.Parsing.Tokens;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Parsing.Grammar;

// 𝔼_{x∼p}[f(x)], Var(x | y), Pr(x > 0)
internal sealed partial class Parser
{
    private static ExpectationKind KindOf(string name) => name switch
    {
        "E" => ExpectationKind.Mean,
        "Var" or "var" => ExpectationKind.Variance,
        "Cov" or "cov" => ExpectationKind.Covariance,
        "Std" => ExpectationKind.StandardDeviation,
        _ => ExpectationKind.Probability,
    };

    // 𝔼²X is the square of the mean.
    private Expression ParseExpectation()
    {
        int first = at;
        var powers = new List<Expression>();
        Expression mean = ParseExpectation(powers);
        return powers.Aggregate(mean, (all, power) => Placed(new Power(all, power), first));
    }

    private Expression ParseExpectation(List<Expression> powers)
    {
        int first = at;
        Token token = Current;
        at++;
        var over = new List<Expression>();
        while (Kind is TokenKind.Sub or TokenKind.Sup)
        {
            bool isBelow = Kind == TokenKind.Sub;
            at++;
            if (isBelow)
                over.AddRange(ReadOver());
            else
            {
                Script above = ReadScript(isBelow: false);
                (above.Single is Number ? powers : over).AddRange(above.Items);
            }
        }
        if (Kind == TokenKind.Open)
            return Placed(ParseExpectationOf(KindOf(token.Value), over), first);
        ReadMoreOver(over, token.Alphabet == Alphabet.Blackboard);
        if (Kind == TokenKind.Open && over.Count > 0 && token.Value == "E")
            return Placed(ParseExpectationOf(KindOf(token.Value), over), first);
        if (!StartsFactor() || token.Value is "var" or "cov" || token.Value == "Pr" && over.Count == 0)
        {
            string letter = token.Alphabet == Alphabet.Blackboard ? token.Value[..1] : token.Value;
            return Placed(new Symbol(letter) { Subscripts = [.. over], Alphabet = token.Alphabet }, first);
        }
        Enter();
        Expression body = ParseRun(Glue.Loose);
        Leave();
        return Placed(new Expectation(KindOf(token.Value), [.. over], [body], []), first);
    }

    // E_t,x₀,ε [...] as typed: names up to the bracket, parted by commas.
    private void ReadMoreOver(List<Expression> over, bool isCertain)
    {
        if (over.Count == 0 || Kind != TokenKind.Comma)
            return;
        int next = at;
        while (tokens[next].Kind == TokenKind.Comma && (isCertain || !tokens[next + 1].AfterSpace)
               && tokens[next + 1].Kind == TokenKind.Letter)
        {
            next += 2;
            while (tokens[next].Kind == TokenKind.Sub)
                next = tokens[next + 1].Kind == TokenKind.GroupOpen ? brackets.Partner(next + 1) + 1 : next + 2;
        }
        if (!tokens[next].Is(TokenKind.Open, "["))
            return;
        while (at < next)
        {
            at++;
            int first = at;
            Symbol name = SymbolOf(tokens[at++]);
            over.Add(Placed(ReadMarks(name, []), first));
        }
    }

    // Below an expectation; as typed it may go on: E_(x,y)~p [...], E_x~p[...].
    private NodeList<Expression> ReadOver()
    {
        int first = at;
        Script script = ReadScript(isBelow: true);
        if (Kind != TokenKind.Relation || Current.Value is not ("∼" or "∈"))
            return script.Items;
        RelationOperator sign = TakeRelation();
        int start = at;
        Token token = Current;
        Expression distribution;
        if (Take(TokenKind.Letter))
        {
            var powers = new List<Script>();
            Symbol symbol = Placed(ReadMarks(SymbolOf(token), powers), start);
            bool isConditional = Kind == TokenKind.Open && Current.Value == "("
                && tokens[brackets.Partner(at) + 1].Kind == TokenKind.Open;
            distribution = isConditional ? Placed(ParseCall(symbol), start) : symbol;
        }
        else
            distribution = ParseFactor();
        return [Placed(new Relation(script.Single, sign, distribution), first)];
    }

    private Expectation ParseExpectationOf(ExpectationKind kind, List<Expression> over)
    {
        bool isRound = Current.Value == "(";
        Call call = ParseCall(new Symbol("E"));
        int bar = call.Separators.ToList().FindIndex(separator => separator is "|");
        NodeList<Expression> arguments = bar < 0 ? call.Arguments : [.. call.Arguments.Take(bar + 1)];
        NodeList<Expression> given = bar < 0 ? [] : [.. call.Arguments.Skip(bar + 1)];
        bool isRange = kind == ExpectationKind.Mean && over.Count == 0 && given.Count == 0 && StartsFactor()
            && arguments.All(item => item is Relation { Operators: [{ Kind: RelationKind.Distributed }, ..] });
        if (isRange)
            return new Expectation(kind, arguments, [ParseRun(Glue.Loose)], []);
        return new Expectation(kind, [.. over], isRound ? Squared(arguments) : arguments, given);
    }

    // E(X − μ)²: the mean of the square, as the square of the mean of what is centred is 0.
    private NodeList<Expression> Squared(NodeList<Expression> arguments)
    {
        if (Kind != TokenKind.Sup || arguments is not [Sum { Terms: var terms } sum] || !terms.Any(t => t is Negation)
            || tokens[Next.Kind == TokenKind.GroupOpen ? at + 2 : at + 1] is not { Kind: TokenKind.Number, Value: "2" }
            || Next.Kind == TokenKind.GroupOpen && brackets.Partner(at + 1) != at + 3)
            return arguments;
        SourceSpan place = Current.Span;
        at += Next.Kind == TokenKind.GroupOpen ? 4 : 2;
        Choose(place, "the square of what stands between the brackets, whose mean is taken", "the square of the mean");
        return [new Power(sum, new Number(2, "2")) { Source = SourceSpan.Cover(sum.Source, tokens[at - 1].Span) }];
    }

    // A plain E is an expectation before square brackets, or with x ∼ p below it.
    private Expectation? Expected(Symbol symbol, int first)
    {
        if (symbol is not { Letter: "E", Primes: 0, Alphabet: not Alphabet.Calligraphic })
            return null;
        var over = symbol.Subscripts.ToList();
        if (Kind == TokenKind.Relation && Current.Value == "∼" && over.Count > 0 && OpensSquareLater())
        {
            at -= 1;
            at = SubscriptStart(first);
            over = [.. ReadOver()];
        }
        ReadMoreOver(over, isCertain: false);
        bool hasDistribution = over.Exists(item => item is Relation);
        bool isCertain = hasDistribution || symbol.Alphabet == Alphabet.Blackboard;
        if (Kind == TokenKind.DoubleBar && StartsFactor() && (hasDistribution || over.Count > 1 || VariesInBars(over)))
            return Placed(new Expectation(ExpectationKind.Mean, [.. over], [ParseFactor()], []), first); // E_{t,ε}‖…‖²
        if (Kind != TokenKind.Open || Current.Value != "[" && !isCertain || !isCertain && HoldsIndex())
            return null;
        return Placed(ParseExpectationOf(ExpectationKind.Mean, over) with
        {
            Accent = symbol.Accents.Count == 1 ? symbol.Accents[0] : "",
        }, first);
    }

    // E_q[i]: row i of the embeddings, where i runs
    private bool HoldsIndex() => brackets.Partner(at) == at + 2
        && Next is { Kind: TokenKind.Letter, Value: "i" or "j" or "k" } && facts.IsIndex(Next.Value);

    // E_x‖f(x)‖²: what varies stands between the bars.
    private bool VariesInBars(List<Expression> over)
    {
        if (over is not [Symbol { IsBare: true } varied])
            return false;
        for (int i = at + 1; i < tokens.Count && tokens[i].Kind != TokenKind.DoubleBar; i++)
        {
            if (tokens[i].Is(TokenKind.Letter, varied.Letter))
                return true;
        }
        return false;
    }
}
