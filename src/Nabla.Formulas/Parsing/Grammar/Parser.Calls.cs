using Nabla.Formulas.Parsing.Conventions;
using Nabla.Formulas.Parsing.Tokens;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Parsing.Grammar;

// Whether a name is applied to the bracket behind it, and what that makes of both.
internal sealed partial class Parser
{
    private Expression ParseApplied(Symbol symbol, int first)
    {
        if (symbol.IsInverse)
            return Placed(ParseCall(symbol with { Kind = SymbolKind.Function }), first);
        if (symbol is { Letter: "I", IsBare: true } && brackets.Inside(at).HasFlag(BracketMap.Content.Relation)
            && (brackets.Inside(at) & CallConvention.Separators) == BracketMap.Content.Nothing)
            return Placed(IndicatorOf(ParseCall(symbol)), first);
        if (CallConvention.IsDistribution(symbol, first > 0 ? tokens[first - 1] : default, brackets.Inside(at)))
            return Placed(ParseCall(symbol with { Kind = SymbolKind.Distribution }), first);
        if (CallConvention.IsNeighbourhood(symbol, first > 0 ? tokens[first - 1] : default, brackets.Inside(at)))
            return Placed(ParseCall(symbol with { Kind = SymbolKind.Set }), first);
        int behind = brackets.Partner(at) + 1;
        bool isPositivePart = tokens[behind].Kind == TokenKind.Sub && tokens[behind + 1].Kind == TokenKind.Plus;
        bool isIndex = Current.Value == "[" && !Current.AfterSpace && !isPositivePart && !HoldsSteps(symbol)
            && (CallConvention.IsIndexed(symbol, brackets.Inside(at)) || HoldsNumber(symbol) || HoldsSlice()
                || HoldsPlace(symbol) || HoldsEntry(symbol));
        if (isIndex)
            return Placed(ParseIndex(symbol), first);
        BracketMap.Content content = brackets.Inside(at);
        if (symbol.Letter == "G" && Next.Is(TokenKind.Structure, "frac"))
            content |= BracketMap.Content.Factors;
        Decision decision = CountsSequence(symbol, content) || IsSpectrum(symbol) || IsEarlier(symbol) ? new(true, "")
            : CallConvention.Decide(symbol, Current, content, facts);
        if (decision.IsCall && FollowsTransposition(first) && brackets.Inside(at).HasFlag(BracketMap.Content.Terms))
            decision = new(false, $"{symbol.Letter} times the bracket, because a transposed vector stands before it");
        if (decision.IsCall && Current.AfterSpace && FollowsTransposition(at)) // gᵀ (f(x)), but φᵀ(x) θ
            decision = new(false, $"{symbol.Letter} times the bracket, because it is transposed before a space");
        if (decision.IsCall && (IsBeforeMatrices(symbol, content) || HoldsIdentity(symbol, content)
            || decision.Reason.Length > 0 && (ScalesSizes(symbol, content) || IsWeight(symbol))))
            decision = new(false, $"{symbol.Letter} times the bracket, because of what stands in it");
        bool isEncoder = symbol.Letter == "E" && content == BracketMap.Content.Nothing; // E(q)ᵀ E(d)
        if (decision.IsCall && IsTransposedGroup() && !isEncoder && !CallConvention.IsFunction(symbol, facts))
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
        var call = (Call)Placed(GeneratorConvention.WithList(ParseCall(symbol with { Kind = kind })), first);
        if (kind == SymbolKind.Function && KnownFunctions.IsOfScores(call))
            Choose(symbol.Source, "σ: the softmax, because it is taken of scores divided by a root", "the sigmoid");
        return call;
    }

