using Nabla.Formulas.Parsing.Tokens;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Parsing.Grammar;

// [1 2; 3 4], [1 2 3]: numbers parted by blanks, as lecture notes and MATLAB write matrices.
internal sealed partial class Parser
{
    // The places of the numbers of each row; null of any other bracket.
    private List<List<int>>? RowsOfBlanks(int close)
    {
        List<List<int>> rows = [[]];
        bool hasBlank = false, hasComma = false;
        for (int i = at + 1; i < close; i++)
        {
            if (tokens[i].Kind is TokenKind.Semicolon)
                rows.Add([]);
            else if (tokens[i].Kind == TokenKind.Comma && tokens[i - 1].Kind == TokenKind.Number
                && tokens[i + 1].Kind is TokenKind.Number or TokenKind.Minus)
                hasComma = true;
            else if (tokens[i].Kind == TokenKind.Minus && tokens[i + 1].Kind == TokenKind.Number
                && !tokens[i + 1].AfterSpace && (rows[^1].Count == 0 || tokens[i].AfterSpace || hasComma))
                continue;
            else if (tokens[i].Kind == TokenKind.Number)
            {
                hasBlank |= rows[^1].Count > 0 && tokens[i - 1].Kind is TokenKind.Number or TokenKind.Minus;
                rows[^1].Add(i);
            }
            else
                return null;
        }
        bool isTable = rows.TrueForAll(row => row.Count == rows[0].Count) && rows[0].Count > 1;
        return isTable && (hasBlank && !hasComma || rows.Count > 1) ? rows : null;
    }

    private Expression ParseRowsOfBlanks(List<List<int>> rows, int open)
    {
        Collection[] lists = [.. rows.Select(row => new Collection(CollectionKind.List, [.. row.Select(NumberAt)]))];
        at = brackets.Partner(open) + 1;
        if (lists is [_])
            Choose(new SourceSpan(tokens[open].Start, tokens[at - 1].End - tokens[open].Start),
                "numbers parted by blanks: a vector", "a matrix of one row, or their product");
        return Placed<Expression>(lists is [var only] ? only : new MatrixLiteral([.. lists]), open);
    }

    private Expression NumberAt(int place)
    {
        Token token = tokens[place];
        var number = new Number(Tokenizer.ValueOf(token.Value), token.Value) { Source = token.Span };
        return tokens[place - 1].Kind == TokenKind.Minus ? new Negation(number) { Source = token.Span } : number;
    }
}
