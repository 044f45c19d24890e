using System.Text;

namespace Nabla.Formulas.Articles.Python;

/// <summary>Cuts a program into logical lines and words.</summary>
internal sealed class Tokenizer
{
    private const int MostTokens = 50_000;

    private static readonly string[] Operators =
    [
        "**=", "//=", ">>=", "<<=", "...", "**", "//", ">>", "<<", "<=", ">=", "==", "!=", "->", ":=", "+=", "-=", "*=",
        "/=", "%=", "@=", "&=", "|=", "^=", "+", "-", "*", "/", "%", "@", "&", "|", "^", "~", "<", ">", "(", ")", "[",
        "]", "{", "}", ",", ":", ".", ";", "=",
    ];

    private readonly string text;
    private readonly bool isTolerant;
    private readonly List<LogicalLine> lines = [];
    private LogicalLine? current;
    private int at, line, depth, tokens;

    private Tokenizer(string text, bool isTolerant)
    {
        this.text = text;
        this.isTolerant = isTolerant;
    }

    /// <summary>The logical lines of a program, comments and empty ones among them.</summary>
    /// <param name="text">The program.</param>
    /// <param name="isTolerant">Whether what is no Python becomes an unknown word of its line.</param>
    /// <exception cref="PythonException">It is no Python.</exception>
    public static List<LogicalLine> Lines(string text, bool isTolerant = false)
    {
        var tokenizer = new Tokenizer(text, isTolerant);
        while (tokenizer.at < text.Length)
            tokenizer.ReadLine();
        if (tokenizer.depth > 0)
            tokenizer.Refuse("a bracket is not closed");
        return tokenizer.lines;
    }

    // Brackets that are open stay so no longer than the line.
    private void Refuse(string why)
    {
        if (!isTolerant)
            throw new PythonException(why);
        depth = 0;
        Add(TokenKind.Unknown, why);
    }

    private void ReadLine()
    {
        if (depth == 0)
        {
            int indent = 0;
            for (; at < text.Length && text[at] is ' ' or '\t'; at++)
                indent += text[at] == '\t' ? 8 - indent % 8 : 1;
            current = new LogicalLine(line, indent);
            lines.Add(current);
        }
        while (at < text.Length && text[at] != '\n')
            ReadToken();
        at++;
        current!.LastLine = line++;
    }

    private void ReadToken()
    {
        char c = text[at];
        if (c is ' ' or '\t' or '\r' or '\f' or '\u00a0')
            at++;
        else if (c == '#')
            ReadComment();
        else if (c == '\\' && at + 1 < text.Length && text[at + 1] is '\n' or '\r')
            JoinLines();
        else if (char.IsAsciiDigit(c) || c == '.' && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1]))
            ReadNumber();
        else if (StringPrefix() is { } prefix)
            ReadString(prefix);
        else if (char.IsLetter(c) || c == '_')
            ReadName();
        else
            ReadOperator();
    }

    private void JoinLines()
    {
        at = text.IndexOf('\n', at) + 1;
        line++;
        if (at == 0)
            at = text.Length;
    }

    private void Add(TokenKind kind, string value)
    {
        if (++tokens > MostTokens)
            throw new PythonException($"the program has more than {MostTokens} words");
        current!.Tokens.Add(new Token(kind, value));
    }

    private void ReadComment()
    {
        int end = text.IndexOf('\n', at);
        end = end < 0 ? text.Length : end;
        current!.Comments.Add(new Comment(line, at + 1, text[(at + 1)..end].TrimEnd('\r')));
        at = end;
    }

    private void ReadNumber()
    {
        int start = at;
        bool isPrefixed = text[at] == '0' && at + 1 < text.Length
            && text[at + 1] is 'x' or 'X' or 'b' or 'B' or 'o' or 'O';
        for (at++; at < text.Length; at++)
        {
            bool isSign = text[at] is '+' or '-' && !isPrefixed && text[at - 1] is 'e' or 'E'
                && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1]);
            if (!char.IsAsciiLetterOrDigit(text[at]) && text[at] is not ('.' or '_') && !isSign)
                break;
        }
        Add(TokenKind.Number, text[start..at].Replace("_", "", StringComparison.Ordinal));
    }

    private void ReadName()
    {
        int start = at;
        while (at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] == '_'))
            at++;
        Add(TokenKind.Name, text[start..at]);
    }

    private void ReadOperator()
    {
        foreach (string sign in Operators)
        {
            if (string.CompareOrdinal(text, at, sign, 0, sign.Length) != 0)
                continue;
            if (sign is "(" or "[" or "{")
                depth++;
            else if (sign is ")" or "]" or "}" && --depth < 0)
                Refuse("a bracket is closed that was not opened");
            at += sign.Length;
            Add(TokenKind.Operator, sign);
            return;
        }
        Refuse($"'{text[at++]}' is no Python");
    }

    // r, b, f, u before a quote, or nothing before a quote; null elsewhere.
    private string? StringPrefix()
    {
        for (int i = at; i < text.Length && i <= at + 2; i++)
        {
            if (text[i] is '"' or '\'')
                return text[at..i].ToUpperInvariant();
            if (!"rRbBfFuU".Contains(text[i], StringComparison.Ordinal))
                break;
        }
        return null;
    }

    private void ReadString(string prefix)
    {
        at += prefix.Length;
        char quote = text[at];
        bool isTriple = at + 2 < text.Length && text[at + 1] == quote && text[at + 2] == quote;
        at += isTriple ? 3 : 1;
        bool isFormatted = prefix.Contains('F', StringComparison.Ordinal);
        bool isRaw = prefix.Contains('R', StringComparison.Ordinal);
        if (prefix.Contains('B', StringComparison.Ordinal))
            Refuse("a string of bytes is not known to the interpreter");
        var value = new StringBuilder();
        while (true)
        {
            if (at >= text.Length || text[at] == '\n' && !isTriple)
            {
                Refuse("a string is not closed");
                return;
            }
            if (text[at] == quote && (!isTriple || string.CompareOrdinal(text, at, new string(quote, 3), 0, 3) == 0))
                break;
            if (text[at] == '\n')
                line++;
            if (text[at] == '\\' && !isRaw && at + 1 < text.Length)
                Escapes.Read(text, ref at, value);
            else
                value.Append(text[at++]);
        }
        at += isTriple ? 3 : 1;
        Add(isFormatted ? TokenKind.FormattedText : TokenKind.Text, value.ToString());
    }
}
