using Nabla.Formulas.Parsing.Conventions;
using Nabla.Formulas.Parsing.Tokens;
using Nabla.Formulas.Trees;
using Range = Nabla.Formulas.Trees.Range;

namespace Nabla.Formulas.Parsing.Grammar;

// Σ, Π, ∫, max, argmin, lim.
internal sealed partial class Parser
{
    private static readonly Dictionary<string, BigOperatorKind> BigKinds = new(StringComparer.Ordinal)
    {
        ["sum"] = BigOperatorKind.Sum,
        ["prod"] = BigOperatorKind.Product,
        ["int"] = BigOperatorKind.Integral,
        ["max"] = BigOperatorKind.Max,
        ["min"] = BigOperatorKind.Min,
        ["argmax"] = BigOperatorKind.ArgMax,
        ["argmin"] = BigOperatorKind.ArgMin,
        ["sup"] = BigOperatorKind.Supremum,
        ["inf"] = BigOperatorKind.Infimum,
        ["lim"] = BigOperatorKind.Limit,
        ["union"] = BigOperatorKind.Union,
        ["intersection"] = BigOperatorKind.Intersection,
        ["concat"] = BigOperatorKind.Concatenation,
        ["directsum"] = BigOperatorKind.Sum,
        ["coprod"] = BigOperatorKind.Product,
        ["hadamard"] = BigOperatorKind.Product,
    };

    // Where a min or max over the whole formula may begin: at its start, and behind another one.
    private int problem;

    // The dx that stood above a stroke in the integral that is read.
    private readonly List<Expression> differentials = [];

    private Expression ParseBig()
    {
        int first = at;
        Token token = Current;
        bool isArgument = token.Value is "max" or "min" && at > 0 && tokens[at - 1].Is(TokenKind.Function, "arg");
        string name = isArgument ? "arg" + token.Value : token.Value;
        BigOperatorKind kind = BigKinds[name];
        at++;
        Enter();
        Range? range = ReadRange(kind);
        while (Kind == TokenKind.Gap && range is not null)
            at++; // \underset{θ}{\min} \quad f(θ)
        Expression result = ParseBigWith(kind, range, token, name, first);
        Leave();
        return result;
    }

    private Expression ParseBigWith(BigOperatorKind kind, Range? range, Token token, string name, int first)
    {
        bool isFunction =
            kind is BigOperatorKind.Max or BigOperatorKind.Min or BigOperatorKind.Supremum or BigOperatorKind.Infimum;
        bool isClosed = Kind == TokenKind.Bar && inside.Absolute; // |Σ|
        if (text[token.Start] is 'Σ' or 'Π' && (isClosed || !StartsFactor(atOperand: true) && Kind != TokenKind.Minus))
        {
            at = first + 1; // N(x | μ_k, Σ_k): nothing is there to be added up
            return FinishSymbol(new Symbol(kind == BigOperatorKind.Sum ? "Sigma" : "Pi"), first);
        }
        if (range is null && isFunction && (IsCommand(token) || IsProblem(first)))
            return Placed(new BigOperator(kind, Range.Unstated, ParseSum()), first); // minimise f(x)
        if (range is null && isFunction)
            return ParseFunctionArgument(new Symbol(name) { Kind = SymbolKind.Function }, first);
        if (kind == BigOperatorKind.Integral)
            return ParseIntegral(range ?? Range.Unstated, first);
        if (range is null && !StartsFactor(atOperand: true) && Kind != TokenKind.Minus
            && char.IsLetter(text[token.Start]))
            return Placed(new Symbol(name), first);
        bool isTyped = char.IsAsciiLetter(text[token.Start]);
        if (range is null && isTyped && Kind == TokenKind.Open && !Current.AfterSpace)
            return ParseTypedSum(kind, name, first);
        BigOperator big = OverPairs(new BigOperator(kind, range ?? Range.Unstated, ParseBody(kind, range, first)));
        return kind == BigOperatorKind.Product ? WithoutRest(big, first) : Placed(big, first);
    }

    // ∏_{j<i} (1 − α_j) α_i: what does not vary and stands last is no part of the product, or it would be a power.
    private Expression WithoutRest(BigOperator big, int first)
    {
        if (big is not { Body: Product { Sign: ProductSign.None or ProductSign.Dot or ProductSign.Times } body }
            || big.Range.Variables is not ([Symbol] or [Symbol, Symbol]))
            return Placed(big, first);
        var index = (Symbol)big.Range.Variables[0]; // in ∏_{s<t} the s runs
        int last = body.Factors.ToList().FindLastIndex(factor => factor.All().Any(part =>
            part is Symbol symbol && symbol.Name == index.Name));
        if (last < 0 || last == body.Factors.Count - 1)
            return Placed(big, first);
        Expression varying = last == 0 ? body.Factors[0] : body with { Factors = [.. body.Factors.Take(last + 1)] };
        int start = tokens[first].Start;
        BigOperator inner = big with
        {
            Body = varying,
            Source = new SourceSpan(start, varying.Source.End - start),
        };
        return Placed(body with { Factors = [inner, .. body.Factors.Skip(last + 1)] }, first);
    }

