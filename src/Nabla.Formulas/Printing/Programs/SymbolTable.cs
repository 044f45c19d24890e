using Nabla.Formulas.Evaluation;
using Nabla.Formulas.Evaluation.Reading;
using Nabla.Formulas.Trees;
using Nabla.Tensors;

namespace Nabla.Formulas.Printing.Programs;

/// <summary>
/// What the names of a formula are in a program: parameters with their ranks, or elements of them. With shapes
/// the rules are those of evaluation: the full name first, then the last subscripts as indices; without, conventions.
/// </summary>
internal sealed class SymbolTable
{
    private readonly Dictionary<string, int[]?> shapes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> ranks = new(StringComparer.Ordinal);
    private readonly Dictionary<string, double> values = new(StringComparer.Ordinal);
    private readonly List<string> parameters = [];
    private readonly HashSet<string> running = new(StringComparer.Ordinal);
    private readonly bool isBound, isVariablePi;
    private readonly Lazy<Dictionary<string, int>> occurrences;
    private readonly Bindings? bindings;

    public SymbolTable(Expression right, PrintOptions options)
    {
        bindings = options.Bindings;
        occurrences = new(() => right.All().OfType<Symbol>().CountBy(symbol => symbol.Name, StringComparer.Ordinal)
            .ToDictionary(StringComparer.Ordinal));
        foreach ((string name, Shape shape) in options.Shapes ?? new Dictionary<string, Shape>(StringComparer.Ordinal))
            shapes[name] = [.. shape.AsSpan()];
        foreach (string name in options.Bindings?.Names ?? [])
        {
            NumberArray bound = options.Bindings![name];
            shapes[name] = [.. bound.Shape.AsSpan()];
            if (bound.IsScalar)
                values[name] = bound.Values[0];
        }
        isBound = shapes.Count > 0;
        if (isBound)
            return;
        ranks = Conventions.Ranks(right);
        isVariablePi = options.NamesPi || right.All().Any(node =>
            node is Postfix { Operand: Symbol { Letter: "pi" } }); // πᵀ
        foreach ((string name, int rank) in options.Ranks ?? new Dictionary<string, int>(StringComparer.Ordinal))
            ranks[name] = rank;
        foreach ((string name, int rank) in Conventions.Multiplied(right))
            ranks[name] = rank;
    }

    /// <summary>Whether the shapes are known; else conventions decide.</summary>
    public bool KnowsShapes => isBound;

    /// <summary>The names of the parameters in the order in which the program uses them.</summary>
    public IReadOnlyList<string> Parameters => parameters;

    /// <summary>The rank of a parameter.</summary>
    public int Rank(string name) => shapes.TryGetValue(name, out int[]? sizes) && sizes is not null
        ? sizes.Length
        : ranks.GetValueOrDefault(name);

    /// <summary>The sizes of a parameter, or null.</summary>
    public int[]? Sizes(string name) => shapes.GetValueOrDefault(name);

    /// <summary>Whether a name is bound to something.</summary>
    public bool IsBound(string name) => !IsOfLibrary && shapes.ContainsKey(name);

    /// <summary>Whether a letter that mostly is a constant, π, is something else in this formula.</summary>
    public bool IsVariable(string name) => !IsOfLibrary && isVariablePi && name == "pi";

    /// <summary>Whether what is written is a function's own formula, whose π and mean no name of the user is.</summary>
    public bool IsOfLibrary { get; set; }

    /// <summary>How often a symbol stands in the formula.</summary>
    public int Occurrences(Symbol symbol) => occurrences.Value.GetValueOrDefault(symbol.Name);

    /// <summary>
    /// Whether the entries of a call's table are not those that its arguments, in their order, call: π(a|s) of a table
    /// pi[s][a], p(x_t) of tokens x_t that are fewer than p has entries.
    /// </summary>
    public bool HasOtherOrder(Call call)
    {
        if (bindings is null || call.Function is not Symbol function
            || !bindings.TryGet(function.Name, out NumberArray table))
            return false;
        bool picks = call.Arguments is [Symbol { Subscripts.Count: 1 } token] && table.Shape.Rank == 1
            && bindings.TryGet((token with { Subscripts = [] }).Name, out NumberArray tokens)
            && tokens.Shape.Rank == 1 && tokens.Count != table.Count;
        return picks || ConditionalTables.IsTable(call, table.Shape)
            && ConditionalTables.GivenFirst(table.Shape, table.Values);
    }

    /// <summary>Whether a letter runs over a range here.</summary>
    public bool Runs(string name) => running.Contains(name);

    /// <summary>Lets a letter run; false if it did already.</summary>
    public bool Begin(string name) => running.Add(name);

    /// <summary>Ends what <see cref="Begin"/> began.</summary>
    public void End(string name) => running.Remove(name);

