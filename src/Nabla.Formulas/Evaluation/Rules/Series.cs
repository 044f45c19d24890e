using Nabla.Formulas.Evaluation.Reading;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Evaluation.Rules;

/// <summary>Tells what dots leave out: a₁ + a₂ + … + aₙ is Σₖ aₖ from 1 to n.</summary>
internal static class Series
{
    private const int MostListed = 64;

    /// <summary>The index that runs.</summary>
    public static Symbol Index { get; } = new("k") { Prefix = "index " };

    /// <summary>What stands behind dots that go on for ever.</summary>
    public static Expression Infinite { get; } = new Symbol("infinity") { Kind = SymbolKind.Constant };

    /// <summary>
    /// The general term between the first and the last, which must differ in one place only, and from where to where
    /// the index runs; or null.
    /// </summary>
    public static Expression? Between(Expression first, Expression last, out Expression from, out Expression to)
    {
        (from, to) = (first, last);
        if (first.Equals(last))
            return null;
        if (first is Number && last is Number or Symbol { IsBare: true })
            return Index;
        if (first is Symbol a && last is Symbol b && a.StemName != b.StemName || first.GetType() != last.GetType()
            || first.Children.Count != last.Children.Count || first.Children.Count == 0)
            return null;
        int at = -1;
        for (int i = 0; i < first.Children.Count; i++)
            if (!first.Children[i].Equals(last.Children[i]))
            {
                if (at >= 0)
                    return Twice(first, last, ref from, ref to);
                at = i;
            }
        if (at < 0 || Between(first.Children[at], last.Children[at], out from, out to) is not { } inner)
            return null;
        return first.WithChildren([.. first.Children.Select((child, i) => i == at ? inner : child)]);
    }

    /// <summary>What has dots and ends with a letter, x₁ + x₂ + … + xₙ, as an operator over the index.</summary>
    public static IEnumerable<BigOperator> Within(Expression tree)
    {
        foreach (Expression node in tree.All())
        {
            IReadOnlyList<Expression> parts = node is Sum or Product or Collection ? node.Children : [];
            int dots = parts.ToList().FindIndex(part => part is Ellipsis);
            if (dots > 0 && dots < parts.Count - 1
                && Between(parts[0], parts[dots + 1], out Expression from, out Expression to) is { } general
                && to is Symbol { IsBare: true, Kind: not SymbolKind.Constant })
                yield return new BigOperator(BigOperatorKind.Sum, new([Index], from, to), general);
        }
    }

    /// <summary>All that dots stand for, one by one: head₁, head₂, head₃.</summary>
    /// <exception cref="FormulaException">How many they are is not known, or they are too many.</exception>
    public static NodeList<Expression> Listed(Interpreter c, Collection list, Scope scope)
    {
        if (Bound(c, list) is { } given)
            return given;
        if (Progression.Of(c, [.. list.Items.SkipLast(2)], list.Items[^1], scope) is not { } parts)
            throw NodeRules.NoValue(list, "a list whose dots stand for nothing that could be told has");
        double first = c.EvaluateNumber(parts.From, scope, "where a list begins");
        int count = c.Silently(() => c.Evaluate(
            new Collection(CollectionKind.Tuple, [parts.General], new([Index], parts.From, parts.To)), scope)).Own[0];
        if (count > MostListed)
            throw new FormulaException($"dots stand for {count} parts; at most {MostListed} are put together.");
        return
        [
            .. Enumerable.Range(0, count).Select(i => parts.General.Rewrite(node =>
                node.Equals(Index) ? new Number(first + i, $"{first + i:R}") : node)),
        ];
    }

    // head₁, head₂, …, head_h where each of them is bound, the last one by its letter.
    private static NodeList<Expression>? Bound(Interpreter c, Collection list)
    {
        if (list.Items[0] is not Symbol { Subscripts: [Number { Value: 1 }] } first || list.Items[^1] is not Symbol last
            || c.Store.Find(first.Name) is null || c.Store.Find(last.Name) is null)
            return null;
        var parts = new List<Expression> { first };
        for (Symbol next = first; parts.Count < MostListed; parts.Add(next))
        {
            int number = parts.Count + 1;
            next = first with { Subscripts = [new Number(number, $"{number}")] };
            if (c.Store.Find(next.Name) is null || next.Name == last.Name)
                break;
        }
        return [.. parts, last];
    }

    /// <summary>w₁x₁ + … + wₙxₙ: the first and the last differ in several places, in each by the same.</summary>
    private static Expression? Twice(Expression first, Expression last, ref Expression from, ref Expression to)
    {
        var children = new Expression[first.Children.Count];
        Expression? begin = null, end = null;
        for (int i = 0; i < children.Length; i++)
        {
            children[i] = first.Children[i];
            if (children[i].Equals(last.Children[i]))
                continue;
            if (Between(children[i], last.Children[i], out Expression lower, out Expression upper) is not { } inner
                || begin is not null && (!begin.Equals(lower) || !upper.Equals(end)))
                return null;
            (children[i], begin, end) = (inner, lower, upper);
        }
        (from, to) = (begin!, end!);
        return first.WithChildren(children);
    }
}
