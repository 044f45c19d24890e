namespace Nabla.Formulas.Articles.Python;

/// <summary>A node of a program's tree.</summary>
internal abstract record Node;

/// <summary>A number, a string, True, False, None or ….</summary>
internal sealed record ConstantNode(object Value) : Node;

internal sealed record NameNode(string Name) : Node;

/// <summary>The kind of a display or comprehension.</summary>
internal enum DisplayKind
{
    List,
    Tuple,
    Set,
    Generator,
}

/// <summary>[a, b], (a, b) or {a, b}; a generator has clauses.</summary>
internal sealed record DisplayNode(DisplayKind Kind, IReadOnlyList<Node> Items) : Node;

/// <summary>{a: b}; an item without a key is one to unpack.</summary>
internal sealed record DictNode(IReadOnlyList<(Node? Key, Node Value)> Items) : Node;

internal sealed record UnaryNode(string Operator, Node Operand) : Node;

internal sealed record BinaryNode(string Operator, Node Left, Node Right) : Node;

/// <summary>a and b, a or b.</summary>
internal sealed record LogicNode(bool IsAnd, Node Left, Node Right) : Node;

/// <summary>a &lt; b &lt;= c.</summary>
internal sealed record CompareNode(Node First, IReadOnlyList<(string Operator, Node Operand)> Rest) : Node;

/// <summary>a if condition else b.</summary>
internal sealed record ConditionalNode(Node Condition, Node Then, Node Else) : Node;

internal sealed record CallNode(
    Node Function, IReadOnlyList<Node> Arguments, IReadOnlyList<(string? Name, Node Value)> Keywords) : Node;

internal sealed record AttributeNode(Node Target, string Name) : Node;

internal sealed record SubscriptNode(Node Target, Node Index) : Node;

internal sealed record SliceNode(Node? Start, Node? Stop, Node? Step) : Node;

/// <summary>*a.</summary>
internal sealed record StarredNode(Node Inner) : Node;

internal sealed record LambdaNode(IReadOnlyList<Parameter> Parameters, Node Body) : Node;

/// <summary>[element for … if …]; with a value it is a dictionary's.</summary>
internal sealed record ComprehensionNode(
    DisplayKind Kind, Node Element, Node? Value, IReadOnlyList<ComprehensionClause> Clauses) : Node;

/// <summary>for target in items if conditions.</summary>
internal sealed record ComprehensionClause(Node Target, Node Items, IReadOnlyList<Node> Conditions);

/// <summary>f"…": texts and fields in order.</summary>
internal sealed record FormattedNode(IReadOnlyList<Node> Parts) : Node;

/// <summary>{value!r:format} in an f-string; with = it shows its own text first.</summary>
internal sealed record FieldNode(Node Value, char Conversion, Node? Format) : Node;

/// <summary>name := value.</summary>
internal sealed record NamedNode(string Name, Node Value) : Node;

/// <summary>A parameter; of *args and **kwargs the star says which.</summary>
internal sealed record Parameter(string Name, Node? Default, string Star);

/// <summary>A statement, and the physical line where it begins.</summary>
internal abstract record Statement
{
    public int Line { get; init; }
}

internal sealed record ExpressionStatement(Node Value) : Statement;

/// <summary>a = b = value.</summary>
internal sealed record AssignStatement(IReadOnlyList<Node> Targets, Node Value) : Statement;

/// <summary>a += value.</summary>
internal sealed record AugmentedStatement(Node Target, string Operator, Node Value) : Statement;

internal sealed record DefStatement(string Name, IReadOnlyList<Parameter> Parameters, IReadOnlyList<Statement> Body,
    bool IsUnusual) : Statement;

internal sealed record ClassStatement(string Name, IReadOnlyList<Node> Bases, IReadOnlyList<Statement> Body)
    : Statement;

internal sealed record ReturnStatement(Node? Value) : Statement;

internal sealed record IfStatement(Node Condition, IReadOnlyList<Statement> Then, IReadOnlyList<Statement> Else)
    : Statement;

internal sealed record ForStatement(
    Node Target, Node Items, IReadOnlyList<Statement> Body, IReadOnlyList<Statement> Else) : Statement;

internal sealed record WhileStatement(Node Condition, IReadOnlyList<Statement> Body, IReadOnlyList<Statement> Else)
    : Statement;

internal sealed record WithStatement(IReadOnlyList<(Node Context, Node? Target)> Items, IReadOnlyList<Statement> Body)
    : Statement;

/// <summary>import a.b as c.</summary>
internal sealed record ImportStatement(IReadOnlyList<(string Module, string Name)> Modules) : Statement;

/// <summary>from a import b as c.</summary>
internal sealed record FromStatement(string Module, IReadOnlyList<(string Item, string Name)> Items) : Statement;

/// <summary>break, continue, pass, global, nonlocal.</summary>
internal sealed record WordStatement(string Word, IReadOnlyList<string> Names) : Statement;

internal sealed record AssertStatement(Node Condition) : Statement;

/// <summary>A line that is no Python as far as it is known here, with the block below it.</summary>
/// <param name="Why">What of it cannot be read.</param>
/// <param name="Body">The statements that it holds.</param>
internal sealed record UnreadStatement(string Why, IReadOnlyList<Statement> Body) : Statement
{
    /// <summary>The names to which it may give values.</summary>
    public IReadOnlyList<string> Assigned { get; init; } = [];

    /// <summary>All names in it.</summary>
    public IReadOnlyList<string> Used { get; init; } = [];
}

/// <summary>A statement that is read but cannot be run.</summary>
internal sealed record UnknownStatement(string What, IReadOnlyList<Statement> Body) : Statement
{
    /// <summary>The names to which it may give values.</summary>
    public IReadOnlyList<string> Assigned { get; init; } = [];

    /// <summary>The names in it.</summary>
    public IReadOnlyList<string> Used { get; init; } = [];
}
