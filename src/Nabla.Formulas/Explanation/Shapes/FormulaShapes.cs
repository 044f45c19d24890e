using Nabla.Formulas.Evaluation.Shapes;
using Nabla.Formulas.Explanation.Symbols;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Explanation.Shapes;

/// <summary>
/// The shapes of a formula that is explained: those that are given, and for the rest what is custom for its symbols and
/// what follows from that.
/// </summary>
internal sealed class FormulaShapes
{
    private readonly ShapeTable table;
    private readonly Dictionary<string, SymbolicShape> usual;

    private FormulaShapes(ShapeTable table, Dictionary<string, SymbolicShape> usual) =>
        (this.table, this.usual) = (table, usual);

    /// <summary>What does not fit, in words.</summary>
    public IReadOnlyList<string> Mismatches => table.Mismatches;

    /// <summary>The shape of what the formula computes, or null.</summary>
    public InferredShape? Value => table.Value;

    /// <summary>The shapes of a formula.</summary>
    /// <param name="context">The formula and what is known about it.</param>
    /// <param name="symbols">Its symbols.</param>
    /// <param name="request">What is given.</param>
    public static FormulaShapes Of(
        FormulaContext context, IReadOnlyList<ExplainedSymbol> symbols, ExplanationRequest request)
    {
        var usual = new Dictionary<string, SymbolicShape>(StringComparer.Ordinal);
        foreach (ExplainedSymbol symbol in symbols)
            if (Usual(symbol, symbols, context) is { } shape)
                usual.TryAdd(symbol.Symbol, shape);
        ShapeTable table = ShapeInference.Infer(
            context.Formula, Given(request), symbol => usual.GetValueOrDefault(symbol.Name));
        return new(table, usual);
    }

    /// <summary>The symbols with their shapes, and with the type that follows.</summary>
    public IReadOnlyList<ExplainedSymbol> Of(List<ExplainedSymbol> symbols) => [.. symbols.Select(Of)];

    /// <summary>The steps with their shapes.</summary>
    public IReadOnlyList<ExplainedStep> Of(IReadOnlyList<ExplainedStep> steps) =>
        [.. steps.Select(step => step with { Inferred = table.Parts.GetValueOrDefault(step.Expression) })];

    private ExplainedSymbol Of(ExplainedSymbol symbol)
    {
        if (symbol.Value is not null || (symbol.UsualShape is null && symbol.Type is "set" or "distribution"))
            return symbol;
        InferredShape? shape = table.Symbols.GetValueOrDefault(symbol.Symbol)
            ?? (usual.GetValueOrDefault(symbol.Symbol) is { Rank: 0 } number ? new(number, IsUsual: false) : null);
        if (shape is null || (symbol.Type == "function" && symbol.UsualShape is null or "same"))
            return symbol;
        bool isThing = symbol.Type is not ("function" or "index" or "event");
        return symbol with { Inferred = shape, Type = isThing ? TypeOf(shape.Shape) : symbol.Type };
    }

    private static string TypeOf(SymbolicShape shape) => shape.Rank switch
    {
        0 => "number",
        1 => "vector",
        2 => "matrix",
        _ => "array",
    };

    private static Dictionary<string, SymbolicShape> Given(ExplanationRequest request)
    {
        var given = new Dictionary<string, SymbolicShape>(request.Shapes, StringComparer.Ordinal);
        foreach (string name in request.Bindings?.Names ?? [])
        {
            SymbolicShape shape = SymbolicShape.Of(request.Bindings![name].Shape);
            given[name] = shape;
            if (request.Bindings.AliasOf(name) is { } alias)
                given[alias] = shape;
        }
        return given;
    }

    private static SymbolicShape? Usual(
        ExplainedSymbol symbol, IReadOnlyList<ExplainedSymbol> symbols, FormulaContext context)
    {
        switch (symbol.UsualShape)
        {
            case "same":
                return SymbolicShape.OfArgument;
            case "vector":
                return new([Sizes.Open(symbol.Symbol)]);
            case "matrix":
                return new([Sizes.Open(symbol.Symbol + " rows"), Sizes.Open(symbol.Symbol + " columns")]);
            case { } written:
                return new([.. SymbolicShape.Parse(written).Sizes.Select(size => Here(size, symbols, context))]);
            default:
                return symbol.Type is "number" or "index" && !IsInNorm(symbol.Symbol, context)
                    && !symbol.Symbol.Contains("_tilde", StringComparison.Ordinal) ? SymbolicShape.Scalar : null;
        }
    }

    // A letter that is a number elsewhere, as a in the loss of an error.
    private static bool IsInNorm(string name, FormulaContext context) =>
        context.Nodes.OfType<Delimited>().Any(one => one.Kind is DelimiterKind.Norm or DelimiterKind.InnerProduct
            && one.Items.SelectMany(item => item.All()).Any(part => part is Symbol symbol && symbol.Name == name));

    // What a size of an entry is called in this formula; a name that means something else here is not used.
    private static string Here(string size, IReadOnlyList<ExplainedSymbol> symbols, FormulaContext context)
    {
        if (Sizes.IsNumber(size))
            return size;
        foreach ((string name, Symbol theirs) in context.Named?.Found?.Symbols ?? NoSymbols)
            if (theirs.Name == size)
                return name;
        bool meansOther = context.Has(size) && !symbols.Any(symbol => symbol.Symbol == size && IsSize(symbol.Name));
        return meansOther ? Sizes.Open(size) : size;
    }

    private static readonly Dictionary<string, Symbol> NoSymbols = [];

    private static bool IsSize(string name) => name.StartsWith("number of", StringComparison.Ordinal)
        || name.StartsWith("size", StringComparison.Ordinal) || name.StartsWith("dimension", StringComparison.Ordinal)
        || name.StartsWith("length", StringComparison.Ordinal);
}
