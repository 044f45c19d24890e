using Nabla.Formulas.Trees;
using Range = Nabla.Formulas.Trees.Range;

namespace Nabla.Formulas.Parsing.Conventions;

/// <summary>What brackets that stand by themselves mean: grouping, a list, an interval, a set.</summary>
internal static class BracketConvention
{
    /// <summary>What stands between two signs, as one node.</summary>
    public static Expression Read(string opening, string closing, NodeList<Expression> items,
        NodeList<string> separators)
    {
        return opening switch
        {
            "{" when PiecewiseConvention.InBrace(items, separators) is { } cases => cases,
            "{" => Set(closing, items, separators),
            "⟨" => new Delimited(items.Count == 1 ? DelimiterKind.Average : DelimiterKind.InnerProduct, items),
            "⌊" => new Delimited(closing == "⌉" ? DelimiterKind.Round : DelimiterKind.Floor, items),
            "⌈" => new Delimited(DelimiterKind.Ceiling, items),
            "⟦" => new Delimited(DelimiterKind.Indicator, items),
            "[" when items.Count == 1 => items[0] is Relation
                ? new Delimited(DelimiterKind.Indicator, items) : GeneratorConvention.WithList(items[0]),
            "[" => Square(closing, items, separators),
            _ when items.Count == 1 => items[0],
            _ when closing == "]" => new Collection(CollectionKind.LeftOpenInterval, items),
            _ when separators.Any(separator => separator is "|" or "‖") =>
                new Infix(separators.First(s => s is "|" or "‖"), items),
            _ => new Collection(CollectionKind.Tuple, items),
        };
    }

    private static Expression Square(string closing, NodeList<Expression> items, NodeList<string> separators)
    {
        if (closing == ")")
            return new Collection(CollectionKind.RightOpenInterval, items);
        if (items.All(item => item is Collection { Kind: CollectionKind.List } row
            && row.Items.Count == ((Collection)items[0]).Items.Count))
            return new MatrixLiteral(items);
        bool concatenates = separators.Any(separator => separator is ";" or "‖");
        return new Collection(concatenates ? CollectionKind.Concatenation : CollectionKind.List, items);
    }

    // {x | x > 0}, {1, 2}; braces around one sum or product only group.
    private static Expression Set(string closing, NodeList<Expression> items, NodeList<string> separators)
    {
        int bar = separators.ToList().FindIndex(separator => separator is "|" or ":");
        if (bar >= 0)
        {
            NodeList<Expression> conditions = [.. items.Skip(bar + 1)];
            var range = new Range([], Condition: conditions.Count == 1 ? conditions[0] : new Infix("∧", conditions));
            return new Collection(CollectionKind.Set, [.. items.Take(bar + 1)], range);
        }
        if (items is [Qualified { Word: "for" or "for all" } generator])
            return new Collection(CollectionKind.Set, [generator.Statement],
                RangeConvention.Read([generator.Condition], null));
        if (items is [.., BigOperator { Kind: BigOperatorKind.ForAll, Body: Words } all] && items.Count > 1)
            return new Collection(CollectionKind.Set, [.. items.SkipLast(1)], all.Range); // {h_u, ∀u ∈ N(v)}
        if (items.Count > 0 && items.All(item => item is Qualified { Word: "if" or "otherwise" }))
            return new Cases([.. items.Select(item => ((Qualified)item).Statement)],
                [.. items.Select(item => ((Qualified)item).Condition)]);
        return items is [Sum or Product or Quotient or BigOperator or Negation or Expectation]
            ? items[0] : new Collection(CollectionKind.Set, items);
    }
}
