using Nabla.Formulas.Parsing.Conventions;
using Nabla.Formulas.Parsing.Tokens;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Parsing.Grammar;

// Brackets that stand by themselves: they group, list, or mean something.
internal sealed partial class Parser
{
    private Expression ParseBracketed()
    {
        int open = at;
        string opening = Current.Value;
        int close = brackets.Partner(open);
        string closing = tokens[close].Value;
        if (opening == "[" && RowsOfBlanks(close) is { } rows)
            return ParseRowsOfBlanks(rows, open);
        if (opening == "{" && closing == "." && Next.Kind == TokenKind.Begin)
            return ParseBraceBeforeTable(open);
        Enter();
        at++;
        Surroundings outer = inside;
        inside = new Surroundings { BarSeparates = true, ColonSeparates = opening == "{", Integral = outer.Integral };
        NodeList<Expression> items = ParseItems(close, out NodeList<string> separators, out _);
        inside = outer;
        RequireClose(open);
        Leave();
        if (items.Count == 0 && opening != "{")
            throw Errors.Expected("a number or a name", tokens[close].Start, text,
                $" in the brackets opened at {tokens[open].Start}");
        bool isBase = opening == "{" && closing == "}" && Kind == TokenKind.Sup && items is [Power or Product or Sum];
        if (isBase)
            return items[0]; // {a^b}^c as typed
        Expression content = BracketConvention.Read(opening, closing, items, separators);
        if (content.Source.Length == 0 || items.Count != 1 || !ReferenceEquals(content, items[0]))
            content = Placed(content, open);
        return content is Infix { Sign: "∘" } or Product { Sign: ProductSign.Convolution or ProductSign.Star }
            && IsAppliedGroup()
            ? Placed(ParseCall(content), open)
            : content;
    }

    // (f ∘ g)(x), (f * g)(t), (f * g)[n]
    private bool IsAppliedGroup() => Kind == TokenKind.Open && Current.Value is "(" or "[" && !Current.AfterSpace
        && !brackets.Inside(at).HasFlag(BracketMap.Content.Terms)
        && !brackets.Inside(at).HasFlag(BracketMap.Content.Relation)
        && (brackets.Inside(at) == BracketMap.Content.Nothing || brackets.Inside(at).HasFlag(BracketMap.Content.Comma));

    private Expression ParseBraceBeforeTable(int open)
    {
        at++;
        Expression table = ParseEnvironment(asCases: true);
        while (Kind is TokenKind.Comma or TokenKind.Gap)
            at++;
        RequireClose(open);
        return Placed(table, open);
    }

    // |x|, ‖x‖
    private Delimited ParseBars()
    {
        int first = at;
        TokenKind kind = Kind;
        bool isNorm = kind == TokenKind.DoubleBar;
        Enter();
        at++;
        Surroundings outer = inside;
        inside = new Surroundings { Absolute = !isNorm, Norm = isNorm, Integral = outer.Integral };
        var items = new List<Expression> { ParseStatement() };
        while (Take(TokenKind.Comma))
            items.Add(ParseStatement());
        inside = outer;
        if (!isNorm && Kind == TokenKind.DoubleBar && text[Current.Start] == '|')
            CutDoubleBar();
        else if (!Take(kind))
        {
            throw Errors.Expected(isNorm ? "`‖`" : "`|`", Current.Start, text,
                $" to close the `{Shown(tokens[first])}` at {tokens[first].Start}");
        }
        Leave();
        Expression? below = null;
        if (isNorm && Take(TokenKind.Sub))
            below = ReadScript(isBelow: true).Single;
        else if (isNorm && IsNameOfNorm())
            below = SymbolOf(tokens[at++]);
        else if (isNorm && Kind == TokenKind.Number && Current.Value is "1" or "2" && !Current.AfterSpace)
        {
            below = new Number(Current.Value[0] - '0', Current.Value);
            Choose(Current.Span, $"{Current.Value} behind the norm: which norm it is", "a power or a factor");
            at++;
        }
        DelimiterKind delimiter = isNorm ? DelimiterKind.Norm : BarConvention.KindOf(items, facts);
        if (delimiter == DelimiterKind.Absolute && below is null && BarConvention.IsOpen(items))
            Choose(new SourceSpan(tokens[first].Start, tokens[at - 1].End - tokens[first].Start),
                $"|{((Symbol)items[0]).Letter}|: an absolute value, as of a number",
                "the determinant of a matrix, or the size of a set");
        return Placed(new Delimited(delimiter, [.. items], below), first);
    }

    // ‖x‖∞, ‖W‖F of plain text
    private bool IsNameOfNorm() => !Current.AfterSpace && (Current.Is(TokenKind.Letter, "infinity")
        || Current.Is(TokenKind.Letter, "F") && Next.Kind is not TokenKind.Open
            && text[Current.Start - 1] is '‖' or '|');

    // |a − |b||: the first of the two bars closes the inner pair.
    private void CutDoubleBar() =>
        tokens[at] = Current with { Kind = TokenKind.Bar, Value = "|", Start = Current.Start + 1, AfterSpace = false };

    private Delimited IndicatorOf(Call call) => call.Arguments.Count > 0
        ? new Delimited(DelimiterKind.Indicator, call.Arguments)
        : throw Errors.Expected("a condition", tokens[at - 1].Start, text, " in the brackets of 𝟙");

    // 𝟙[y = k], 𝟙_{x > 0}
    private Delimited? ParseIndicator(Symbol symbol, int first)
    {
        if (symbol.Subscripts is [Delimited { Kind: DelimiterKind.Indicator } indicator])
            return Placed(indicator, first);
        if (symbol.Subscripts is [Collection { Kind: CollectionKind.Set, Items: [Relation within] }])
            return Placed(new Delimited(DelimiterKind.Indicator, [within]), first);
        if (symbol.Subscripts is [Relation condition])
            return Placed(new Delimited(DelimiterKind.Indicator, [condition]), first);
        bool hasCondition = Kind == TokenKind.Open
            && (brackets.Inside(at).HasFlag(BracketMap.Content.Relation) || symbol.Alphabet == Alphabet.Blackboard);
        if (!hasCondition || !symbol.IsBare)
            return null;
        return Placed(IndicatorOf(ParseCall(symbol)), first);
    }
}