    // Σ_{i,j=1}^{m,n} is Σ_{i=1}^{m} Σ_{j=1}^{n}.
    private static BigOperator OverPairs(BigOperator big)
    {
        if (big.Range is not { To: Collection { Kind: CollectionKind.Tuple } ends, Condition: null }
            || ends.Items.Count == 0 || ends.Items.Count != big.Range.Variables.Count)
            return big;
        Expression body = big.Body;
        for (int i = ends.Items.Count - 1; i >= 0; i--)
            body = big with
            {
                Range = big.Range with { Variables = [big.Range.Variables[i]], To = ends.Items[i] },
                Body = body,
            };
        return (BigOperator)body;
    }

    // "minimise f(x)" in words, inside of \text too, and no min(a, b)
    private bool IsCommand(Token token) =>
        text.AsSpan(token.Start, token.End - token.Start).Contains("imi", StringComparison.Ordinal);

    // min ½‖w‖² subject to …
    private bool IsProblem(int first) => !(Kind == TokenKind.Open && !Current.AfterSpace)
        && (first == 0 || tokens[first - 1].Kind is TokenKind.Relation or TokenKind.Gap)
        && tokens.Exists(token => token.Is(TokenKind.Tail, "subject to"));

    // sum(x_i for i in 1..n), sum(x), sum(a, b)
    private Expression ParseTypedSum(BigOperatorKind kind, string name, int first)
    {
        Call call = ParseCall(new Symbol(name) { Kind = SymbolKind.Function });
        if (call.Arguments is [Qualified { Word: "for" } generator])
            return Placed(GeneratorConvention.Over(kind, generator), first);
        if (call.Arguments is not [var only])
            return Placed(call, first);
        bool isRange = only is Relation && StartsFactor();
        return isRange
            ? Placed(new BigOperator(kind, RangeConvention.Read([only], null), ParseBody(kind, null, first)), first)
            : Placed(new BigOperator(kind, Range.Unstated, only), first);
    }

    // To the next + or − of the same level; what is minimised over a whole formula goes on to its end.
    private Expression ParseBody(BigOperatorKind kind, Range? range, int first)
    {
        bool begins = first == 0 || tokens[first - 1].Kind is TokenKind.Relation or TokenKind.Open or TokenKind.Comma
            || tokens[first - 1].Is(TokenKind.Function, "arg");
        bool isProblem = kind is BigOperatorKind.ArgMax or BigOperatorKind.ArgMin && begins
            || kind is BigOperatorKind.Max or BigOperatorKind.Min && first == problem && range is not null;
        if (isProblem)
        {
            problem = at;
            return ParseSum();
        }
        Surroundings outer = inside;
        inside = inside with { OpenSum = range is null };
        int sign = at;
        bool isNegative = Kind == TokenKind.Minus;
        if (isNegative)
            at++;
        Expression term = ParseTerm();
        inside = outer;
        return isNegative ? Placed(new Negation(term), sign) : term;
    }

    // Null where nothing is said.
    private Range? ReadRange(BigOperatorKind kind)
    {
        var items = new List<Expression>();
        Expression? to = null;
        bool any = false;
        while (Kind is TokenKind.Sub or TokenKind.Sup)
        {
            bool isBelow = Kind == TokenKind.Sub;
            at++;
            any = true;
            Script script = WithPrimes(ReadScript(isBelow));
            if (!isBelow)
                to = script.Single;
            else if (Kind == TokenKind.Relation && !Current.AfterSpace
                && Next.Kind is TokenKind.Number or TokenKind.Letter)
                items.Add(ReadBareRange(script));
            else
                items.AddRange(script.Items);
        }
        if (!any)
            return null;
        return kind == BigOperatorKind.Integral
            ? new Range([], items.Count == 1 && to is not null ? items[0] : null, to, to is null && items.Count > 0
                ? items[0] : null)
            : RangeConvention.Read(items, to);
    }

    // max_a' without braces: the prime belongs to the a.
    private Script WithPrimes(Script script)
    {
        if (Kind != TokenKind.Prime || script.Items is not [.., Symbol last])
            return script;
        int primes = Current.Value.Length;
        at++;
        return script with { Items = [.. script.Items.SkipLast(1), last with { Primes = last.Primes + primes }] };
    }

    // sum_i=1^n, without braces
    private Relation ReadBareRange(Script script)
    {
        RelationOperator sign = TakeRelation();
        return new Relation(script.Single, sign, ParseBareOperand());
    }

