using Nabla.Formulas.Evaluation.Functions;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Explanation;

/// <summary>Formulas that need no values: 1 + 1/2 + 1/4, Σᵢ₌₁⁵ i², ∫₀¹ x² dx.</summary>
internal static class ClosedFormula
{
    /// <summary>
    /// Whether every symbol that is computed with is a known number or function, runs over a range whose ends are
    /// written, or is defined by the formula itself.
    /// </summary>
    public static bool IsOne(Formula formula)
    {
        Expression[] nodes = [.. Computed(formula.Tree).SelectMany(part => part.All())];
        var known = Defined(formula.Tree).ToHashSet(StringComparer.Ordinal);
        foreach (BigOperator big in nodes.OfType<BigOperator>())
            if (big.Range is { To: not null } or { Domain: Collection { Kind: < CollectionKind.ClosedInterval } })
                known.UnionWith(big.Range.Variables.OfType<Symbol>().Select(variable => variable.Name));
        foreach (Relation drawn in nodes.OfType<Expectation>().SelectMany(mean => mean.Over).OfType<Relation>())
            if (drawn is { Members: [Symbol variable, Call { Function: Symbol distribution }] })
                known.UnionWith([variable.Name, distribution.Name]);
        foreach (Delimited at in nodes.OfType<Delimited>())
            if (at is { Kind: DelimiterKind.EvaluatedAt, Subscript: Relation { Members: [Symbol variable, _] } })
                known.Add(variable.Name);
        known.UnionWith(nodes.OfType<Call>().Where(call => FunctionTable.Find(call) is not null)
            .Select(call => call.Function).OfType<Symbol>().Select(function => function.Name));
        return nodes.OfType<Symbol>().All(symbol => symbol.Kind == SymbolKind.Constant || known.Contains(symbol.Name)
            || symbol.Kind == SymbolKind.Function && KnownFunctions.Find(symbol.Letter) is not null);
    }

    /// <summary>
    /// Whether it asks for a sum, an integral or a mean, so that it is worth saying why nothing came out; of what is
    /// only said, x ∈ {0, 1}, nobody expects a number.
    /// </summary>
    public static bool AsksForNumber(Formula formula) =>
        formula.Tree.All().Any(node => node is BigOperator or Expectation or Ellipsis);

    private static IEnumerable<Expression> Computed(Expression tree) => tree switch
    {
        FormulaSystem system => system.Formulas.SelectMany(Computed),
        Relation { Members: [Symbol, ..] } relation => relation.Members.Skip(1),
        _ => [tree],
    };

    private static IEnumerable<string> Defined(Expression tree) => tree switch
    {
        FormulaSystem system => system.Formulas.SelectMany(Defined),
        Qualified qualified => Defined(qualified.Statement).Concat(Defined(qualified.Condition)),
        Relation { Members: [Call { Function: Symbol function } call, _, ..] }
            when call.Arguments.All(argument => argument is Symbol) =>
            [function.Name, .. call.Arguments.Cast<Symbol>().Select(parameter => parameter.Name)],
        Relation { Members: [Symbol left, ..] } => [left.Name],
        _ => [],
    };
}
