using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Printing.Pages;

/// <summary>What an HTML page about a formula shows; all words are plain text, the page escapes them.</summary>
/// <param name="Tree">The formula.</param>
public sealed record FormulaPage(Expression Tree)
{
    /// <summary>The heading, as a rule the name of the formula; empty for none.</summary>
    public string Title { get; init; } = "";

    /// <summary>The formula in one sentence.</summary>
    public string Reading { get; init; } = "";

    /// <summary>What is to be said about it, a paragraph each.</summary>
    public IReadOnlyList<string> Paragraphs { get; init; } = [];

    /// <summary>
    /// What each symbol means. Symbols of the formula without a note can be seen but say only their name.
    /// </summary>
    public IReadOnlyList<SymbolNote> Symbols { get; init; } = [];

    /// <summary>The formula step by step.</summary>
    public IReadOnlyList<PageStep> Steps { get; init; } = [];

    /// <summary>
    /// Further facts, a name and what it is: <c>value</c>, <c>shape</c>, <c>derivative by x</c>, <c>source</c>.
    /// </summary>
    public IReadOnlyList<PageFact> Facts { get; init; } = [];

    /// <summary>What the reader should be warned of.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>A picture as SVG, which the page does not escape; empty for none.</summary>
    public string Picture { get; init; } = "";
}

/// <summary>What a symbol of the formula means, shown when the pointer is over it, and in a table.</summary>
/// <param name="Name">Its name as in <see cref="Symbol.Name"/>.</param>
/// <param name="Meaning">Its usual name: <c>learning rate</c>.</param>
public sealed record SymbolNote(string Name, string Meaning)
{
    /// <summary>Its part in this formula.</summary>
    public string Role { get; init; } = "";

    /// <summary>Its shape, <c>[2, 3]</c>.</summary>
    public string Shape { get; init; } = "";

    /// <summary>Its value.</summary>
    public string Value { get; init; } = "";

    /// <summary>The symbol itself; found by its name in the formula where it is left out.</summary>
    public Expression? Symbol { get; init; }
}

/// <summary>A part of the formula with what it says.</summary>
/// <param name="Part">The part.</param>
/// <param name="Reading">It in words.</param>
public sealed record PageStep(Expression Part, string Reading)
{
    /// <summary>The shape of its value.</summary>
    public string Shape { get; init; } = "";

    /// <summary>Its value.</summary>
    public string Value { get; init; } = "";
}

/// <summary>A fact with its name.</summary>
/// <param name="Name">What it is: <c>value</c>.</param>
/// <param name="Text">The fact.</param>
public sealed record PageFact(string Name, string Text);
