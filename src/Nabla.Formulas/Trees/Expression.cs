namespace Nabla.Formulas.Trees;

/// <summary>
/// A node of a formula's tree. The tree says what the formula means, not how it was typeset: <c>\frac{a}{b}</c> and
/// <c>a/b</c> are the same node, and brackets that only group are gone.
/// </summary>
public abstract record Expression
{
    /// <summary>Where it stood in the input.</summary>
    public SourceSpan Source { get; init; }

    /// <summary>Whether it is taken of each row of a matrix, as a program's setting says.</summary>
    public RowSense ByRow { get; init; }

    /// <summary>The nodes directly below, in the order of reading.</summary>
    public abstract IReadOnlyList<Expression> Children { get; }

    /// <summary>
    /// The same node with other nodes below, as many as <see cref="Children"/> and in the same order.
    /// </summary>
    public abstract Expression WithChildren(IReadOnlyList<Expression> children);

    /// <summary>This node and all below it, parents first.</summary>
    public IEnumerable<Expression> All()
    {
        // A stack of its own size: most trees are small, and nothing is done with them as often as this.
        var open = new Expression[8];
        open[0] = this;
        for (int count = 1; count > 0;)
        {
            Expression node = open[--count];
            yield return node;
            IReadOnlyList<Expression> children = node.Children;
            if (count + children.Count > open.Length)
                Array.Resize(ref open, Math.Max(2 * open.Length, count + children.Count));
            for (int i = children.Count - 1; i >= 0; i--)
                open[count++] = children[i];
        }
    }

    /// <summary>
    /// The tree with every node replaced by what <paramref name="change"/> makes of it, children first.
    /// </summary>
    public Expression Rewrite(Func<Expression, Expression> change)
    {
        IReadOnlyList<Expression> children = Children;
        if (children.Count == 0)
            return change(this);
        Expression[]? changed = null;
        for (int i = 0; i < children.Count; i++)
        {
            Expression child = children[i].Rewrite(change);
            if (changed is null && !ReferenceEquals(child, children[i]))
                changed = [.. children];
            changed?[i] = child;
        }
        return change(changed is null ? this : WithChildren(changed));
    }
}
