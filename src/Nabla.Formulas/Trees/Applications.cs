namespace Nabla.Formulas.Trees;

/// <summary>
/// A function applied to arguments: softmax(z), log x, p(s′, r | s, a), D(q ‖ p), max(0, z). A power between name and
/// argument, sin² x, is a <see cref="Power"/> of the call.
/// </summary>
/// <param name="Function">Usually a <see cref="Symbol"/>; its subscripts are its own: log₂, softmax_j, f_θ.</param>
/// <param name="Arguments">What stands between the brackets, or after the name.</param>
/// <param name="Separators">
/// What stands between the arguments, one fewer: <c>,</c> <c>;</c> <c>|</c> or <c>‖</c>.
/// </param>
public sealed record Call(Expression Function, NodeList<Expression> Arguments, NodeList<string> Separators) : Expression
{
    /// <summary>A function of one argument.</summary>
    public Call(Expression function, Expression argument) : this(function, [argument], [])
    {
    }

    /// <summary>A function of arguments with commas between them.</summary>
    public Call(Expression function, params NodeList<Expression> arguments)
        : this(function, arguments, [.. Enumerable.Repeat(",", Math.Max(0, arguments.Count - 1))])
    {
    }

    /// <summary>The letter of the function's name, or empty where the function is no symbol.</summary>
    public string Letter => Function is Symbol symbol ? symbol.Letter : "";

    /// <summary>The arguments after a |: what is given.</summary>
    public IEnumerable<Expression> Given
    {
        get
        {
            int bar = Separators.ToList().IndexOf("|");
            return bar < 0 ? [] : Arguments.Skip(bar + 1);
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Expression> Children => [Function, .. Arguments];

    /// <inheritdoc/>
    public override Expression WithChildren(IReadOnlyList<Expression> children) =>
        this with { Function = children[0], Arguments = [.. children.Skip(1)] };
}

/// <summary>
/// An element of something that is no symbol: softmax(z)_i, (QKᵀ)_{ij}, x[i]. A symbol has its own subscripts.
/// </summary>
/// <param name="Target">What is indexed.</param>
/// <param name="Indices">The indices.</param>
public sealed record Element(Expression Target, NodeList<Expression> Indices) : Expression
{
    /// <inheritdoc/>
    public override IReadOnlyList<Expression> Children => [Target, .. Indices];

    /// <inheritdoc/>
    public override Expression WithChildren(IReadOnlyList<Expression> children) =>
        this with { Target = children[0], Indices = [.. children.Skip(1)] };
}

/// <summary>Something over a range: Σ, Π, ∫, max, argmin, lim, ⋃, or for all.</summary>
/// <param name="Kind">What is done over the range.</param>
/// <param name="Range">
/// What it runs over; empty where the formula leaves it to the reader, as in −Σ p(x) log q(x).
/// </param>
/// <param name="Body">What is added up, multiplied, maximised, …</param>
public sealed record BigOperator(BigOperatorKind Kind, Range Range, Expression Body) : Expression
{
    /// <inheritdoc/>
    public override IReadOnlyList<Expression> Children => [.. Range.Parts, Body];

    /// <inheritdoc/>
    public override Expression WithChildren(IReadOnlyList<Expression> children) =>
        this with { Range = Range.WithParts([.. children.SkipLast(1)]), Body = children[^1] };
}

/// <summary>What is done over a range.</summary>
public enum BigOperatorKind
{
    /// <summary>Σ.</summary>
    Sum,

    /// <summary>Π.</summary>
    Product,

    /// <summary>∫.</summary>
    Integral,

    /// <summary>max.</summary>
    Max,

    /// <summary>min.</summary>
    Min,

    /// <summary>arg max.</summary>
    ArgMax,

    /// <summary>arg min.</summary>
    ArgMin,

    /// <summary>sup.</summary>
    Supremum,

    /// <summary>inf.</summary>
    Infimum,

    /// <summary>lim.</summary>
    Limit,

    /// <summary>⋃.</summary>
    Union,

    /// <summary>⋂.</summary>
    Intersection,

    /// <summary>∀.</summary>
    ForAll,

    /// <summary>∃.</summary>
    Exists,

    /// <summary>The concatenation ‖ over a range.</summary>
    Concatenation,
}

/// <summary>
/// What an operator runs over: the variables, and from where to where, in which set, under which condition. In
/// Σ_{t=0}^{∞} the variable is t, from 0 to ∞; in Σ_{s′,r} there are two variables; in max_{a ∈ A} the domain is A; in
/// Σ_{i&lt;j} the condition is i &lt; j; in lim_{x→0} the end is 0.
/// </summary>
/// <param name="Variables">The variables, mostly symbols; for an integral those of dx dy.</param>
/// <param name="From">The lower end, or null.</param>
/// <param name="To">The upper end, or null.</param>
/// <param name="Domain">The set, or null.</param>
/// <param name="Condition">A relation, or null.</param>
public sealed record Range(NodeList<Expression> Variables, Expression? From = null, Expression? To = null,
    Expression? Domain = null, Expression? Condition = null)
{
    /// <summary>A range of which nothing is said.</summary>
    public static Range Unstated { get; } = new([]);

    /// <summary>All nodes in it, in order.</summary>
    public IReadOnlyList<Expression> Parts =>
        [.. Variables, .. new[] { From, To, Domain, Condition }.OfType<Expression>()];

    /// <summary>The same range with other nodes, as many as <see cref="Parts"/> and in the same order.</summary>
    public Range WithParts(IReadOnlyList<Expression> parts)
    {
        int at = Variables.Count;
        Expression? Next(Expression? old) => old is null ? null : parts[at++];
        return new([.. parts.Take(Variables.Count)], Next(From), Next(To), Next(Domain), Next(Condition));
    }
}

/// <summary>
/// A number that a distribution gives: 𝔼_{x∼p}[f(x)], Var[x], Cov(x, y), Pr[…]. A probability p(x) is a
/// <see cref="Call"/>.
/// </summary>
/// <param name="Kind">Which number.</param>
/// <param name="Over">What stands below: relations x ∼ p, or symbols; may be empty.</param>
/// <param name="Arguments">What stands between the brackets.</param>
/// <param name="Given">What stands after a | between the brackets.</param>
public sealed record Expectation(ExpectationKind Kind, NodeList<Expression> Over, NodeList<Expression> Arguments,
    NodeList<Expression> Given) : Expression
{
    /// <summary>The mark over its letter, <c>hat</c> where it is estimated from samples; or empty.</summary>
    public string Accent { get; init; } = "";

    /// <inheritdoc/>
    public override IReadOnlyList<Expression> Children => [.. Over, .. Arguments, .. Given];

    /// <summary>Whether both are the same number, estimated or not.</summary>
    public bool Equals(Expectation? other) => other is not null && Kind == other.Kind && Over.Equals(other.Over)
        && Arguments.Equals(other.Arguments) && Given.Equals(other.Given);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Kind, Over, Arguments, Given);

    /// <inheritdoc/>
    public override Expression WithChildren(IReadOnlyList<Expression> children) => this with
    {
        Over = [.. children.Take(Over.Count)],
        Arguments = [.. children.Skip(Over.Count).Take(Arguments.Count)],
        Given = [.. children.Skip(Over.Count + Arguments.Count)],
    };
}

/// <summary>Which number of a distribution.</summary>
public enum ExpectationKind
{
    /// <summary>The mean, 𝔼.</summary>
    Mean,

