namespace Nabla.Formulas.Articles.Python;

/// <summary>The kind of a word of a program.</summary>
internal enum TokenKind
{
    Name,
    Number,
    Text,
    FormattedText,
    Operator,

    /// <summary>What is no Python; its text says why.</summary>
    Unknown,
    End,
}

/// <summary>A word of a program.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">As written; of a string what stands between the quotes, escapes resolved (not in
/// f-strings).</param>
internal readonly record struct Token(TokenKind Kind, string Text)
{
    public static Token End { get; } = new(TokenKind.End, "");

    public bool Is(string text) => Kind is TokenKind.Operator or TokenKind.Name && Text == text;
}

/// <summary>A comment and where it stands.</summary>
/// <param name="Line">The physical line, from 0.</param>
/// <param name="Start">The index of its first character after the #, in the snippet.</param>
/// <param name="Text">What it says, without the #.</param>
internal sealed record Comment(int Line, int Start, string Text);

/// <summary>A statement with all lines over which its brackets reach; without tokens it is a comment or
/// empty.</summary>
internal sealed class LogicalLine(int line, int indent)
{
    /// <summary>Its first physical line, from 0.</summary>
    public int Line { get; } = line;

    /// <summary>Its last physical line.</summary>
    public int LastLine { get; set; } = line;

    public int Indent { get; } = indent;

    public List<Token> Tokens { get; } = [];

    public List<Comment> Comments { get; } = [];

    public bool IsStatement => Tokens.Count > 0;

    public bool Starts(params ReadOnlySpan<string> words)
    {
        foreach (string word in words)
            if (IsStatement && Tokens[0].Is(word))
                return true;
        return false;
    }

    /// <summary>Whether an indented block has to follow.</summary>
    public bool OpensBlock => IsStatement && Tokens[^1].Is(":")
        && Starts("def", "class", "if", "elif", "else", "for", "while", "with", "try", "except", "finally", "async");
}
