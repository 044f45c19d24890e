namespace Nabla.Formulas.Trees;

/// <summary>A node with nothing below it.</summary>
public abstract record Atom : Expression
{
    /// <inheritdoc/>
    public sealed override IReadOnlyList<Expression> Children => [];

    /// <inheritdoc/>
    public sealed override Expression WithChildren(IReadOnlyList<Expression> children) => this;
}

/// <summary>A number as it was written.</summary>
/// <param name="Value">Its value.</param>
/// <param name="Text">Its digits as they stood there, <c>0.10</c> or <c>1e-8</c>.</param>
public sealed record Number(double Value, string Text) : Atom;

/// <summary>Words inside a formula: <c>\text{otherwise}</c>.</summary>
/// <param name="Value">The words.</param>
public sealed record Words(string Value) : Atom;

/// <summary>Dots that stand for what is left out: …, ⋯, ⋮, ⋱.</summary>
public sealed record Ellipsis : Atom;
