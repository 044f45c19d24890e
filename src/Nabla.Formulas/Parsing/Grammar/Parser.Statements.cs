using Nabla.Formulas.Parsing.Conventions;
using Nabla.Formulas.Parsing.Tokens;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Parsing.Grammar;

// Formulas side by side, and what is said of them behind "where" or "for".
internal sealed partial class Parser
{
    /// <summary>Reads the whole text.</summary>
    public Expression ParseAll()
    {
        while (Kind is TokenKind.Gap or TokenKind.Comma or TokenKind.RowBreak
               || Kind == TokenKind.Tail && Current.Value is "where" or "for" or "if" or "with" or "when")
            at++;
        if (Kind == TokenKind.End)
            throw Errors.Expected("a formula", 0, text);
        SkipHeading();
        Expression tree = ParseStatements();
        if (Kind != TokenKind.End)
            throw Errors.Expected("an operator or the end", Current.Start, text, $" before `{Current.Value}`");
        return tree;
    }

    // "Loss function: L = …", "BM25: sum …": words before a colon say what follows; f: X → Y says where f maps.
    private void SkipHeading()
    {
        int colon = at;
        while (IsOfHeading(tokens[colon], colon == at))
            colon++;
        if (colon == at || tokens[colon].Kind != TokenKind.Colon || tokens[colon].AfterSpace
            || tokens[colon + 1].Kind == TokenKind.End || !tokens[colon + 1].AfterSpace && !HoldsRelation())
            return;
        var heading = new SourceSpan(Current.Start, tokens[colon].End - Current.Start);
        if (heading.Length < 3 || tokens.Exists(token => token.Is(TokenKind.Relation, "→")))
            return;
        choices.RemoveAll(choice => choice.Source.Start < heading.Start + heading.Length);
        Choose(heading, $"{Quote(heading)} a heading, no part of the formula", "a name before a colon");
        at = colon + 1;
    }

    private bool HoldsRelation() => tokens.Exists(token => token.Kind == TokenKind.Relation);

    // Words, and what touches them: the 25 of BM25.
    private bool IsOfHeading(Token token, bool isFirst) =>
        token is { Kind: TokenKind.Letter or TokenKind.Function or TokenKind.Infix, Value.Length: > 1 }
        || token is { Kind: TokenKind.Letter or TokenKind.Number or TokenKind.Minus } && (isFirst || !token.AfterSpace)
            && (isFirst || char.IsAsciiLetterOrDigit(text[token.Start - 1]))
        || token.Kind == TokenKind.Sub && token.Start == token.End;

    private Expression ParseStatements()
    {
        int first = at;
        var list = new StatementList();
        while (true)
        {
            list.Add(ParseStatement());
            if (Kind == TokenKind.Tail || Kind == TokenKind.Quantifier)
                return ParseTail(Placed(list.Build(), first), first);
            if (!TakeStatementSeparator(list))
                return Placed(list.Build(), first);
            if (Kind == TokenKind.Tail || Kind == TokenKind.Quantifier && !list.IsEmpty)
                return ParseTail(Placed(list.Build(), first), first);
        }
    }

    // Whether another formula follows.
    private bool TakeStatementSeparator(StatementList list)
    {
        bool any = false;
        SkipNumber();
        while (Kind is TokenKind.Comma or TokenKind.Semicolon or TokenKind.Gap or TokenKind.RowBreak)
        {
            if (Kind == TokenKind.Comma)
                list.SeparateByComma();
            else
                list.Separate();
            at++;
            any = true;
        }
        return any && Kind is not (TokenKind.End or TokenKind.Close or TokenKind.GroupClose or TokenKind.Finish);
    }

    // \quad (23) at the end: the number of the equation.
    private void SkipNumber()
    {
        int open = at;
        while (tokens[open].Kind is TokenKind.Comma or TokenKind.Gap)
            open++;
        if (open == at || tokens[open - 1].Kind != TokenKind.Gap || !tokens[open].Is(TokenKind.Open, "("))
            return;
        int close = brackets.Partner(open);
        if (tokens[open + 1].Kind != TokenKind.Number || close != open + 2 || tokens[close + 1].Kind != TokenKind.End)
            return;
        var number = new SourceSpan(tokens[open].Start, tokens[close].End - tokens[open].Start);
        Choose(number, $"{Quote(number)} the number of the equation", "a factor");
        at = close + 1;
    }

    private Expression ParseTail(Expression statement, int first)
    {
        string word = Kind == TokenKind.Quantifier ? Current.Value == "∀" ? "for all" : "there is" : Current.Value;
        at++;
        while (Kind is TokenKind.Gap or TokenKind.Comma or TokenKind.Colon)
            at++;
        Enter();
        Expression condition = CanEnd(Kind) ? new Words(word) : ParseStatements();
        Leave();
        if (word is "for" or "if" && PiecewiseConvention.Branches(condition) is { } branches)
            return Placed(PiecewiseConvention.WithBranches(statement, branches), first);
        if (word == "if" && condition is Qualified { Word: "otherwise" } alternative)
            return Placed(WithCases(statement, alternative), first);
        return Placed(new Qualified(statement, word, condition), first);
    }

    // y = a if c else b, as Python writes it
    private static Expression WithCases(Expression statement, Qualified alternative)
    {
        Expression value = statement is Relation relation ? relation.Members[^1] : statement;
        Expression cases = new Cases([value, alternative.Condition], [alternative.Statement, new Words("otherwise")])
        {
            Source = SourceSpan.Cover(value.Source, alternative.Source),
        };
        if (statement is Relation stated)
            return stated with { Members = [.. stated.Members.SkipLast(1), cases] };
        return cases;
    }

