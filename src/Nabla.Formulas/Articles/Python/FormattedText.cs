using System.Text;

namespace Nabla.Formulas.Articles.Python;

/// <summary>Reads what stands between the quotes of an f-string.</summary>
internal static class FormattedText
{
    private const int DeepestField = 3;

    /// <summary>Adds its texts and fields to the parts.</summary>
    public static void Read(string text, List<Node> parts) => Read(text, parts, 0);

    private static void Read(string text, List<Node> parts, int depth)
    {
        if (depth > DeepestField)
            throw new PythonException("fields of an f-string are nested too deeply");
        var plain = new StringBuilder();
        for (int at = 0; at < text.Length;)
        {
            char c = text[at];
            bool isDouble = at + 1 < text.Length && text[at + 1] == c;
            if (c is '{' or '}' && isDouble && depth == 0)
            {
                plain.Append(c);
                at += 2;
            }
            else if (c == '{')
            {
                int end = EndOfField(text, at);
                AddField(text[(at + 1)..end], plain, parts, depth);
                at = end + 1;
            }
            else if (c == '\\')
            {
                if (at + 1 < text.Length)
                    Escapes.Read(text, ref at, plain);
                else
                    at++;
            }
            else
            {
                plain.Append(c);
                at++;
            }
        }
        Flush(plain, parts);
    }

    private static void Flush(StringBuilder plain, List<Node> parts)
    {
        if (plain.Length > 0)
            parts.Add(new ConstantNode(plain.ToString()));
        plain.Clear();
    }

    private static void AddField(string field, StringBuilder plain, List<Node> parts, int depth)
    {
        int end = EndOfExpression(field);
        string expression = field[..end], rest = field[end..];
        if (expression.TrimEnd().EndsWith('=') && !expression.TrimEnd().EndsWith("==", StringComparison.Ordinal))
        {
            plain.Append(expression);
            expression = expression.TrimEnd()[..^1];
        }
        Flush(plain, parts);
        char conversion = '\0';
        if (rest.Length > 1 && rest[0] == '!')
        {
            conversion = rest[1];
            rest = rest[2..];
        }
        Node? format = null;
        if (rest.StartsWith(':'))
        {
            List<Node> formatParts = [];
            Read(rest[1..], formatParts, depth + 1);
            format = new FormattedNode(formatParts);
        }
        List<LogicalLine> lines = Tokenizer.Lines(expression.Trim());
        if (lines.Count != 1 || !lines[0].IsStatement)
            throw new PythonException("a field of an f-string is empty");
        parts.Add(new FieldNode(ExpressionParser.Parse(lines[0].Tokens), conversion, format));
    }

    private static int EndOfField(string text, int start)
    {
        int depth = 0;
        for (int i = start; i < text.Length; i++)
        {
            if (text[i] is '\'' or '"')
                i = SkipString(text, i);
            else if (text[i] is '{' or '[' or '(')
                depth++;
            else if (text[i] is '}' or ']' or ')' && --depth == 0)
                return i;
        }
        throw new PythonException("a field of an f-string is not closed");
    }

    // Where the expression ends and !r or :format begins.
    private static int EndOfExpression(string field)
    {
        int depth = 0;
        for (int i = 0; i < field.Length; i++)
        {
            char c = field[i];
            if (c is '\'' or '"')
                i = SkipString(field, i);
            else if (c is '{' or '[' or '(')
                depth++;
            else if (c is '}' or ']' or ')')
                depth--;
            else if (depth == 0 && (c == ':' || c == '!' && i + 1 < field.Length && field[i + 1] != '='))
                return i;
        }
        return field.Length;
    }

    // In a format there may be a lone quote; then nothing is skipped.
    private static int SkipString(string text, int start)
    {
        int end = text.IndexOf(text[start], start + 1);
        return end < 0 ? start : end;
    }
}
