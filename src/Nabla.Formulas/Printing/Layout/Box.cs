using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Printing.Layout;

/// <summary>
/// A piece of a formula as it stands on paper. All brackets are there already, so that a language of mathematics
/// (LaTeX, MathML, a line of text) has to say only how each piece is written.
/// </summary>
internal abstract record Box
{
    /// <summary>Whether it is higher than a line, so that brackets around it grow.</summary>
    public virtual bool IsTall => false;
}

/// <summary>A number as it was written.</summary>
internal sealed record NumberBox(string Text) : Box;

/// <summary>A letter or a name, Greek letters by their English names.</summary>
internal sealed record LetterBox(string Letter, Alphabet Alphabet, bool IsFunction = false) : Box
{
    /// <summary>Whether it is the other form of a Greek letter.</summary>
    public bool IsVariant { get; init; }
}

/// <summary>Ordinary words.</summary>
internal sealed record WordsBox(string Text) : Box;

/// <summary>A sign, in Unicode; empty between factors that stand side by side.</summary>
internal sealed record SignBox(string Sign, SignRole Role) : Box
{
    public static SignBox Comma { get; } = new(",", SignRole.Separator);

    public static SignBox Beside { get; } = new("", SignRole.Beside);

    public static SignBox Application { get; } = new("", SignRole.Application);

    public override bool IsTall => Role == SignRole.Big;
}

/// <summary>Where a sign stands, which says how much room it has.</summary>
internal enum SignRole
{
    /// <summary>Between operands: +.</summary>
    Infix,

    /// <summary>Between sides: =.</summary>
    Relation,

    /// <summary>Before an operand: the minus of −x, ∂.</summary>
    Prefix,

    /// <summary>After an operand: !.</summary>
    Postfix,

    /// <summary>A comma.</summary>
    Separator,

    /// <summary>The bar of a condition.</summary>
    Bar,

    /// <summary>Nothing between a function and its argument without brackets: log x.</summary>
    Application,

    /// <summary>A word between statements: where.</summary>
    Conjunction,

    /// <summary>Nothing between factors.</summary>
    Beside,

    /// <summary>Σ, Π, ∫: large.</summary>
    Big,

    /// <summary>It stands for itself: dots, ⊤.</summary>
    Ordinary,
}

/// <summary>Pieces side by side.</summary>
internal sealed record RowBox(IReadOnlyList<Box> Parts) : Box
{
    public override bool IsTall => Parts.Any(part => part.IsTall);

    /// <summary>Whether factors meet here, a name and a bracket: x (2), without a space a call.</summary>
    public bool IsProductBeforeBracket(int at) => at > 0 && at + 1 < Parts.Count
        && Parts[at] is SignBox { Role: SignRole.Beside } && Parts[at + 1] is FenceBox
        && Parts[at - 1] is not NumberBox;

    /// <summary>Whether two names meet here, a and b of eᵃᵇ: without a space one name of two letters.</summary>
    public bool IsProductOfNames(int at) => at > 0 && at + 1 < Parts.Count
        && Parts[at] is SignBox { Role: SignRole.Beside } && Parts[at - 1] is NamedBox && Parts[at + 1] is NamedBox;
}

/// <summary>A fraction with a bar.</summary>
internal sealed record FractionBox(Box Above, Box Below) : Box
{
    public override bool IsTall => true;
}

/// <summary>A root.</summary>
internal sealed record RootBox(Box Radicand, Box? Degree) : Box
{
    public override bool IsTall => Radicand.IsTall;
}

/// <summary>Something with a subscript and a superscript.</summary>
internal sealed record ScriptBox(Box Base, Box? Below, Box? Above) : Box
{
    public override bool IsTall => Base.IsTall || Above is { IsTall: true };
}

/// <summary>An operator with what it runs over below and above: Σ, max.</summary>
internal sealed record LimitsBox(Box Operator, Box? Under, Box? Over) : Box
{
    public override bool IsTall => Operator.IsTall || Under is not null;
}

/// <summary>Something with a mark above: <c>hat</c>, <c>bar</c>, <c>tilde</c>.</summary>
internal sealed record AccentBox(Box Base, string Accent) : Box;

/// <summary>Something between brackets; an empty string is a bracket that is not seen.</summary>
internal sealed record FenceBox(string Open, Box Inner, string Close) : Box
{
    public override bool IsTall => Inner.IsTall;
}

/// <summary>A table: a matrix, cases, or formulas under one another.</summary>
internal sealed record GridBox(GridKind Kind, IReadOnlyList<IReadOnlyList<Box>> Rows) : Box
{
    public override bool IsTall => true;
}

/// <summary>What a table is.</summary>
internal enum GridKind
{
    Matrix,
    Cases,
    Aligned,
}

/// <summary>Something over a brace with a word below.</summary>
internal sealed record BraceBox(Box Inner, Box Note) : Box
{
    public override bool IsTall => true;
}

/// <summary>All that belongs to one symbol of the formula.</summary>
internal sealed record NamedBox(Symbol Symbol, Box Inner) : Box
{
    public override bool IsTall => Inner.IsTall;
}
