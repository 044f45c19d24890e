using Nabla.Formulas.Printing;
using Nabla.Formulas.Trees;
using Range = Nabla.Formulas.Trees.Range;

namespace Nabla.Formulas.Evaluation.Reading;

/// <summary>
/// j ∈ N(i) and j ∈ Nᵢ with a bound N: of one list its entries, of a table those of row i, where 0 fills up shorter
/// rows.
/// </summary>
internal static class Neighbours
{
    private static readonly Symbol Place = new("·place") { Kind = SymbolKind.Index };

    /// <summary>The range with the set that is bound, or as it is.</summary>
    public static Range Of(Interpreter c, Range range)
    {
        (Symbol? set, NodeList<Expression> of) = range.Domain switch
        {
            Call { Function: Symbol function } call => (function, call.Arguments),
            Symbol { Subscripts.Count: > 0 } symbol => (symbol with { Subscripts = [] }, symbol.Subscripts),
            _ => (null, []),
        };
        if (set is null || c.Store.Find(range.Domain!) is not null || range.Domain is Symbol named
            && c.Store.Find(named.Name) is not null)
            return range;
        if (c.Store.Find(set.Name) is not { } stored)
        {
            if (of.All(index => index is Symbol { IsBare: true, Letter.Length: 1 }))
                c.Warn($"the set {FormulaPrinter.Text(range.Domain!)} is not bound: all entries are taken; give it as "
                    + "a table with a row for each.");
            return range;
        }
        Symbol plain = set with { Kind = SymbolKind.Variable };
        if (stored.Shape.Rank == 1)
            return range with { Domain = plain };
        if (stored.Shape.Rank != 2 || of.Count != 1 || range.Variables is not [Symbol variable])
            throw new FormulaException($"{stored.Name} has {stored.Shape.Rank} dimensions; a set for each index is a "
                + "table with the members of one in each row.", range.Domain!.Source.Start, "a table");
        var same = new Relation(plain with { Subscripts = [of[0], Place] }, RelationOperator.EqualSign, variable);
        var isMember = new BigOperator(BigOperatorKind.Max, new Range([Place]),
            new Delimited(DelimiterKind.Indicator, [same]));
        return range with
        {
            Domain = Place, // no set of values: j runs as far as what it indexes
            Condition = range.Condition is { } condition ? new Infix("∧", [condition, isMember]) : isMember,
        };
    }
}
