using Nabla.Formulas.Explanation.Reading;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Explanation.Symbols;

/// <summary>Where symbols come from: the left-hand side, a range, a distribution, or from outside.</summary>
internal sealed class Origins
{
    private readonly Dictionary<string, Trees.Range> ranges = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> bound = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> drawn = new(StringComparer.Ordinal);
    private readonly HashSet<string> helpers = new(StringComparer.Ordinal);
    private readonly HashSet<string> ends = new(StringComparer.Ordinal);
    private readonly English english;

    public Origins(FormulaContext context, English english)
    {
        this.english = english;
        Defined = LeftName(context.Left);
        foreach (Expression node in context.Nodes)
            switch (node)
            {
                case BigOperator big:
                    Bind(big.Range, Operator(big.Kind));
                    break;
                case Collection
                {
                    Items: [Relation { Members: [Symbol member, var all], Operators: [{ Kind: RelationKind.Member }] }],
                    Range.Variables.Count: 0,
                }:
                    Bind(new Trees.Range([member], Domain: all), "the set");
                    break;
                case Collection { Range: { } range }:
                    Bind(range, "the listing");
                    break;
                case Expectation expectation:
                    foreach (Relation relation in expectation.Over.OfType<Relation>())
                        Draw(relation);
                    break;
                case Relation { Operators: [{ Kind: RelationKind.Distributed }] } relation:
                    Draw(relation);
                    break;
            }
        if (SystemOf(context.Formula.Tree) is { } system)
            helpers.UnionWith(HelpersIn(system));
        LeftArguments = context.Left is Call call
            ? [.. call.Arguments.SelectMany(argument => argument.All()).OfType<Symbol>().Select(symbol => symbol.Name)]
                : [];
    }

    /// <summary>The name that the formula defines, or empty.</summary>
    public string Defined { get; }

    /// <summary>Whether a name is defined by another formula than the one meant: H in H = XW; L = f(H).</summary>
    public bool IsHelper(string name) => helpers.Contains(name);

    /// <summary>What the function on the left side is applied to.</summary>
    public IReadOnlyCollection<string> LeftArguments { get; }

    /// <summary>The range that a name runs over, or null.</summary>
    public Trees.Range? Range(string name) => ranges.GetValueOrDefault(name);

    /// <summary>What binds a name, "the sum", or null.</summary>
    public string? Binder(string name) => bound.GetValueOrDefault(name);

    /// <summary>What a name is drawn from, in words, or null.</summary>
    public string? Source(string name) => drawn.GetValueOrDefault(name);

    /// <summary>Whether a range ends at this name.</summary>
    public bool IsEnd(string name) => ends.Contains(name);

    // Names that one formula says and another one uses.
    private IEnumerable<string> HelpersIn(FormulaSystem system)
    {
        var inSeveral = system.Formulas
            .SelectMany(formula => formula.All().OfType<Symbol>().Select(symbol => symbol.Name)
                .Distinct(StringComparer.Ordinal))
            .CountBy(name => name, StringComparer.Ordinal)
            .Where(count => count.Value > 1).Select(count => count.Key).ToHashSet(StringComparer.Ordinal);
        return system.Formulas.OfType<Relation>().Select(formula => LeftName(formula.Members[0]))
            .Where(name => name.Length > 0 && name != Defined && inSeveral.Contains(name));
    }

    private static FormulaSystem? SystemOf(Expression tree) =>
        tree as FormulaSystem ?? (tree as Qualified)?.Statement as FormulaSystem;

    private void Bind(Trees.Range range, string binder)
    {
        foreach (Symbol symbol in range.Variables.OfType<Symbol>())
            if (ranges.TryAdd(symbol.Name, range))
                bound[symbol.Name] = binder;
        if (range.To is Symbol end)
            ends.Add(end.Name);
    }

    private void Draw(Relation relation)
    {
        string source = english.Words(relation.Members[1]);
        foreach (Symbol symbol in Drawn(relation.Members[0]))
            drawn.TryAdd(symbol.Name, source);
    }

    // The pair (x, y), but not the i of x_i.
    private static IEnumerable<Symbol> Drawn(Expression left) => left is Symbol symbol ? [symbol]
        : left.Children.SelectMany(Drawn);

    private static string LeftName(Expression? left) => left switch
    {
        Symbol symbol => symbol.Name,
        Call { Function: Symbol symbol } => symbol.Name,
        _ => "",
    };
    private static string Operator(BigOperatorKind kind) => kind switch
    {
        BigOperatorKind.Sum => "the sum",
        BigOperatorKind.Product => "the product",
        BigOperatorKind.Integral => "the integral",
        BigOperatorKind.Max or BigOperatorKind.ArgMax => "the maximum",
        BigOperatorKind.Min or BigOperatorKind.ArgMin => "the minimum",
        BigOperatorKind.Limit => "the limit",
        _ => "its range",
    };
}
