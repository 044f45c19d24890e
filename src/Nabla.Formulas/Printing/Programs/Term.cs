namespace Nabla.Formulas.Printing.Programs;

/// <summary>A piece of a program that stands for a value.</summary>
/// <param name="Text">Its code.</param>
/// <param name="Tightness">How tightly its code holds together.</param>
/// <param name="Rank">The number of its dimensions: 0 of a number, 1 of a vector, 2 of a matrix.</param>
internal sealed record Term(string Text, Tightness Tightness, int Rank)
{
    // Each part of a program holds the text of all its parts again.
    private const int LongestText = 14_000;

    /// <summary>Its code.</summary>
    /// <exception cref="FormulaException">It is longer than anybody reads.</exception>
    public string Text { get; init => field = Short(value); } = Short(Text);

    /// <summary>Whether a vector is a row: what a transposed vector is.</summary>
    public bool IsRow { get; init; }

    /// <summary>Whether it is a number of the programming language and no array: 2, an index.</summary>
    public bool IsPlain { get; init; }

    /// <summary>Its value, where the program does not have to be run to know it.</summary>
    public double? Value { get; init; }

    /// <summary>Its sizes, where they are known.</summary>
    public int[]? Sizes { get; init; }

    /// <summary>The parts of a list that is written part by part; else null.</summary>
    public IReadOnlyList<Term>? Items { get; init; }

    /// <summary>The code with brackets around it where its place asks for more tightness.</summary>
    public string In(Tightness least) => Tightness >= least ? Text : $"({Text})";

    private static string Short(string text) => text.Length <= LongestText ? text : throw new FormulaException(
        $"the code for the formula is longer than {LongestText} characters; split the formula.");
}

/// <summary>How tightly code holds together, loosest first.</summary>
internal enum Tightness
{
    Conditional,
    Comparison,
    Additive,
    Multiplicative,
    Unary,
    Power,
    Primary,
}