    // C(vw): how often v is followed by w.
    private bool CountsSequence(Symbol symbol, BracketMap.Content content)
    {
        if (symbol is not { Letter: "C" or "c", IsBare: true } || content != BracketMap.Content.Factors
            || Current.AfterSpace)
            return false;
        for (int i = at + 1; i < brackets.Partner(at); i++)
        {
            bool isPart = tokens[i].Kind is TokenKind.Sub or TokenKind.GroupOpen or TokenKind.GroupClose
                or TokenKind.Number or TokenKind.Minus or TokenKind.Dots or TokenKind.Prime
                || tokens[i] is { Kind: TokenKind.Letter, Value: [>= 'a' and <= 'z'] };
            if (!isPart || tokens[i].Kind == TokenKind.Number && i == at + 1)
                return false;
        }
        return true;
    }

    // W_f[h_{t−1}, x_t]: weights times what is put together.
    private bool HoldsSteps(Symbol symbol) => symbol.Letter is "W" or "U" && Next.Kind == TokenKind.Letter
        && Next.Value is "h" or "x" or "a" or "s" or "z" && tokens[at + 2].Kind == TokenKind.Sub
        && brackets.Inside(at).HasFlag(BracketMap.Content.Comma);

    // e(t) − e(t−1): the value one step before.
    private bool IsEarlier(Symbol symbol)
    {
        if (!symbol.IsBare || Next is not { Kind: TokenKind.Letter, Value: "t" or "n" or "k" } step
            || tokens[at + 2].Kind is not (TokenKind.Minus or TokenKind.Plus)
            || tokens[at + 3].Kind != TokenKind.Number || brackets.Partner(at) != at + 4)
            return false;
        for (int i = 0; i + 3 < tokens.Count; i++)
        {
            if (tokens[i].Is(TokenKind.Letter, symbol.Letter) && tokens[i + 1].Is(TokenKind.Open, "(")
                && tokens[i + 2].Is(TokenKind.Letter, step.Value) && tokens[i + 3].Kind == TokenKind.Close)
                return true;
        }
        return false;
    }

    // p(1 − q), p_i (1 − q_i): one of several shares or entries is no function of a sum.
    private bool IsWeight(Symbol symbol) => symbol.Letter is "p" or "q" && symbol.IsBare
            && Next.Is(TokenKind.Number, "1") && tokens[at + 2].Kind == TokenKind.Minus
        || symbol is { Subscripts: [Symbol { IsBare: true } index] } && index.Letter.Length == 1
            && facts.IsIndex(index.Letter) && (symbol.Letter is "p" or "q" or "u" or "v" or "r"
                || symbol.Letter is "x" or "y" or "a" or "b" or "c" or "w" && Next.Kind is TokenKind.Number
                    or TokenKind.Minus);

    // λ_max(XᵀX)
    private bool IsSpectrum(Symbol symbol) =>
        symbol is { Letter: "lambda" or "sigma", Subscripts: [Symbol { Letter: "max" or "min" }] }
        && tokens[(at + 1)..brackets.Partner(at)].TrueForAll(token => token.Kind is not TokenKind.Number
            && (token.Kind != TokenKind.Letter || char.IsAsciiLetterUpper(token.Value[0]) || token.Value == "⊤"));

    // D(K − 1) is the dilation times what the kernel spans, r(d_in + d_out) the rank times two sizes.
    private bool ScalesSizes(Symbol symbol, BracketMap.Content content) => symbol.IsBare
        && content == BracketMap.Content.Terms && symbol.Letter switch
        {
            "D" => HoldsNumberTerm(),
            "r" => !HoldsNumberTerm(),
            _ => false,
        };

    // A(BC): a product of matrices, as in (AB)C
    private bool IsBeforeMatrices(Symbol symbol, BracketMap.Content content) => content == BracketMap.Content.Factors
        && symbol is { IsBare: true, Letter: "A" or "U" or "V" }
        && tokens[(at + 1)..brackets.Partner(at)].TrueForAll(token => token.Kind != TokenKind.Letter
            || char.IsAsciiLetterUpper(token.Value[0]));

