using Nabla.Formulas.Parsing.Grammar;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Parsing.Conventions;

/// <summary>[F(x)]ₐᵇ = F(b) − F(a), as an integral is worked out.</summary>
internal static class BetweenConvention
{
    /// <summary>
    /// The letter that takes both values, where square brackets hold a formula of one letter and what stands below is
    /// no sign; else null. [x]₀¹ of a letter alone may be x between 0 and 1.
    /// </summary>
    public static Symbol? VariableOf(Expression operand, Script below)
    {
        if (operand is Symbol or Collection || below.Form == ScriptForm.Sign
            || below.Items is not [Number or Negation or Symbol or Relation or Quotient])
            return null;
        if (below.Single is Relation { Members: [Symbol named, _] })
            return named;
        Symbol[] letters = [.. operand.All().OfType<Symbol>()
            .Where(symbol => symbol.Kind == SymbolKind.Variable && symbol.Subscripts.Count == 0).Distinct()];
        return letters is [var only] ? only : null;
    }

    /// <summary>The difference of both values.</summary>
    public static Expression Read(Expression operand, Symbol variable, (Expression From, Expression To) ends)
    {
        Expression from = ends.From is Relation { Members: [_, var start] } ? start : ends.From;
        return new Sum([At(operand, variable, ends.To), new Negation(At(operand, variable, from))]);
    }

    private static Delimited At(Expression formula, Symbol variable, Expression value) =>
        new(DelimiterKind.EvaluatedAt, [formula], new Relation(variable, RelationOperator.EqualSign, value));
}
