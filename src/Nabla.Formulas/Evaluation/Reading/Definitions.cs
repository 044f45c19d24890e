using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Evaluation.Reading;

/// <summary>Names and functions that a formula defines itself, in earlier lines or behind "where".</summary>
internal sealed class Definitions
{
    private const int MostLevels = 4, MostParts = 400;

    private (Expression Tree, Expression Inserted)? insertion;

    private readonly Dictionary<string, Expression> names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (NodeList<Expression> Parameters, Expression Body)> functions =
        new(StringComparer.Ordinal);

    private readonly Dictionary<string, (NodeList<Expression> Indices, Expression Body)> elements =
        new(StringComparer.Ordinal);

    private readonly Dictionary<string, (Expression From, Expression To)> ranges = new(StringComparer.Ordinal);

    private readonly HashSet<string> updates = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Relation[]> repeated = new(StringComparer.Ordinal);
    private bool isBehind;

    private Definitions()
    {
    }

    /// <summary>The definitions in a tree, except the formula that is to be evaluated.</summary>
    public static Definitions Of(Expression tree, Expression main)
    {
        var definitions = new Definitions();
        definitions.RefuseSteps(tree);
        definitions.Collect(tree, main);
        return definitions;
    }

    // x = 5; x = x − 1; y = 2x: which x is meant changes from line to line.
    private void RefuseSteps(Expression tree)
    {
        if (tree is not FormulaSystem system)
            return;
        var again = system.Formulas.OfType<Relation>().Where(line => line.Members[0] is Symbol
            && line.Operators[0].Kind is RelationKind.Equal or RelationKind.Definition or RelationKind.Assignment)
            .GroupBy(line => ((Symbol)line.Members[0]).Name, StringComparer.Ordinal).Where(lines => lines.Skip(1).Any())
            .ToDictionary(lines => lines.Key, lines => lines.ToArray(), StringComparer.Ordinal);
        if (again.Count == 0)
            return;
        foreach (Relation line in system.Formulas.OfType<Relation>())
        {
            string? own = line.Members[0] is Symbol left ? left.Name : null;
            foreach (Symbol used in line.Members.Skip(1).SelectMany(side => side.All()).OfType<Symbol>())
            {
                if (!again.TryGetValue(used.Name, out Relation[]? lines))
                    continue;
                if (used.Name == own)
                    throw NewValue(own, lines[^1]);
                repeated[used.Name] = lines;
            }
        }
    }

    /// <summary>
    /// The lines that give a name a value, of the names that have several and are used: p = σ(z), p = 1/(1 + e^{-z}).
    /// </summary>
    public IReadOnlyDictionary<string, Relation[]> Repeated => repeated;

    /// <summary>The error of a name that has another value in a later line.</summary>
    public static FormulaException NewValue(string name, Relation line) => new($"{name} is given a new value more than "
        + "once: evaluate the steps one by one, each with the value before.", line.Source.Start, "one step");

    /// <summary>What names, functions and elements are defined as.</summary>
    public IEnumerable<Expression> Bodies => names.Values.Concat(functions.Values.Select(function => function.Body));

    /// <summary>What a name is defined as, or null.</summary>
    public Expression? Find(string name) => names.GetValueOrDefault(name);

    /// <summary>Whether a name is given a new value before, m = βm + g, which what follows goes on with.</summary>
    public bool IsUpdated(string name) => updates.Contains(name);

    /// <summary>T_i = … where an element T_j or T_i is used: its indices and the body, or null.</summary>
    public (NodeList<Expression> Indices, Expression Body)? FindElement(Symbol symbol) =>
        symbol.Subscripts.Count > 0 && elements.TryGetValue(symbol.StemName, out var element)
        && element.Indices.Count == symbol.Subscripts.Count && symbol.Superscripts.Count == 0 ? element : null;

