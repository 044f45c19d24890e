using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Parsing.Tokens;

/// <summary>A piece of the text that means one thing.</summary>
/// <param name="Kind">What kind of thing.</param>
/// <param name="Value">Which one: the letter <c>theta</c>, the sign <c>≤</c>, the structure <c>frac</c>.</param>
/// <param name="Start">The index of its first character in the text.</param>
/// <param name="End">The index after its last character.</param>
internal readonly record struct Token(TokenKind Kind, string Value, int Start, int End)
{
    /// <summary>Whether there is room before it.</summary>
    public bool AfterSpace { get; init; }

    /// <summary>The alphabet of a letter.</summary>
    public Alphabet Alphabet { get; init; }

    /// <summary>Of a vertical bar, whether \left, \lvert and the like say on which side it stands.</summary>
    public Side Side { get; init; }

    /// <summary>Whether it is the other form of a Greek letter, \varsigma, in a formula without the first.</summary>
    public bool IsVariant { get; init; }

    /// <summary>Of a function, how its dim=-1 takes the rows of a matrix.</summary>
    public RowSense ByRow { get; init; }

    public SourceSpan Span => new(Start, End - Start);

    public bool Is(TokenKind kind, string value) => Kind == kind && Value == value;
}

/// <summary>On which side of something a sign stands.</summary>
internal enum Side : byte
{
    Unknown,
    Left,
    Right,
}

/// <summary>What a token is.</summary>
internal enum TokenKind : byte
{
    Number,
    Letter,
    Function,
    Big,
    Expectation,
    Relation,
    Plus,
    Minus,
    PlusMinus,
    Times,
    Slash,
    Percent,
    Infix,
    Connective,
    Not,
    Open,
    Close,
    Bar,
    DoubleBar,
    Mid,
    GroupOpen,
    GroupClose,
    Sub,
    Sup,
    Prime,
    Accent,
    CombiningAccent,
    Words,
    Structure,
    Radical,
    Dots,
    Nabla,
    Comma,
    Semicolon,
    Colon,
    Question,
    Align,
    RowBreak,
    Begin,
    Finish,
    Tail,
    To,
    Factorial,
    Gap,
    Quantifier,
    Skip,
    Size,
    AlphabetSwitch,
    TextLike,
    Method,
    End,
}
