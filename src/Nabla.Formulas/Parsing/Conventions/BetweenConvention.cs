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
        if (operand.All().Any(node => node is Delimited { Kind: DelimiterKind.EvaluatedAt }))
            throw new FormulaException("the difference of two values within another one is not read: write it out.",
                operand.Source.Start, "F(b) - F(a)");
        if (below.Single is Relation { Members: [Symbol named, _] })
            return named;
        if (below.Single is Symbol { Letter: "i" or "j" or "k" or "n" })
            return null; // an entry
        Symbol[] letters = [.. operand.All().OfType<Symbol>()
            .Where(symbol => symbol.Kind == SymbolKind.Variable && symbol.Subscripts.Count == 0).Distinct()];
        if (letters is [var only])
            return only;
        if (below.Single is not Number { Value: 0 })
            return null;
        Symbol[] running = [.. letters.Where(letter => letter.Letter is "x" or "t" or "z" or "theta")];
        return Array.Find(running, letter => letter.Letter == "x") ?? (running is [var one] ? one
            : throw new FormulaException("which letter takes the two values is not said.", operand.Source.Start,
                "the letter below, as in [ax²]_{x=0}^{x=2}"));
    }

    /// <summary>The difference of both values.</summary>
    public static Expression Read(Expression operand, Symbol variable, (Expression From, Expression To) ends) =>
        new Sum([At(operand, variable, Plain(ends.To)), new Negation(At(operand, variable, Plain(ends.From)))]);

    // The 2 of x = 2.
    private static Expression Plain(Expression end) => end is Relation { Members: [_, var value] } ? value : end;

    private static Delimited At(Expression formula, Symbol variable, Expression value) =>
        new(DelimiterKind.EvaluatedAt, [formula], new Relation(variable, RelationOperator.EqualSign, value));
}