    private static bool CanEnd(TokenKind kind) =>
        kind is TokenKind.End or TokenKind.Close or TokenKind.GroupClose or TokenKind.Finish;

    private Expression ParseStatement()
    {
        int first = at;
        Expression left = ParseConnection();
        if (Kind == TokenKind.Question)
            return ParseConditional(left, first);
        if (!IsImplication())
            return left;
        var members = new List<Expression> { left };
        var signs = new List<RelationOperator>();
        while (IsImplication())
        {
            signs.Add(RelationSigns.Find(Current.Value));
            at++;
            members.Add(ParseConnection());
        }
        return Placed(new Relation([.. members], [.. signs]), first);
    }

    // As in code: x > 0 ? x : 0.
    private Cases ParseConditional(Expression condition, int first)
    {
        Enter();
        at++;
        Surroundings outer = inside;
        inside = outer with { ColonSeparates = true };
        Expression yes = ParseStatement();
        inside = outer;
        Require(TokenKind.Colon, "`:`", $" between the two values behind the `?`");
        Expression no = ParseStatement();
        Leave();
        return Placed(new Cases([yes, no], [condition, new Words("otherwise")]), first);
    }

    private bool IsImplication() => Kind == TokenKind.Relation && Current.Value is "⇒" or "⇔";

    private Expression ParseConnection()
    {
        int first = at;
        Expression left = ParseRelation();
        while (Kind == TokenKind.Connective)
        {
            string sign = Current.Value;
            at++;
            var operands = new List<Expression> { left, ParseRelation() };
            while (Kind == TokenKind.Connective && Current.Value == sign)
            {
                at++;
                operands.Add(ParseRelation());
            }
            left = Placed(new Infix(sign, [.. operands]), first);
        }
        return left;
    }

    private Expression ParseRelation()
    {
        int first = at;
        if (Kind == TokenKind.Not)
        {
            at++;
            Enter();
            Expression denied = ParseRelation();
            Leave();
            return Placed(new Infix("¬", [denied]), first);
        }
        if (Kind == TokenKind.Quantifier)
            return ParseQuantified();
        if (Kind == TokenKind.Relation && depth == 0)
        {
            Choose(Current.Span, $"{Current.Value} with nothing before it: the right side alone",
                "a missing left side");
            at++;
        }
        Expression left = ParseEnumeration();
        if (!IsRelation())
            return left;
        var members = new List<Expression> { left };
        var signs = new List<RelationOperator>();
        while (IsRelation())
        {
            signs.Add(TakeRelation());
            bool isOpenSlice = signs[^1].Sign == ":" && (Kind == TokenKind.Comma || CanEnd(Kind));
            members.Add(isOpenSlice ? new Words("") : ParseEnumeration()); // x_{t:}
        }
        return Placed(signs is [{ Sign: "+=" or "-=" }] ? Update(members, signs[0].Sign)
            : new Relation([.. members], [.. signs]), first);
    }

    // a += b as in code: a becomes a + b
    private static Relation Update(List<Expression> members, string sign)
    {
        NodeList<Expression> change = sign == "-=" ? [new Negation(members[1])]
            : members[1] is Sum sum ? sum.Terms : [members[1]];
        return new Relation([members[0], new Sum([members[0], .. change])], [RelationSigns.Find("←")]);
    }

    private bool IsRelation() => Kind == TokenKind.Relation && Current.Value is not ("⇒" or "⇔")
        || Kind == TokenKind.Colon && !inside.ColonSeparates
        || Kind == TokenKind.Structure && Current.Value is "not" or "arrow→" or "arrow←";

    private RelationOperator TakeRelation()
    {
        string value = Current.Value;
        TokenKind kind = Kind;
        at++;
        if (kind == TokenKind.Colon)
            return new RelationOperator(":", RelationKind.Other);
        if (kind == TokenKind.Relation)
            return RelationSigns.Find(value);
        if (value == "not")
            return RelationSigns.Negated(Take(TokenKind.Relation) ? tokens[at - 1].Value : throw
                Errors.Expected("a relation", Current.Start, text, " after \\not"));
        if (Kind == TokenKind.GroupOpen)
            at = brackets.Partner(at) + 1;
        return RelationSigns.Find(value[^1..]);
    }

    // ∀x ∈ X: p(x)
    private BigOperator ParseQuantified()
    {
        int first = at;
        BigOperatorKind kind = Current.Value == "∀" ? BigOperatorKind.ForAll : BigOperatorKind.Exists;
        at++;
        Enter();
        Surroundings outer = inside;
        inside = inside with { ColonSeparates = true };
        Expression range = ParseRelation();
        inside = outer;
        while (Kind is TokenKind.Colon or TokenKind.Comma or TokenKind.Gap)
            at++;
        Expression body = CanEnd(Kind) ? new Words("") : ParseStatement();
        Leave();
        return Placed(new BigOperator(kind, Conventions.RangeConvention.Read([range], null), body), first);
    }

    // 1 to N, 0..9
    private Expression ParseEnumeration()
    {
        int first = at;
        Expression from = ParseInfix();
        if (Kind != TokenKind.To)
            return from;
        at++;
        Expression to = ParseInfix();
        return Placed(new Collection(CollectionKind.Tuple, [from, new Ellipsis(), to]), first);
    }
}
