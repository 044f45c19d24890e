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

    /// <summary>How far the i of N(i) can run: one row of the table for each; null where no table is bound.</summary>
    public static IndexUse? UseOf(Interpreter c, Range range) => Named(range) is ({ } set, [var index])
        && c.Store.Find(range.Domain!) is null && c.Store.Find(set.Name) is { Shape.Rank: 2 } stored
        ? new IndexUse(stored.Name, stored.Shape[0], index) : null;

    /// <summary>|N(i)|: how many of row i are members; null where no table is bound.</summary>
    public static Expression? Counted(Interpreter c, Expression set)
    {
        var range = new Range([Place], Domain: set);
        if (UseOf(c, range) is not { } use)
            return null;
        Symbol table = Named(range).Set! with { Kind = SymbolKind.Variable };
        var isMember = new Relation(table with { Subscripts = [use.Index, Place] }, new("≠", RelationKind.Unequal),
            new Number(0, "0"));
        return new BigOperator(BigOperatorKind.Sum, range with { Domain = null },
            new Delimited(DelimiterKind.Indicator, [isMember]));
    }

    /// <summary>The range with the set that is bound, or as it is.</summary>
    public static Range Of(Interpreter c, Range range)
    {
        (Symbol? set, NodeList<Expression> of) = Named(range);
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
        CheckMembers(c, stored);
        var same = new Relation(plain with { Subscripts = [of[0], Place] }, RelationOperator.EqualSign, variable);
        var isMember = new BigOperator(BigOperatorKind.Max, new Range([Place]),
            new Delimited(DelimiterKind.Indicator, [same]));
        return range with
        {
            Domain = Place, // no set of values: j runs as far as what it indexes
            Condition = range.Condition is { } condition ? new Infix("∧", [condition, isMember]) : isMember,
        };
    }

    // Places are whole numbers from 1; rows of 0 and 1 may be meant as a table of who is beside whom.
    private static void CheckMembers(Interpreter c, Stored stored)
    {
        double[] members = stored.Quantity().Node.Values;
        if (Array.Exists(members, member => member < 0 || member != Math.Floor(member)))
            throw new FormulaException($"{stored.Name} holds {members.First(member => member < 0
                || member != Math.Floor(member))}, which is no place of an entry: its rows list members from 1.");
        bool isSquare = stored.Shape[0] == stored.Shape[1] && stored.Shape[0] > 1;
        if (isSquare && Array.TrueForAll(members, member => member < 2))
            c.Warn($"the rows of {stored.Name} are read as lists of members; a table of 0 and 1 for each pair is "
                + "written as a factor, A_ij.");
    }

    private static (Symbol? Set, NodeList<Expression> Of) Named(Range range) => range.Domain switch
    {
        Call { Function: Symbol function } call => (function, call.Arguments),
        Symbol { Subscripts.Count: > 0 } symbol => (symbol with { Subscripts = [] }, symbol.Subscripts),
        _ => (null, []),
    };
}
