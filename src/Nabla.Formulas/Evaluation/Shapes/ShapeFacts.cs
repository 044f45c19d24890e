using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Evaluation.Shapes;

/// <summary>What is known of the shapes of a formula's symbols so far.</summary>
internal sealed class ShapeFacts
{
    private readonly Dictionary<string, string[]> symbols = new(StringComparer.Ordinal);
    private readonly HashSet<string> certain = new(StringComparer.Ordinal);
    private readonly IReadOnlyDictionary<string, SymbolicShape> given;
    private readonly Func<Symbol, SymbolicShape?>? usual;

    public ShapeFacts(
        Formula formula, IReadOnlyDictionary<string, SymbolicShape>? given, Func<Symbol, SymbolicShape?>? usual)
    {
        this.given = given ?? new Dictionary<string, SymbolicShape>(StringComparer.Ordinal);
        this.usual = usual;
        Sizes = new Sizes(formula.Tree.All().OfType<Symbol>().Select(symbol => symbol.Name)
            .ToHashSet(StringComparer.Ordinal));
        Indices = new IndexSizes(formula, Sizes);
        foreach (string size in this.given.Values.SelectMany(shape => shape.Sizes))
            Sizes.Fix(size);
    }

    public Sizes Sizes { get; }

    public IndexSizes Indices { get; }

    /// <summary>Of how many symbols the shape is known.</summary>
    public int Count => symbols.Count;

    /// <summary>Whether any shape that is no number's is custom only.</summary>
    public bool HasUsual { get; private set; }

    /// <summary>The symbols whose shape is known, by name.</summary>
    public IEnumerable<(string Name, string[] Shape, bool IsUsual)> Known =>
        symbols.Select(pair => (pair.Key, pair.Value, !certain.Contains(pair.Key)));

    /// <summary>The sizes of a symbol, or null.</summary>
    public string[]? Find(Symbol symbol)
    {
        if (symbols.TryGetValue(symbol.Name, out string[]? known))
            return known;
        if (Certain(symbol) is { } shape)
        {
            certain.Add(symbol.Name);
            return symbols[symbol.Name] = shape;
        }
        return (Entry(symbol) ?? Custom(symbol) ?? ShapeCustoms.OfBold(symbol, Sizes)) is { } custom
            ? Learn(symbol, custom) : null;
    }

    /// <summary>Whether a function works number by number: what it gives is as large as what it gets.</summary>
    public bool KeepsShape(Symbol function) => usual?.Invoke(function) == SymbolicShape.OfArgument;

    /// <summary>Takes a shape for a symbol of which none is known.</summary>
    public string[] Learn(Symbol symbol, string[] shape)
    {
        if (symbols.TryGetValue(symbol.Name, out string[]? known))
            return known;
        HasUsual |= shape.Length > 0;
        return symbols[symbol.Name] = shape;
    }

    /// <summary>Takes for the left side the shape of the right one.</summary>
    public void Define(Symbol left, string[] shape)
    {
        if (symbols.TryAdd(left.Name, shape) && !HasUsual)
            certain.Add(left.Name);
    }

    private string[]? Certain(Symbol symbol)
    {
        if (given.TryGetValue(symbol.Name, out SymbolicShape? shape))
            return [.. shape.Sizes];
        if (symbol.Subscripts.Count > 0 && given.TryGetValue(symbol.StemName, out SymbolicShape? list)
            && list.Rank >= symbol.Subscripts.Count)
            return [.. list.Sizes.Skip(symbol.Subscripts.Count)];
        // π of a policy or of a chain's states is no constant where an entry says so.
        bool isConstant = symbol.Kind == SymbolKind.Constant && usual?.Invoke(symbol) is null;
        return isConstant || symbol.Kind == SymbolKind.Index || Indices.IsCounter(symbol.Name) ? [] : null;
    }

    // Two running indices: an entry of a matrix.
    private string[]? Entry(Symbol symbol) => symbol.Subscripts.Count == 2 && symbol.Subscripts.All(Indices.Runs)
        ? [] : null;

    // A bold letter is no number, whatever it was recognised as, and k_l is one row of the keys.
    private string[]? Custom(Symbol symbol)
    {
        if (usual?.Invoke(symbol) is not { } shape || shape == SymbolicShape.OfArgument
            || shape.Rank == 0 && symbol.Alphabet == Alphabet.Bold)
            return null;
        bool isRow = shape.Rank == 2 && symbol is { Letter: [>= 'a' and <= 'z'], Subscripts: [var index] }
            && Indices.Runs(index);
        return [.. shape.Sizes.Skip(isRow ? 1 : 0)];
    }
}