    /// <summary>Makes a name a parameter with at least this rank.</summary>
    public void Use(string name, int rank = 0)
    {
        if (!parameters.Contains(name))
            parameters.Add(name);
        if (!shapes.ContainsKey(name))
            ranks[name] = Math.Max(ranks.GetValueOrDefault(name), rank);
    }

    /// <summary>
    /// The table that a symbol means and the subscripts that are indices of it; no indices: the name itself.
    /// </summary>
    public (string Name, NodeList<Expression> Indices) Find(Symbol symbol)
    {
        if (symbol.IsBare || shapes.ContainsKey(symbol.Name) && !AllRun(symbol))
            return (symbol.Name, []);
        if (isBound)
        {
            if (symbol.Subscripts is [Number { Text: { Length: > 1 } digits }] && symbol.Superscripts.Count == 0
                && digits.All(digit => digit is >= '1' and <= '9')
                && shapes.TryGetValue(symbol.StemName, out int[]? table) && table?.Length == digits.Length
                && Array.TrueForAll(table, size => size <= 9))
                return (symbol.StemName, [.. digits.Select(digit => new Number(digit - '0', digit.ToString()))]);
            for (int taken = 1; taken <= symbol.Subscripts.Count; taken++)
            {
                Symbol stem = symbol with { Subscripts = [.. symbol.Subscripts.SkipLast(taken)] };
                if (shapes.TryGetValue(stem.Name, out int[]? sizes) && sizes?.Length >= taken)
                    return (stem.Name, [.. symbol.Subscripts.TakeLast(taken)]);
            }
            Symbol unlabelled = symbol with { Superscripts = [], Subscripts = [] };
            if (symbol.Superscripts.Count > 0 && shapes.ContainsKey(unlabelled.Name))
                return (unlabelled.Name, [.. symbol.Superscripts, .. symbol.Subscripts]);
            if (!AnyRuns(symbol))
                return (symbol.Name, []);
        }
        if (symbol is { Letter: [>= 'A' and <= 'Z'], Subscripts: [Number, Number] })
            return ((symbol with { Subscripts = [] }).Name, symbol.Subscripts); // A_{1,2}
        int indices = symbol.Subscripts.Reverse().TakeWhile(IsRunning).Count();
        if (indices > 0)
            return ((symbol with { Subscripts = [.. symbol.Subscripts.SkipLast(indices)] }).Name,
                [.. symbol.Subscripts.TakeLast(indices)]);
        return symbol.Superscripts.All(IsRunning) && symbol.Superscripts.Count > 0
            ? ((symbol with { Superscripts = [] }).Name, symbol.Superscripts)
            : (symbol.Name, []);
    }

    /// <summary>
    /// The table that a call means, p(x) with a running x, and its indices; null if nothing between the brackets runs
    /// and nothing bound has the name.
    /// </summary>
    public (string Name, NodeList<Expression> Indices)? Find(Call call)
    {
        if (call.Function is not Symbol function)
            return null;
        var indices = new List<(Expression Index, int At, int Preference)>();
        for (int i = 0; i < call.Arguments.Count; i++)
            if (IndexIn(call.Arguments[i]) is { } found && indices.All(other => !other.Index.Equals(found.Index)))
                indices.Add((found.Index, i, found.Preference));
        if (!shapes.TryGetValue(function.Name, out int[]? sizes) || sizes is null)
            return indices.Exists(index => index.Preference == 0)
                ? (function.Name, [.. indices.Where(index => index.Preference == 0).Select(index => index.Index)])
                : null;
        IEnumerable<(Expression Index, int At, int Preference)> taken = indices.Count <= sizes.Length
            ? indices
            : indices.OrderBy(index => index.Preference).Take(sizes.Length).OrderBy(index => index.At);
        return (function.Name, [.. taken.Select(index => index.Index)]);
    }

    // What runs comes first, then numbers that are written or bound.
    private (Expression Index, int Preference)? IndexIn(Expression argument)
    {
        if (argument is Symbol bare && running.Contains(bare.Name))
            return (argument, 0);
        if (argument is Number { Value: var value } && value == Math.Floor(value))
            return (argument, 1);
        if (argument is Symbol symbol && shapes.TryGetValue(symbol.Name, out int[]? sizes))
            return sizes is { Length: 0 }
                && (!values.TryGetValue(symbol.Name, out double number) || number == Math.Floor(number))
                ? (argument, 1)
                : null;
        Expression? inner = argument.All().FirstOrDefault(node => node is Symbol inner && running.Contains(inner.Name));
        return inner is null ? null : (inner, 0);
    }

    private bool AllRun(Symbol symbol) => symbol.Subscripts.Count > 0 && symbol.Subscripts.All(IsRunning)
        && Rank(symbol.Name) >= symbol.Subscripts.Count;

    private bool AnyRuns(Symbol symbol) => symbol.Children.Any(IsRunning);

    private bool IsRunning(Expression mark) =>
        mark.All().Any(node => node is Symbol symbol && running.Contains(symbol.Name));
}