    /// <summary>
    /// An expression with what its elements are defined as, T_i by the body of T_i = …, some levels deep.
    /// </summary>
    public Expression Inserted(Expression tree)
    {
        if (insertion is { } made && ReferenceEquals(made.Tree, tree))
            return made.Inserted;
        Expression whole = tree;
        for (int level = 0; level < MostLevels && IsShort(whole); level++)
        {
            Expression next = whole.Rewrite(node => node switch
            {
                Symbol symbol when FindElement(symbol) is { } element && IsShort(element.Body) =>
                    With(element, symbol.Subscripts),
                Call { Function: Symbol name } call when FindFunction(name.Name) is { } function
                    && function.Parameters.Count == call.Arguments.Count && IsShort(function.Body) =>
                    With(function, call.Arguments),
                _ => node,
            });
            if (ReferenceEquals(next, whole) || next.Equals(whole))
                break;
            whole = next;
        }
        insertion = (tree, whole);
        return whole;
    }

    private static bool IsShort(Expression tree) => tree.All().Take(MostParts + 1).Count() <= MostParts;

    private static Expression With(
        (NodeList<Expression> Indices, Expression Body) element, NodeList<Expression> places) =>
        element.Body.Rewrite(node => element.Indices.ToList().IndexOf(node) is >= 0 and var at ? places[at] : node);

    /// <summary>The parameters and the body of a function, or null.</summary>
    public (NodeList<Expression> Parameters, Expression Body)? FindFunction(string name) =>
        functions.TryGetValue(name, out var function) ? function : null;

    /// <summary>The ends of i = 1, …, N or i ∈ {1, …, N} behind a formula, or null.</summary>
    public (Expression From, Expression To)? FindRange(string name) =>
        ranges.TryGetValue(name, out var range) ? range : null;

    private void Collect(Expression tree, Expression main)
    {
        if (ReferenceEquals(tree, main))
        {
            isBehind = true;
            return;
        }
        if (tree is FormulaSystem system)
            foreach (Expression formula in system.Formulas)
                Collect(formula, main);
        else if (tree is Qualified qualified)
        {
            Collect(qualified.Statement, main);
            Collect(qualified.Condition, main);
        }
        else if (tree is Infix { Sign: "∧" } both) // where m = 2 and c = 1
            foreach (Expression one in both.Operands)
                Collect(one, main);
        else if (tree is Relation { Members: [Symbol index, Collection list] }
            && list is { Range: null, Items: [var from, .., var to] } && list.Items.Any(item => item is Ellipsis))
            ranges.TryAdd(index.Name, (from, to));
        else if (tree is Relation { Members: [var left, .., var right] } relation
            && relation.Operators[^1].Kind is RelationKind.Equal or RelationKind.Definition or RelationKind.Assignment
                or RelationKind.Approximate)
            Define(left, right);
    }

    private void Define(Expression left, Expression right)
    {
        if (left is Symbol symbol)
        {
            names.TryAdd(symbol.Name, right);
            if (symbol.Subscripts is [Symbol { IsBare: true } row, var column] && row.Equals(column))
                names.TryAdd((symbol with { Subscripts = [] }).Name, Diagonal(right, row));
            if (!isBehind && right.All().Any(node => node is Symbol own && own.Name == symbol.Name))
                updates.Add(symbol.Name);
            if (symbol.Subscripts.All(mark =>
                mark is Symbol { IsBare: true, Letter.Length: 1, Kind: not SymbolKind.Label }))
                elements.TryAdd(symbol.StemName, (symbol.Subscripts, right));
        }
        else if (left is Power { Base: Symbol length, Exponent: Number { Value: 2 } } && IsNeverNegative(length))
            names.TryAdd(length.Name, new Root(right));
        else if (left is Call { Function: Symbol function } call && call.Arguments.All(argument => argument is Symbol))
            functions.TryAdd(function.Name, (call.Arguments, right));
    }

    // D_ii = Σ_j A_ij says what the diagonal matrix D is.
    private static Call Diagonal(Expression entry, Symbol row) => new(
        new Symbol("diag") { Kind = SymbolKind.Function },
        new Collection(CollectionKind.List, [entry], new Trees.Range([row], null, null)));

    // Of what has a sign, the square does not say which.
    private static bool IsNeverNegative(Symbol length) => length.Letter is "sigma" or "s" or "r" or "d";
}
