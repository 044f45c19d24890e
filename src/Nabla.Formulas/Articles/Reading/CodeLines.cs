using Nabla.Formulas.Articles.Python;

namespace Nabla.Formulas.Articles.Reading;

/// <summary>Tells lines of Python from prose.</summary>
internal static class CodeLines
{
    private const int LongestLine = 1000;

    private static readonly string[] Certain =
        ["import ", "from ", "def ", "class ", "print(", ">>> ", "for ", "while ", "np.", "torch."];

    /// <summary>Whether there is a line that could be nothing else.</summary>
    public static bool LooksLikePython(string text) => text.Split('\n').Any(line => IsCertain(line)
        && (line.TrimStart().StartsWith(">>> ", StringComparison.Ordinal) || IsStatement(line)));

    /// <summary>Whether a line has words that hardly stand in prose.</summary>
    public static bool IsCertain(string line) => line.Length <= LongestLine && Certain.Any(word =>
        word.EndsWith('.') ? line.Contains(word, StringComparison.Ordinal)
            : line.TrimStart().StartsWith(word, StringComparison.Ordinal));

    /// <summary>Whether a line could be Python: a header, an assignment, a call; not a bare word or number.</summary>
    public static bool IsStatement(string line)
    {
        string text = line.Trim();
        if (text.Length is 0 or > LongestLine)
            return false;
        try
        {
            List<LogicalLine> lines = Tokenizer.Lines(text);
            return lines.Count == 1 && lines[0].IsStatement && IsLikely(lines[0], text);
        }
        catch (PythonException)
        {
            return false;
        }
    }

    /// <summary>Whether brackets or quotes are open at the end of a line that may go on.</summary>
    public static bool GoesOn(string text)
    {
        if (text.Length > LongestLine * 20)
            return false;
        try
        {
            Tokenizer.Lines(text);
            return false;
        }
        catch (PythonException error)
        {
            return error.Message is "a bracket is not closed" or "a string is not closed"
                && (text.Contains('(', StringComparison.Ordinal) && text.Contains('=', StringComparison.Ordinal)
                    || text.Contains("\"\"\"", StringComparison.Ordinal)
                    || text.Contains("print(", StringComparison.Ordinal));
        }
    }

    private static bool IsLikely(LogicalLine line, string text)
    {
        List<Token> tokens = line.Tokens;
        if (tokens[0].Kind == TokenKind.Text)
            return tokens.Count == 1 && text.Contains("\"\"\"", StringComparison.Ordinal);
        List<Statement> program = StatementParser.Parse(
            line.OpensBlock ? [line, Pass] : [line], line.OpensBlock ? [0, 1] : [0]);
        if (line.Starts("elif", "else"))
            return line.OpensBlock;
        return program.Count > 0 && program.TrueForAll(statement => statement switch
        {
            ExpressionStatement { Value: CallNode { Function: AttributeNode or NameNode } } =>
                text.IndexOf('(', StringComparison.Ordinal) is > 0 and var open && !char.IsWhiteSpace(text[open - 1]),
            ExpressionStatement => false,
            UnknownStatement => line.OpensBlock || line.Starts("@", "raise", "del"),
            AssignStatement { Value: NameNode, Targets: [NameNode] } => tokens.Count == 3,
            ReturnStatement => tokens.Count != 2 || tokens[1].Kind == TokenKind.Name,
            _ => true,
        });
    }

    private static LogicalLine Pass => Tokenizer.Lines("pass")[0];
}
