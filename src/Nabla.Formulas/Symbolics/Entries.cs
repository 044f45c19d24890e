using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Symbolics;

/// <summary>
/// What is differentiated by: a symbol itself, or one entry of it, x_k, whose index is none of the formula's.
/// </summary>
internal sealed record Entries(Symbol By)
{
    /// <summary>The indices of the entry, empty where it is the symbol itself.</summary>
    public IReadOnlyList<Symbol> Indices { get; init; } = [];

    /// <summary>Whether who asked named the entry, so that it is not called otherwise.</summary>
    public bool AreNamed { get; init; }

    /// <summary>The symbol, or its entry x_k.</summary>
    public Symbol Entry => By with { Subscripts = [.. By.Subscripts, .. Indices] };

    /// <summary>
    /// By which entry to differentiate: x_k where the formula has x_i with an index that runs, else the symbol itself;
    /// null where both occur.
    /// </summary>
    public static Entries? Of(Expression tree, Symbol by)
    {
        HashSet<string> running = [.. tree.All().SelectMany(Variables).Select(symbol => symbol.Name)];
        bool isWhole = false;
        List<IReadOnlyList<Expression>> indexed = [];
        HashSet<Expression> softened = new(ReferenceEqualityComparer.Instance);
        foreach (Expression node in tree.All())
            if (SoftmaxEntry(node, by) is { } entry)
            {
                indexed.Add(entry.Indices);
                softened.Add(((Call)entry.Target).Arguments[0]);
            }
            else if (node is Symbol symbol && symbol == by)
                isWhole |= !softened.Contains(node);
            else if (IndicesOf(node, by) is { } indices)
                indexed.Add(indices);
        if (indexed.Count == 0)
            return isWhole || by.IsBare ? new Entries(by) : OfNamedEntry(tree, by);
        int count = indexed[0].Count;
        if (isWhole || indexed.Exists(indices => indices.Count != count))
            return null;
        HashSet<string> used = [.. tree.All().OfType<Symbol>().Select(symbol => symbol.Name), .. running];
        return new Entries(by) { Indices = [.. Fresh(indexed[0], used)] };
    }

    // By x_k, where the formula has x_i.
    private static Entries? OfNamedEntry(Expression tree, Symbol entry)
    {
        Symbol list = entry with { Subscripts = [] };
        Symbol[] indices = [.. entry.Subscripts.OfType<Symbol>()];
        bool isEntry = indices.Length == entry.Subscripts.Count && tree.All().Any(
            node => IndicesOf(node, list) is { } found && found.Count == indices.Length);
        if (!isEntry)
            return new Entries(entry);
        bool isFree = !tree.All().SelectMany(Variables).Any(variable => indices.Contains(variable));
        return isFree ? new Entries(list) { Indices = indices, AreNamed = true } : Of(tree, list);
    }

    /// <summary>The indices behind a symbol, x_i or p(x); null of anything else, and of the symbol itself.</summary>
    public static IReadOnlyList<Expression>? IndicesOf(Expression node, Symbol by) => node switch
    {
        Symbol symbol when symbol.Subscripts.Count > by.Subscripts.Count && symbol.StemName == by.StemName
            && symbol.Superscripts.Count == by.Superscripts.Count
            && symbol with { Subscripts = [.. symbol.Subscripts.Take(by.Subscripts.Count)] } == by
            && symbol.Subscripts.Skip(by.Subscripts.Count).All(IsIndex) =>
            [.. symbol.Subscripts.Skip(by.Subscripts.Count)],
        _ => null,
    };

    /// <summary>softmax(z)_i of the symbol itself: an entry too, as it has one index.</summary>
    public static Element? SoftmaxEntry(Expression node, Symbol by) =>
        node is Element { Target: Call { Arguments: [Symbol argument] } call, Indices: [Symbol] } element
        && argument == by && Functions.IsPlain(call, "softmax") ? element : null;

    private static bool IsIndex(Expression subscript) =>
        subscript is not Words && (subscript is not Symbol symbol || symbol.Kind != SymbolKind.Label);

    private static IEnumerable<Symbol> Variables(Expression node) =>
        node is BigOperator big ? big.Range.Variables.OfType<Symbol>() : [];

    private static IEnumerable<Symbol> Fresh(IReadOnlyList<Expression> like, HashSet<string> used)
    {
        string[] letters = ["k", "l", "m", "j", "i", "n", "r", "s", "u", "v"];
        foreach (Expression _ in like)
        {
            string letter = letters.FirstOrDefault(name => !used.Contains(name)) ?? "k_prime";
            used.Add(letter);
            yield return new Symbol(letter) { Kind = SymbolKind.Index };
        }
    }
}
