using Nabla.Formulas.Trees;
using Range = Nabla.Formulas.Trees.Range;

namespace Nabla.Formulas.Evaluation.Reading;

/// <summary>
/// What p(x) and p(y|x) are where the formula has p(x, y) too and p is bound to that table: the marginal Σ_y p(x, y)
/// and p(x, y) / p(x). Rows of a table are no probabilities of their own.
/// </summary>
internal sealed class JointTables
{
    private readonly Dictionary<string, Call> joint = new(StringComparer.Ordinal);
    private readonly List<string> notes = [];

    private JointTables(Expression tree, Bindings? bindings)
    {
        foreach (Call call in tree.All().OfType<Call>())
            if (call is { Function: Symbol { Letter: "p" or "P" or "q" or "Pr" } function } && IsJoint(call)
                && IsTable(function, call.Arguments.Count, bindings))
                joint.TryAdd(function.Name, call);
    }

    private static bool IsTable(Symbol function, int rank, Bindings? bindings) => bindings is null
        || bindings.TryGet(function.Name, out NumberArray table) && table.Shape.Rank == rank;

    /// <summary>The tree with marginals and conditionals written out, and what is to be said of it.</summary>
    /// <param name="tree">The formula.</param>
    /// <param name="bindings">What the tables are; null where every p(x, y) is one.</param>
    public static (Expression Tree, IReadOnlyList<string> Notes) Resolve(Expression tree, Bindings? bindings)
    {
        var tables = new JointTables(tree, bindings);
        return tables.joint.Count == 0 ? (tree, []) : (tables.Resolved(tree), tables.notes);
    }

    private Expression Resolved(Expression tree) => tree switch
    {
        FormulaSystem system => system with { Formulas = [.. system.Formulas.Select(Resolved)] },
        Relation relation => relation with
        {
            Members = [relation.Members[0], .. relation.Members.Skip(1).Select(member => member.Rewrite(Part))],
        },
        _ => tree.Rewrite(Part),
    };

    private Expression Part(Expression node)
    {
        if (node is not Call { Function: Symbol function } call || !joint.TryGetValue(function.Name, out Call? whole)
            || IsJoint(call) && call.Arguments.Count == whole.Arguments.Count
            || !call.Arguments.All(argument => whole.Arguments.Contains(argument)))
            return node;
        int bar = call.Separators.ToList().IndexOf("|");
        Expression[] given = bar < 0 ? [] : [.. call.Arguments.Skip(bar + 1)];
        Note(bar < 0 ? $"{function.Name} of fewer letters is the marginal of its table: the sum over the others."
            : $"a conditional {function.Name} is computed from its table of joint probabilities.");
        Expression all = Marginal(whole, call.Arguments);
        return (bar < 0 ? all : new Quotient(all, Marginal(whole, given))) with { Source = call.Source };
    }

    // Σ over the letters that are left out.
    private static Expression Marginal(Call whole, IEnumerable<Expression> kept)
    {
        Expression[] others = [.. whole.Arguments.Where(argument => !kept.Contains(argument))];
        return others.Length == 0 ? whole : new BigOperator(BigOperatorKind.Sum,
            new Range([.. others.Select(other => (Symbol)other with { Kind = SymbolKind.Index })]), whole);
    }

    private static bool IsJoint(Call call) => call.Arguments.Count > 1
        && call.Separators.All(separator => separator == ",")
        && call.Arguments.All(argument => argument is Symbol { IsBare: true })
        && call.Arguments.Distinct().Count() == call.Arguments.Count;

    private void Note(string note)
    {
        if (!notes.Contains(note, StringComparer.Ordinal))
            notes.Add(note);
    }
}
