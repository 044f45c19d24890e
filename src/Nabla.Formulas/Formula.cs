using Nabla.Formulas.Parsing;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas;

/// <summary>A formula that has been read: what was written, and its tree.</summary>
/// <param name="Text">What was written.</param>
/// <param name="Style">The way it was written.</param>
/// <param name="Tree">What it means.</param>
public sealed record Formula(string Text, InputStyle Style, Expression Tree)
{
    /// <summary>Readings that the text left open, and which one was taken.</summary>
    public NodeList<Choice> Choices { get; init; } = [];

    /// <summary>
    /// The formula itself without conditions behind it; of several the last whose left side no other one uses.
    /// </summary>
    public Expression Main => SystemRoot.Of(Tree);

    /// <summary>What stands left of the first relation, or null.</summary>
    public Expression? Left => Main is Relation relation ? relation.Members[0] : null;

    /// <summary>What is computed: what stands right of the last relation, or the whole.</summary>
    public Expression Right => Main is Relation relation ? relation.Members[^1] : Main;

    /// <summary>Reads a formula written in LaTeX, in Unicode or as typed, or in a mixture.</summary>
    /// <exception cref="FormulaException">It cannot be read; the error says where and what was expected.</exception>
    public static Formula Parse(string text) => FormulaReader.Read(text);
}