    private BigOperator ParseIntegral(Range range, int first)
    {
        Surroundings outer = inside;
        inside = inside with { Integral = true };
        var variables = ReadDifferentials();
        int start = at;
        Expression body;
        if (!StartsFactor(atOperand: variables.Count == 0) && Kind != TokenKind.Minus)
            body = new Number(1, "1");
        else if (StartsDifferential())
            body = new Number(1, "1");
        else
        {
            body = Kind == TokenKind.Minus || HasSumBeforeDifferential() ? ParseSum() : ParseTerm();
            body = Placed(body, start);
        }
        variables.AddRange(ReadDifferentials());
        if (variables.Count == 0)
            variables.AddRange(differentials);
        differentials.Clear();
        inside = outer;
        if (variables.Count == 0 && Nested(body) is [_, ..] innermost)
            (body, variables) = Shared(body, innermost);
        bool namesVariable = range.Domain is Symbol domain && (variables.Contains(domain) || variables.Count == 0);
        if (namesVariable && variables.Count == 0)
            variables.Add(range.Domain!);
        return Placed(new BigOperator(BigOperatorKind.Integral,
            range with { Variables = [.. variables], Domain = namesVariable ? null : range.Domain }, body), first);
    }

    // All differentials of the integrals within, the innermost first, where there are more than integrals.
    private static List<Expression> Nested(Expression body)
    {
        var found = new List<Expression>();
        int integrals = 0;
        for (; body is BigOperator { Kind: BigOperatorKind.Integral } inner; body = inner.Body, integrals++)
            found.InsertRange(0, inner.Range.Variables);
        return found.Count > integrals ? found : [];
    }

    // ∫∫∫ f dx dy dz: the first is that of the innermost integral, the last that of the outermost.
    private static (Expression Body, List<Expression> Variables) Shared(Expression body, List<Expression> variables)
    {
        if (body is not BigOperator { Kind: BigOperatorKind.Integral } inner)
            return (body, variables);
        Expression last = variables[^1];
        (Expression within, List<Expression> own) = Shared(inner.Body, variables[..^1]);
        return (inner with { Body = within, Range = inner.Range with { Variables = [.. own] } }, [last]);
    }

    // dx, dθ, as the end of an integral
    private bool StartsDifferential() => Kind == TokenKind.Letter && Current.Value == "d"
        && (Next.Kind == TokenKind.Letter
            && (!Next.AfterSpace || Current.Alphabet == Alphabet.Upright || HasMacroSpace())
            || Next.Kind == TokenKind.Accent || IsDifferentialOfBracket());

    private bool IsDifferential(int token)
    {
        int here = at;
        at = token;
        bool starts = StartsDifferential();
        at = here;
        return starts;
    }

    // ∫ g d(f(x)): the d before a bracket that ends the integral.
    private bool IsDifferentialOfBracket() => Next.Is(TokenKind.Open, "(") && !Next.AfterSpace
        && (brackets.Inside(at + 1) & CallConvention.Separators) == BracketMap.Content.Nothing
        && tokens[brackets.Partner(at + 1) + 1].Kind is TokenKind.End or TokenKind.Relation or TokenKind.Plus
            or TokenKind.Minus or TokenKind.Comma or TokenKind.Close or TokenKind.GroupClose or TokenKind.RowBreak;

    private bool HasMacroSpace() => tokens[at].End < text.Length && text[tokens[at].End] is '}' or ' '
        && Next.End - Next.Start > 1;

    private List<Expression> ReadDifferentials()
    {
        var variables = new List<Expression>();
        while (StartsDifferential())
        {
            int first = at++;
            Expression variable;
            if (Kind == TokenKind.Accent)
                variable = ParseAccented();
            else if (Kind == TokenKind.Open)
                variable = ParseBracketed();
            else
            {
                Symbol symbol = ParseBareLetter();
                variable = Placed(ReadMarks(symbol with { Kind = SymbolKind.Variable }, []), first + 1);
                if (Kind == TokenKind.Open && brackets.Inside(at) == BracketMap.Content.Nothing && !Current.AfterSpace)
                    variable = Placed(ParseCall(variable), first + 1);
            }
            variables.Add(variable);
        }
        return variables;
    }

    // ∫ (f + g) dx without brackets: whether a sign stands before the differential.
    private bool HasSumBeforeDifferential()
    {
        bool hasSign = false;
        for (int i = at; i < tokens.Count; i++)
        {
            switch (tokens[i].Kind)
            {
                case TokenKind.Open or TokenKind.GroupOpen or TokenKind.Begin:
                    i = brackets.Partner(i);
                    break;
                case TokenKind.Plus or TokenKind.Minus:
                    hasSign = true;
                    break;
                case TokenKind.Letter when tokens[i].Value == "d" && tokens[i + 1].Kind == TokenKind.Letter
                        && !tokens[i + 1].AfterSpace:
                    return hasSign;
                case TokenKind.Relation or TokenKind.Close or TokenKind.GroupClose or TokenKind.Comma or TokenKind.End
                    or TokenKind.Big:
                    return false;
            }
        }
        return false;
    }
}
