using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Parsing.Grammar;

/// <summary>What stands below or above behind something.</summary>
/// <param name="Items">The parts that commas separate.</param>
/// <param name="Form">How it was written.</param>
internal readonly record struct Script(NodeList<Expression> Items, ScriptForm Form)
{
    public SourceSpan Source { get; init; }

    /// <summary>Whether it is the power of a program, A ** 2, which takes each entry.</summary>
    public bool IsEntrywise { get; init; }

    /// <summary>All parts as one node.</summary>
    public Expression Single => Items.Count == 1 ? Items[0] : new Collection(CollectionKind.Tuple, Items);
}

/// <summary>How a script was written.</summary>
internal enum ScriptForm
{
    /// <summary>x^2, x^{2}.</summary>
    Plain,

    /// <summary>x^{(2)}, in braces of its own.</summary>
    BracedParentheses,

    /// <summary>x^(2), as typed.</summary>
    Parentheses,

    /// <summary>x^{[2]}.</summary>
    Square,

    /// <summary>A sign alone: x^*, x^+.</summary>
    Sign,
}
