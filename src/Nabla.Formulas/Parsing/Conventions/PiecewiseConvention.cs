using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Parsing.Conventions;

/// <summary>
/// Values by words, each before its condition: x for x > 0, a x for x ≤ 0, and 0 otherwise; or in one brace,
/// {x, x ≥ 0; a x, x &lt; 0}.
/// </summary>
internal static class PiecewiseConvention
{
    /// <summary>
    /// The first condition, and the values and conditions behind it; null where no other value follows.
    /// </summary>
    /// <param name="condition">
    /// What stands behind the first "for" or "if": its end and the next value as a pair.
    /// </param>
    public static (Expression First, List<(Expression Value, Expression Condition)> Others)? Branches(
        Expression condition)
    {
        return condition switch
        {
            Qualified { Word: not "otherwise", Statement: Relation { Members: [Symbol index, ..] } range }
                when IsCounted(index) && range.Operators[^1].Kind is RelationKind.Equal or RelationKind.Member => null,
            Qualified { Word: "for" or "if" or "otherwise", Statement: Relation said, Condition: var last }
                when IsPair(said.Members[^1], out Expression end, out Expression next) && last is Relation or Words =>
                (With(said, end), [(next, last is Words ? new Words("otherwise") : last)]),
            Relation said when said.Members[^1] is Cases inner
                && IsPair(inner.Values[0], out Expression end, out Expression next) =>
                (With(said, end), [(next, inner.Conditions[0]),
                    .. inner.Values.Zip(inner.Conditions).Skip(1).Select(pair => (pair.First, pair.Second))]),
            _ => null,
        };
    }

    // for i = 1, 2
    private static bool IsCounted(Symbol index) =>
        index is { IsBare: true, Letter: "i" or "j" or "k" or "l" or "m" or "n" or "t" };

    private static bool IsPair(Expression part, out Expression end, out Expression next)
    {
        bool isPair = part is Collection { Kind: CollectionKind.Tuple, Range: null, Items.Count: 2 };
        (end, next) = isPair ? (part.Children[0], part.Children[1]) : (part, part);
        return isPair;
    }

    private static Relation With(Relation said, Expression end) =>
        said with { Members = [.. said.Members.SkipLast(1), end] };

    /// <summary>The statement with all its values: f(x) = x for x > 0, … says what f(x) is.</summary>
    public static Expression WithBranches(
        Expression statement, (Expression First, List<(Expression Value, Expression Condition)> Others) branches)
    {
        Expression value = statement is Relation relation ? relation.Members[^1] : statement;
        Expression cases = new Cases([value, .. branches.Others.Select(branch => branch.Value)],
            [branches.First, .. branches.Others.Select(branch => branch.Condition)])
        {
            Source = SourceSpan.Cover(value.Source, branches.Others[^1].Value.Source),
        };
        return statement is Relation stated
            ? stated with { Members = [.. stated.Members.SkipLast(1), cases] } : cases;
    }

    /// <summary>The values of a brace, {x, x ≥ 0; a x, x &lt; 0}; null of a set.</summary>
    public static Cases? InBrace(NodeList<Expression> items, NodeList<string> separators)
    {
        bool alternates = items.Count >= 4 && items.Count % 2 == 0 && separators.Count == items.Count - 1
            && separators.Select((sign, i) => sign == (i % 2 == 0 ? "," : ";")).All(fits => fits)
            && items.Where((_, i) => i % 2 == 1).All(item => item is Relation or Words);
        return alternates
            ? new Cases([.. items.Where((_, i) => i % 2 == 0)], [.. items.Where((_, i) => i % 2 == 1)]) : null;
    }
}
