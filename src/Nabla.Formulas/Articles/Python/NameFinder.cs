namespace Nabla.Formulas.Articles.Python;

/// <summary>Finds the names that statements assign or use.</summary>
internal static class NameFinder
{
    /// <summary>Names that get a value; only those declared global if so wanted.</summary>
    public static IEnumerable<string> Assigned(IEnumerable<Statement> statements, bool onlyGlobal = false)
    {
        if (onlyGlobal)
            return Declared(statements);
        return statements.SelectMany(AssignedBy);
    }

    /// <summary>Names after global and nonlocal.</summary>
    public static IEnumerable<string> Declared(IEnumerable<Statement> statements) => Flatten(statements)
        .OfType<WordStatement>().Where(word => word.Word is "global" or "nonlocal").SelectMany(word => word.Names);

    /// <summary>Names that are read, or written into, anywhere in the statements.</summary>
    public static HashSet<string> Used(IEnumerable<Statement> statements)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (Node node in Flatten(statements).SelectMany(Expressions))
            Collect(node, names);
        return names;
    }

    private static IEnumerable<string> AssignedBy(Statement statement)
    {
        IEnumerable<string> own = statement switch
        {
            AssignStatement assign => assign.Targets.SelectMany(Targets),
            AugmentedStatement augmented => Targets(augmented.Target),
            ForStatement loop => Targets(loop.Target),
            DefStatement def => [def.Name],
            ClassStatement type => [type.Name],
            UnreadStatement unread => unread.Assigned,
            UnknownStatement unknown => unknown.Assigned,
            ImportStatement import =>
                import.Modules.Select(item => item.Name.Length > 0 ? item.Name : item.Module.Split('.')[0]),
            FromStatement from => from.Items.Select(item => item.Name),
            WithStatement with =>
                with.Items.SelectMany(item => item.Target is null ? [] : Targets(item.Target)),
            _ => [],
        };
        IEnumerable<string> named = Expressions(statement).SelectMany(Syntax.All).OfType<NamedNode>()
            .Select(node => node.Name);
        IEnumerable<Statement> inner = statement is DefStatement or ClassStatement ? [] : Blocks(statement);
        return own.Concat(named).Concat(inner.SelectMany(AssignedBy));
    }

    private static IEnumerable<string> Targets(Node target) => target switch
    {
        NameNode name => [name.Name],
        DisplayNode display => display.Items.SelectMany(Targets),
        StarredNode star => Targets(star.Inner),
        _ => [],
    };

    /// <summary>The statements and all within them.</summary>
    public static IEnumerable<Statement> Flatten(IEnumerable<Statement> statements) =>
        statements.SelectMany(statement => Flatten(Blocks(statement)).Prepend(statement));

    /// <summary>The statements directly within one.</summary>
    public static IEnumerable<Statement> Blocks(Statement statement) => statement switch
    {
        DefStatement def => def.Body,
        ClassStatement type => type.Body,
        IfStatement branch => branch.Then.Concat(branch.Else),
        ForStatement loop => loop.Body.Concat(loop.Else),
        WhileStatement loop => loop.Body.Concat(loop.Else),
        WithStatement with => with.Body,
        UnknownStatement unknown => unknown.Body,
        UnreadStatement unread => unread.Body,
        _ => [],
    };

    private static IEnumerable<Node> Expressions(Statement statement) => statement switch
    {
        ExpressionStatement expression => [expression.Value],
        AssignStatement assign => assign.Targets.Append(assign.Value),
        AugmentedStatement augmented => [augmented.Target, augmented.Value],
        ReturnStatement { Value: { } value } => [value],
        IfStatement branch => [branch.Condition],
        ForStatement loop => [loop.Target, loop.Items],
        WhileStatement loop => [loop.Condition],
        WithStatement with => with.Items.Select(item => item.Context),
        AssertStatement assertion => [assertion.Condition],
        UnreadStatement unread => unread.Used.Select(name => new NameNode(name)),
        UnknownStatement unknown => unknown.Used.Select(name => new NameNode(name)),
        _ => [],
    };

    private static void Collect(Node node, HashSet<string> names)
    {
        foreach (Node part in Syntax.All(node))
            if (part is NameNode name)
                names.Add(name.Name);
    }
}
