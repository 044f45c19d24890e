namespace Nabla.Formulas.Trees;

/// <summary>
/// Things set in relation, perhaps more than two: h = W₀x + ΔWx = W₀x + BAx, θ ← θ − η∇L, x ∼ p, 0 &lt; γ ≤ 1.
/// </summary>
/// <param name="Members">Two or more.</param>
/// <param name="Operators">The signs between them, one fewer.</param>
public sealed record Relation(NodeList<Expression> Members, NodeList<RelationOperator> Operators) : Expression
{
    /// <summary>Two things in relation.</summary>
    public Relation(Expression left, RelationOperator sign, Expression right) : this([left, right], [sign])
    {
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Expression> Children => Members;

    /// <inheritdoc/>
    public override Expression WithChildren(IReadOnlyList<Expression> children) =>
        this with { Members = [.. children] };
}

/// <summary>A sign that sets two things in relation.</summary>
/// <param name="Sign">The sign in Unicode.</param>
/// <param name="Kind">What it says.</param>
public sealed record RelationOperator(string Sign, RelationKind Kind)
{
    /// <summary>=</summary>
    public static RelationOperator EqualSign { get; } = new("=", RelationKind.Equal);

    /// <inheritdoc/>
    public override string ToString() => Sign;
}

/// <summary>What a relation says.</summary>
public enum RelationKind
{
    /// <summary>=, ≡.</summary>
    Equal,

    /// <summary>:=, ≜, ≝: the left side is a name for the right one.</summary>
    Definition,

    /// <summary>←: the left side gets the value of the right one.</summary>
    Assignment,

    /// <summary>≈, ≃, ≅.</summary>
    Approximate,

    /// <summary>∝.</summary>
    Proportional,

    /// <summary>∼: is drawn from.</summary>
    Distributed,

    /// <summary>&lt;, ≤, ≪, ≲.</summary>
    Less,

    /// <summary>&gt;, ≥, ≫, ≳.</summary>
    Greater,

    /// <summary>≠.</summary>
    Unequal,

    /// <summary>∈.</summary>
    Member,

    /// <summary>∉.</summary>
    NotMember,

    /// <summary>⊂, ⊆.</summary>
    Subset,

    /// <summary>→, ↦: maps to, tends to.</summary>
    Maps,

    /// <summary>⇒.</summary>
    Implies,

    /// <summary>⇔.</summary>
    Equivalent,

    /// <summary>⟂, ∥ and others.</summary>
    Other,
}

/// <summary>Several formulas that belong together, as \begin{aligned} sets them or a comma separates them.</summary>
/// <param name="Formulas">The formulas in order.</param>
public sealed record FormulaSystem(NodeList<Expression> Formulas) : Expression
{
    /// <inheritdoc/>
    public override IReadOnlyList<Expression> Children => Formulas;

    /// <inheritdoc/>
    public override Expression WithChildren(IReadOnlyList<Expression> children) =>
        this with { Formulas = [.. children] };
}

/// <summary>
/// A formula with what is said of its symbols behind it: e = E(x), <em>where</em> e ∈ ℝᵈ; D = {(xᵢ, yᵢ)} <em>for</em>
/// i = 1 … N; … <em>if</em> x &gt; 0.
/// </summary>
/// <param name="Statement">The formula.</param>
/// <param name="Word">What joins both: <c>where</c>, <c>for</c>, <c>if</c>, <c>for all</c>, <c>subject to</c>.</param>
/// <param name="Condition">What is said: a relation, a <see cref="FormulaSystem"/> of several, or words.</param>
public sealed record Qualified(Expression Statement, string Word, Expression Condition) : Expression
{
    /// <inheritdoc/>
    public override IReadOnlyList<Expression> Children => [Statement, Condition];

    /// <inheritdoc/>
    public override Expression WithChildren(IReadOnlyList<Expression> children) =>
        this with { Statement = children[0], Condition = children[1] };
}
