using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Evaluation.Shapes;

/// <summary>How far indices run: i in Σᵢ₌₁ᴺ xᵢ over N numbers, which is how many x has.</summary>
internal sealed class IndexSizes
{
    private readonly Dictionary<string, string> sizes = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Stem, int Place), string> places = [];
    private readonly HashSet<string> counters = new(StringComparer.Ordinal);
    private readonly Sizes unified;

    public IndexSizes(Formula formula, Sizes unified)
    {
        this.unified = unified;
        foreach (BigOperator big in formula.Tree.All().OfType<BigOperator>())
            Bind(big.Range);
        Left = LeftIndices(formula);
        foreach (string index in Left)
            sizes.TryAdd(index, unified.Open());
        foreach (Symbol symbol in formula.Tree.All().OfType<Symbol>())
            Place(symbol);
    }

    /// <summary>The indices on the left side, over which the value is a list.</summary>
    public IReadOnlyList<string> Left { get; }

    /// <summary>Whether a subscript runs over something.</summary>
    public bool Runs(Expression subscript) => subscript is Symbol symbol && sizes.ContainsKey(symbol.Name);

    /// <summary>Whether a name says from where or up to where an index runs, or runs itself.</summary>
    public bool IsCounter(string name) => counters.Contains(name);

    /// <summary>Over how many an index runs.</summary>
    public string Of(string index) => sizes[index];

    private void Bind(Trees.Range range)
    {
        foreach (Symbol symbol in range.Variables.OfType<Symbol>())
        {
            bool isCounted = range is { From: Number { Value: 1 }, To: Symbol or Number } && range.Domain is null;
            string size = isCounted ? range.To is Symbol end ? end.Name : ((Number)range.To!).Text : unified.Open();
            if (Sizes.IsNumber(size) || !isCounted || range.To is Symbol)
                sizes.TryAdd(symbol.Name, size);
        }
        foreach (Expression? end in new[] { range.From, range.To })
            if (end is Symbol symbol)
                counters.Add(symbol.Name);
    }

    // x_i and x_j have as many numbers: those of x.
    private void Place(Symbol symbol)
    {
        for (int place = 0; place < symbol.Subscripts.Count; place++)
            if (symbol.Subscripts[place] is Symbol index && sizes.TryGetValue(index.Name, out string? size)
                && !places.TryAdd((symbol.StemName, place), size))
                unified.Unify(places[(symbol.StemName, place)], size);
    }

    // Those that run: p_i = exp(z_i)/…, softmax(z)_i, and not t in h_t, which names a moment.
    private static string[] LeftIndices(Formula formula)
    {
        Expression[] subscripts = formula.Left switch
        {
            Symbol symbol => [.. symbol.Subscripts],
            Element element => [.. element.Indices],
            Call { Arguments: [Symbol { Subscripts: [_, ..] } only] } => [.. only.Subscripts],
            _ => [],
        };
        return [.. subscripts.OfType<Symbol>().Where(index => IsIndexLetter(index) && OccursIn(formula.Right, index))
            .Select(index => index.Name).Distinct(StringComparer.Ordinal)];
    }

    private static bool IsIndexLetter(Symbol symbol) =>
        symbol.IsBare && symbol.Letter is "i" or "j" or "k" or "c" or "m" or "n" or "l" or "v" or "u" or "s";

    private static bool OccursIn(Expression right, Symbol index) => right.All().OfType<Symbol>()
        .Any(symbol => symbol.Subscripts.Any(one => one is Symbol other && other.Name == index.Name));
}
