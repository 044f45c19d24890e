using Nabla.Formulas.Parsing.Tokens;
using Nabla.Formulas.Printing;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Parsing.Grammar;

// \begin{cases}, \begin{pmatrix} and other tables.
internal sealed partial class Parser
{
    private Expression ParseEnvironment() => ParseEnvironment(asCases: false);

    private Expression ParseEnvironment(bool asCases)
    {
        int open = at;
        string name = Current.Value;
        int close = brackets.Partner(open);
        at++;
        Enter();
        Surroundings outer = inside;
        inside = default;
        bool isCases = asCases || name is "cases" or "dcases" or "rcases" or "numcases";
        Expression result = isCases ? ParseCases(close) : ParseMatrix(name, close);
        inside = outer;
        RequireClose(open);
        Leave();
        return Placed(result, open);
    }

    private Cases ParseCases(int close)
    {
        var values = new List<Expression>();
        var conditions = new List<Expression>();
        while (at < close)
        {
            while (Kind is TokenKind.RowBreak or TokenKind.Gap)
                at++;
            if (at >= close)
                break;
            values.Add(ParseStatement());
            while (Kind is TokenKind.Align or TokenKind.Comma or TokenKind.Gap or TokenKind.Semicolon)
                at++;
            conditions.Add(ParseCondition(close));
            if (at < close && Kind != TokenKind.RowBreak)
                throw Errors.Expected("`\\\\` or the end of the cases", Current.Start, text,
                    $" before `{Shown(Current)}`");
        }
        if (values.Count == 0)
            throw MissingOperand();
        return new Cases([.. values], [.. conditions]);
    }

    // "if x > 0", "otherwise", "0 ≤ x < 1"
    private Expression ParseCondition(int close)
    {
        int first = at;
        string word = "";
        while (Kind is TokenKind.Tail or TokenKind.Align or TokenKind.Gap or TokenKind.Comma)
        {
            if (Kind == TokenKind.Tail)
                word = Current.Value;
            at++;
        }
        if (word == "otherwise" || at >= close || Kind == TokenKind.RowBreak)
        {
            while (at < close && Kind != TokenKind.RowBreak)
                at++;
            return Placed(new Words("otherwise"), first);
        }
        if (word == "with" && Current.Value == "probability")
        {
            int chance = ++at;
            _ = ParseStatement();
            string written = string.Concat(tokens[chance..at].Select(Written));
            return Placed(new Words("with probability " + written.Trim()), first);
        }
        Expression condition = ParseStatement();
        while (Kind is TokenKind.Comma or TokenKind.Gap or TokenKind.Semicolon)
        {
            at++;
            if (at < close && Kind != TokenKind.RowBreak)
                condition = new Infix("∧", [condition, ParseStatement()]);
        }
        return condition is Symbol { Alphabet: Alphabet.Upright } words
            ? new Words(words.Letter) { Source = words.Source } : condition;
    }

    // A letter as its sign, anything else as it was typed.
    private string Written(Token token) => (token.AfterSpace ? " " : "")
        + (token.Kind == TokenKind.Letter ? GreekLetters.Character(token.Value) : text[token.Start..token.End]);

    private Expression ParseMatrix(string name, int close)
    {
        var rows = new List<Expression>();
        while (at < close)
        {
            int first = at;
            var cells = new List<Expression>();
            while (at < close && Kind != TokenKind.RowBreak)
            {
                bool isEmpty = Kind is TokenKind.Align;
                cells.Add(isEmpty ? new Words("") : ParseStatement());
                if (Kind == TokenKind.Align)
                    at++;
                else if (Kind is TokenKind.Comma or TokenKind.Gap)
                    at++;
                else if (at < close && Kind != TokenKind.RowBreak)
                    throw Errors.Expected("`&` or `\\\\`", Current.Start, text, $" before `{Shown(Current)}`");
            }
            if (cells.Count > 0)
                rows.Add(Placed(new Collection(CollectionKind.List, [.. cells]), first));
            Take(TokenKind.RowBreak);
        }
        if (rows.Count == 0)
            throw MissingOperand();
        return name switch
        {
            "vmatrix" => new Delimited(DelimiterKind.Determinant, [new MatrixLiteral([.. rows])]),
            "Vmatrix" => new Delimited(DelimiterKind.Norm, [new MatrixLiteral([.. rows])]),
            _ => new MatrixLiteral([.. rows]),
        };
    }
}
