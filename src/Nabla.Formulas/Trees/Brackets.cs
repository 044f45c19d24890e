namespace Nabla.Formulas.Trees;

/// <summary>Something between signs that mean something: |x|, ‖x‖₂, ⌊x⌋, ⟨a, b⟩, 𝟙[…].</summary>
/// <param name="Kind">What the signs mean.</param>
/// <param name="Items">What stands between them.</param>
/// <param name="Subscript">What stands below behind them: the 2 of ‖x‖₂, the a of f(x)|_{x=a}; or null.</param>
public sealed record Delimited(DelimiterKind Kind, NodeList<Expression> Items, Expression? Subscript = null)
    : Expression
{
    /// <inheritdoc/>
    public override IReadOnlyList<Expression> Children => Subscript is null ? Items : [.. Items, Subscript];

    /// <inheritdoc/>
    public override Expression WithChildren(IReadOnlyList<Expression> children) => this with
    {
        Items = [.. children.Take(Items.Count)],
        Subscript = Subscript is null ? null : children[^1],
    };
}

/// <summary>What signs around something mean.</summary>
public enum DelimiterKind
{
    /// <summary>|x| of a number.</summary>
    Absolute,

    /// <summary>|S| of a set.</summary>
    Cardinality,

    /// <summary>|A| of a matrix.</summary>
    Determinant,

    /// <summary>‖x‖.</summary>
    Norm,

    /// <summary>⌊x⌋.</summary>
    Floor,

    /// <summary>⌈x⌉.</summary>
    Ceiling,

    /// <summary>⌊x⌉.</summary>
    Round,

    /// <summary>⟨a, b⟩.</summary>
    InnerProduct,

    /// <summary>⟨x⟩.</summary>
    Average,

    /// <summary>𝟙[…]: 1 where it holds, else 0.</summary>
    Indicator,

    /// <summary>f|_{x=a}: f where x is a.</summary>
    EvaluatedAt,
}

/// <summary>
/// Things listed between brackets: (x, y), [1, 2, 3], {a, b}, [0, 1), {(xᵢ, yᵢ)}ᵢ₌₁ᴺ, {x | x &gt; 0}.
/// </summary>
/// <param name="Kind">What is meant.</param>
/// <param name="Items">What is listed.</param>
/// <param name="Range">Over what the items run, or null.</param>
public sealed record Collection(CollectionKind Kind, NodeList<Expression> Items, Range? Range = null) : Expression
{
    /// <inheritdoc/>
    public override IReadOnlyList<Expression> Children => Range is null ? Items : [.. Items, .. Range.Parts];

    /// <inheritdoc/>
    public override Expression WithChildren(IReadOnlyList<Expression> children) => this with
    {
        Items = [.. children.Take(Items.Count)],
        Range = Range?.WithParts([.. children.Skip(Items.Count)]),
    };
}

/// <summary>What a listing between brackets means.</summary>
public enum CollectionKind
{
    /// <summary>(a, b), or a, b without brackets.</summary>
    Tuple,

    /// <summary>[a, b]: a vector; with semicolons, parts put one after another.</summary>
    List,

    /// <summary>[a; b]: parts put one after another.</summary>
    Concatenation,

    /// <summary>{a, b}.</summary>
    Set,

    /// <summary>[a, b], both ends within.</summary>
    ClosedInterval,

    /// <summary>(a, b), neither end within.</summary>
    OpenInterval,

    /// <summary>[a, b), without the upper end.</summary>
    RightOpenInterval,

    /// <summary>(a, b], without the lower end.</summary>
    LeftOpenInterval,
}

/// <summary>A matrix written out.</summary>
/// <param name="Rows">Its rows, each a <see cref="Collection"/> of the same length.</param>
public sealed record MatrixLiteral(NodeList<Expression> Rows) : Expression
{
    /// <inheritdoc/>
    public override IReadOnlyList<Expression> Children => Rows;

    /// <inheritdoc/>
    public override Expression WithChildren(IReadOnlyList<Expression> children) => this with { Rows = [.. children] };
}

/// <summary>A value that depends on conditions, after a large brace.</summary>
/// <param name="Values">The values.</param>
/// <param name="Conditions">Of each value the condition: a relation, or <see cref="Words"/> (<c>otherwise</c>).</param>
public sealed record Cases(NodeList<Expression> Values, NodeList<Expression> Conditions) : Expression
{
    /// <inheritdoc/>
    public override IReadOnlyList<Expression> Children => [.. Values, .. Conditions];

    /// <inheritdoc/>
    public override Expression WithChildren(IReadOnlyList<Expression> children) =>
        this with { Values = [.. children.Take(Values.Count)], Conditions = [.. children.Skip(Values.Count)] };
}

/// <summary>Something with a word above or below, as \underbrace puts it.</summary>
/// <param name="Inner">The thing itself.</param>
/// <param name="Note">The word.</param>
public sealed record Annotated(Expression Inner, Expression Note) : Expression
{
    /// <inheritdoc/>
    public override IReadOnlyList<Expression> Children => [Inner, Note];

    /// <inheritdoc/>
    public override Expression WithChildren(IReadOnlyList<Expression> children) =>
        this with { Inner = children[0], Note = children[1] };
}