    // P(I − KH)
    private bool HoldsIdentity(Symbol symbol, BracketMap.Content content) => char.IsAsciiLetterUpper(symbol.Letter[0])
        && !facts.IsDefined(symbol.Letter) && content.HasFlag(BracketMap.Content.Terms)
        && (content & CallConvention.Separators) == BracketMap.Content.Nothing
        && Next.Is(TokenKind.Letter, "I") && tokens[at + 2].Kind is TokenKind.Minus or TokenKind.Plus;

    private bool HoldsNumberTerm()
    {
        for (int i = at + 2; i < brackets.Partner(at); i++)
        {
            if (tokens[i].Kind == TokenKind.Number && tokens[i - 1].Kind is TokenKind.Plus or TokenKind.Minus)
                return true;
        }
        return tokens[at + 1].Kind == TokenKind.Number && tokens[at + 2].Kind is TokenKind.Plus or TokenKind.Minus;
    }

    // P[i, :], X[:n]
    private bool HoldsSlice()
    {
        for (int i = at + 1; i < brackets.Partner(at); i++)
        {
            bool isOpen = tokens[i].Kind == TokenKind.Colon
                && (tokens[i - 1].Kind is TokenKind.Open or TokenKind.Comma
                    || tokens[i + 1].Kind is TokenKind.Close or TokenKind.Comma);
            if (isOpen)
                return true;
        }
        return false;
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

    // x[2*i + 1] as typed: an entry, for its place is made of letters that count.
    private bool HoldsPlace(Symbol symbol)
    {
        int close = brackets.Partner(at);
        bool isTyped = false;
        for (int i = at + 1; i < close; i++)
        {
            if (!symbol.IsBare || !IsOfPlace(tokens[i]))
                return false;
            isTyped |= tokens[i].Is(TokenKind.Times, "Star") || tokens[i].Kind == TokenKind.Percent
                || tokens[i].Kind == TokenKind.Slash && tokens[i - 1].Kind == TokenKind.Slash;
        }
        if (isTyped)
            Choose(new SourceSpan(tokens[at].Start, tokens[close].End - tokens[at].Start),
                $"the place of an entry of {symbol.Letter}, counted from 1", "a factor in brackets");
        return isTyped;
    }

    private static bool IsOfPlace(Token token) => token.Kind is TokenKind.Times or TokenKind.Plus or TokenKind.Minus
        or TokenKind.Percent or TokenKind.Slash
        || token is { Kind: TokenKind.Open or TokenKind.Close, Value: "(" or ")" }
        || token.Kind == TokenKind.Number && token.Value.All(char.IsAsciiDigit)
        || token is { Kind: TokenKind.Letter, Value: "i" or "j" or "k" or "l" or "m" or "n" or "t" };

    // x[y[i]] as typed: the place is an entry of a list.
    private bool HoldsEntry(Symbol symbol) => symbol.IsBare && Next.Kind == TokenKind.Letter
        && tokens[at + 2].Is(TokenKind.Open, "[") && !tokens[at + 2].AfterSpace
        && brackets.Partner(at + 2) == brackets.Partner(at) - 1 && brackets.Partner(at + 2) == at + 4
        && (tokens[at + 3].Kind == TokenKind.Number || IsOfPlace(tokens[at + 3]));

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
        var call = new Call(function, items, separators);
        return ScoreConvention.ComparesDistributions(call) ? WithSoftmax(call) : call;
    }

    // KL(σ(z/T) ‖ …): what is compared are distributions, and a sigmoid is none.
    private Call WithSoftmax(Call call)
    {
        foreach (Call squashed in call.Arguments.OfType<Call>().Where(ScoreConvention.IsSigma))
            Choose(squashed.Source, "σ: the softmax, because distributions are compared", "the sigmoid");
        return call with { Arguments = [.. call.Arguments.Select(ScoreConvention.AsSoftmax)] };
    }
}
