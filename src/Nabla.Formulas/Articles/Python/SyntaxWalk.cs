namespace Nabla.Formulas.Articles.Python;

/// <summary>Walks through the trees of expressions.</summary>
internal static class Syntax
{
    /// <summary>A node and all below it.</summary>
    public static IEnumerable<Node> All(Node root)
    {
        var open = new Stack<Node>([root]);
        while (open.TryPop(out Node? node))
        {
            yield return node;
            foreach (Node child in Children(node))
                open.Push(child);
        }
    }

    private static IEnumerable<Node> Children(Node node) => node switch
    {
        DisplayNode display => display.Items,
        DictNode dict => dict.Items.SelectMany(item => item.Key is null ? [item.Value]
            : new[] { item.Key, item.Value }),
        UnaryNode unary => [unary.Operand],
        BinaryNode binary => [binary.Left, binary.Right],
        LogicNode logic => [logic.Left, logic.Right],
        CompareNode compare => compare.Rest.Select(item => item.Operand).Prepend(compare.First),
        ConditionalNode conditional => [conditional.Condition, conditional.Then, conditional.Else],
        CallNode call => call.Arguments.Concat(call.Keywords.Select(keyword => keyword.Value)).Append(call.Function),
        AttributeNode attribute => [attribute.Target],
        SubscriptNode subscript => [subscript.Target, subscript.Index],
        SliceNode slice => new[] { slice.Start, slice.Stop, slice.Step }.OfType<Node>(),
        StarredNode star => [star.Inner],
        LambdaNode lambda => [lambda.Body],
        ComprehensionNode comprehension => comprehension.Clauses
            .SelectMany(clause => clause.Conditions.Append(clause.Items).Append(clause.Target))
            .Append(comprehension.Element).Concat(comprehension.Value is null ? [] : [comprehension.Value]),
        FormattedNode formatted => formatted.Parts,
        FieldNode field => field.Format is null ? [field.Value] : [field.Value, field.Format],
        NamedNode named => [named.Value],
        _ => [],
    };
}