    /// <summary>The variance.</summary>
    Variance,

    /// <summary>The covariance.</summary>
    Covariance,

    /// <summary>The standard deviation.</summary>
    StandardDeviation,

    /// <summary>The probability of an event, Pr[…].</summary>
    Probability,
}

/// <summary>A derivative by name: dL/dW, ∂²f/∂x∂y, d/dx (x²).</summary>
/// <param name="IsPartial">Whether it is written with ∂.</param>
/// <param name="Of">What is differentiated, or null where the operator stands alone, d/dx.</param>
/// <param name="Variables">By what; a variable stands twice for a second derivative.</param>
public sealed record Derivative(bool IsPartial, Expression? Of, NodeList<Expression> Variables) : Expression
{
    /// <inheritdoc/>
    public override IReadOnlyList<Expression> Children => Of is null ? Variables : [Of, .. Variables];

    /// <inheritdoc/>
    public override Expression WithChildren(IReadOnlyList<Expression> children) =>
        new Derivative(IsPartial, Of is null ? null : children[0], [.. children.Skip(Of is null ? 0 : 1)])
        {
            Source = Source,
        };
}

/// <summary>∇L, ∇_θ L, ∇²f, ∇·v.</summary>
/// <param name="Kind">Which of them.</param>
/// <param name="Variables">By what, from the subscript; may be empty.</param>
/// <param name="Of">What is differentiated, or null where the operator stands alone.</param>
public sealed record Gradient(GradientKind Kind, NodeList<Expression> Variables, Expression? Of) : Expression
{
    /// <inheritdoc/>
    public override IReadOnlyList<Expression> Children => Of is null ? Variables : [.. Variables, Of];

    /// <inheritdoc/>
    public override Expression WithChildren(IReadOnlyList<Expression> children) =>
        new Gradient(Kind, [.. children.Take(Variables.Count)], Of is null ? null : children[^1]) { Source = Source };
}

/// <summary>What ∇ is used for.</summary>
public enum GradientKind
{
    /// <summary>∇f.</summary>
    Gradient,

    /// <summary>∇²f: the Hessian of a function to be minimised; elsewhere the Laplacian.</summary>
    Second,

    /// <summary>∇·v.</summary>
    Divergence,
}
