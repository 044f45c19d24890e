using Nabla.Formulas.Evaluation.Quantities;
using Nabla.Formulas.Evaluation.Rules;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Evaluation.Reading;

/// <summary>
/// Parts of a list: W_{:,j} is a column, A_{i,:} a row, x_{1:t−1} and x_{&lt;t} what comes before the t.
/// </summary>
internal static class Slices
{
    private static readonly Number First = new(1, "1");

    /// <summary>The column, the row, or what else of a bound list all of some dimension is taken of; or null.</summary>
    public static Access? Find(Store store, Symbol symbol)
    {
        NodeList<Expression> marks = symbol.Subscripts;
        if (!marks.Any(IsAll) || marks.Any(mark => Ends(mark) is not null) || Whole(store, symbol) is not { } stored)
            return null;
        return new(stored.Name, stored.Shape, stored.Quantity,
            [.. marks.Select((mark, i) => (i, mark)).Where(mark => !IsAll(mark.mark))]);
    }

    /// <summary>The part between two places of the list that is bound without subscripts, or null.</summary>
    public static Quantity? Value(Interpreter c, Symbol symbol, Scope scope)
    {
        int at = symbol.Subscripts.ToList().FindIndex(mark => Ends(mark) is not null);
        return at < 0 || Whole(c.Store, symbol) is null ? null : Listed(c, symbol, at, scope);
    }

    private static Stored? Whole(Store store, Symbol symbol) =>
        store.Find((symbol with { Subscripts = [] }).Name) is { } stored
        && stored.Shape.Rank >= symbol.Subscripts.Count ? stored : null;

    // One after the other; where all of a dimension before it is meant, the rows are its columns.
    private static Quantity Listed(Interpreter c, Symbol symbol, int at, Scope scope)
    {
        (Expression from, Expression to) = Ends(symbol.Subscripts[at])!.Value;
        Symbol one = symbol with
        {
            Subscripts = [.. symbol.Subscripts.Select((mark, i) => i == at ? Series.Index : mark)],
        };
        Quantity list = c.Evaluate(new Collection(CollectionKind.List, [one], new([Series.Index], from, to)), scope);
        return symbol.Subscripts.Take(at).Any(IsAll) ? c.Algebra.Transpose(list) : list;
    }

    private static bool IsAll(Expression mark) => mark is Symbol { Letter: ":" };

    private static (Expression From, Expression To)? Ends(Expression mark) => mark switch
    {
        Relation { Operators: [{ Sign: ":" }], Members: [var from, var to] } => (from, to),
        Infix { Sign: "<", Operands: [var end] } => (First, new Sum([end, new Negation(First)])),
        Infix { Sign: "≤" or ":", Operands: [var end] } => (First, end),
        _ => null,
    };
}
