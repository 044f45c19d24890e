namespace Nabla.Formulas.Trees;

/// <summary>a + b − c: the terms, a subtracted one as a <see cref="Negation"/>.</summary>
/// <param name="Terms">Two or more; none is a sum itself unless brackets said so.</param>
public sealed record Sum(NodeList<Expression> Terms) : Expression
{
    /// <inheritdoc/>
    public override IReadOnlyList<Expression> Children => Terms;

    /// <inheritdoc/>
    public override Expression WithChildren(IReadOnlyList<Expression> children) => this with { Terms = [.. children] };
}

/// <summary>Factors side by side, all joined by the same sign.</summary>
/// <param name="Factors">Two or more.</param>
/// <param name="Sign">How they are joined.</param>
public sealed record Product(NodeList<Expression> Factors, ProductSign Sign = ProductSign.None) : Expression
{
    /// <inheritdoc/>
    public override IReadOnlyList<Expression> Children => Factors;

    /// <inheritdoc/>
    public override Expression WithChildren(IReadOnlyList<Expression> children) =>
        this with { Factors = [.. children] };
}

/// <summary>The sign between factors, which tells matrix products from elementwise ones.</summary>
public enum ProductSign
{
    /// <summary>Nothing: <c>W x</c>. Of matrices and vectors the matrix product.</summary>
    None,

    /// <summary>·: of two vectors the dot product, of matrices the matrix product, else multiplication.</summary>
    Dot,

    /// <summary>×: multiplication; between sizes it makes a shape.</summary>
    Times,

    /// <summary>*: as typed in code, elementwise where both have a shape.</summary>
    Star,

    /// <summary>⊙ or ∘ between arrays: elementwise.</summary>
    Hadamard,

    /// <summary>⊗: the outer or Kronecker product.</summary>
    Outer,

    /// <summary>@: the matrix product.</summary>
    Matrix,

    /// <summary>∗ as an operation on signals: convolution.</summary>
    Convolution,
}

/// <summary>−x.</summary>
/// <param name="Operand">What the sign stands before.</param>
public sealed record Negation(Expression Operand) : Expression
{
    /// <inheritdoc/>
    public override IReadOnlyList<Expression> Children => [Operand];

    /// <inheritdoc/>
    public override Expression WithChildren(IReadOnlyList<Expression> children) => this with { Operand = children[0] };
}

/// <summary>a / b, written with a bar or with a stroke.</summary>
/// <param name="Numerator">a.</param>
/// <param name="Denominator">b.</param>
public sealed record Quotient(Expression Numerator, Expression Denominator) : Expression
{
    /// <inheritdoc/>
    public override IReadOnlyList<Expression> Children => [Numerator, Denominator];

    /// <inheritdoc/>
    public override Expression WithChildren(IReadOnlyList<Expression> children) =>
        this with { Numerator = children[0], Denominator = children[1] };
}

/// <summary>
/// aᵇ. The base of e^x is the symbol <c>e</c> of kind <see cref="SymbolKind.Constant"/>, so that it is printed as it
/// was written; <c>exp(x)</c> is a <see cref="Call"/> and means the same.
/// </summary>
/// <param name="Base">a.</param>
/// <param name="Exponent">b.</param>
public sealed record Power(Expression Base, Expression Exponent) : Expression
{
    /// <summary>Whether every entry of a matrix is raised, as <c>np.square</c> and <c>.pow</c> do.</summary>
    public bool IsEntrywise { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyList<Expression> Children => [Base, Exponent];

    /// <inheritdoc/>
    public override Expression WithChildren(IReadOnlyList<Expression> children) =>
        this with { Base = children[0], Exponent = children[1] };
}

/// <summary>√x, or with a degree ⁿ√x.</summary>
/// <param name="Radicand">x.</param>
/// <param name="Degree">n, or null for the square root.</param>
public sealed record Root(Expression Radicand, Expression? Degree = null) : Expression
{
    /// <inheritdoc/>
    public override IReadOnlyList<Expression> Children => Degree is null ? [Radicand] : [Radicand, Degree];

    /// <inheritdoc/>
    public override Expression WithChildren(IReadOnlyList<Expression> children) =>
        new Root(children[0], Degree is null ? null : children[1]) { Source = Source };
}

/// <summary>A sign after an expression: Aᵀ, n!, A⁻¹ of a matrix, A⁺.</summary>
/// <param name="Operand">What the sign stands after.</param>
/// <param name="Sign">The sign.</param>
public sealed record Postfix(Expression Operand, PostfixSign Sign) : Expression
{
    /// <inheritdoc/>
    public override IReadOnlyList<Expression> Children => [Operand];

    /// <inheritdoc/>
    public override Expression WithChildren(IReadOnlyList<Expression> children) => this with { Operand = children[0] };
}

/// <summary>A sign after an expression.</summary>
public enum PostfixSign
{
    /// <summary>ᵀ.</summary>
    Transpose,

    /// <summary>ᴴ: transposed and conjugated, of real matrices the transpose.</summary>
    Adjoint,

    /// <summary>⁻¹ of a matrix. Of numbers it is a <see cref="Power"/>.</summary>
    Inverse,

    /// <summary>⁺ or †: the pseudo-inverse.</summary>
    PseudoInverse,

    /// <summary>!.</summary>
    Factorial,
}

/// <summary>Operands joined by another sign: ∪, ∩, ∖, ∧, ∨, ⊕, ±, mod, ∘ of functions.</summary>
/// <param name="Sign">The sign in Unicode, or <c>mod</c>.</param>
/// <param name="Operands">Two or more, or one after a prefix sign such as ¬ or ±.</param>
public sealed record Infix(string Sign, NodeList<Expression> Operands) : Expression
{
    /// <inheritdoc/>
    public override IReadOnlyList<Expression> Children => Operands;

    /// <inheritdoc/>
    public override Expression WithChildren(IReadOnlyList<Expression> children) =>
        this with { Operands = [.. children] };
}
