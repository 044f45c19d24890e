using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Symbolics;

/// <summary>Σᵢ 𝟙[i = k]·f(i) = f(k): of the sum one term is left.</summary>
internal static class Contraction
{
    public static Expression Of(BigOperator sum, IReadOnlyList<Symbol> indices, Ranks ranks)
    {
        if (indices.Count == 0)
            return sum;
        var reduction = new Reduction(ranks);
        List<Expression> parts = [];
        foreach (Term whole in reduction.Read(sum.Body).Terms)
            foreach (Term term in HidesIndices(whole) ? Shortest.Expanded(whole, reduction)?.Terms ?? [whole] : [whole])
                parts.Add(Contracted(sum, term, indices, ranks));
        return parts.Count == 0 ? Functions.Zero : Functions.Plus([.. parts]);
    }

    private static bool HidesIndices(Term term) => term.Factors.Any(factor => factor.Base is Sum
        && factor.Base.All().Any(node => node is Delimited { Kind: DelimiterKind.Indicator }));

    private static Expression Contracted(BigOperator sum, Term term, IReadOnlyList<Symbol> indices, Ranks ranks)
    {
        Trees.Range range = sum.Range;
        List<Expression> bounds = [];
        foreach (Factor delta in term.Factors.ToArray())
        {
            if (Solved(delta.Base, range, indices) is not { } solved)
                continue;
            term = term.With(term.Factors.Where(factor => factor.BaseKey != delta.BaseKey));
            Expression rest = Layout.Write(Polynomial.Of(term));
            term = Term.OfChain(Substitution.Of(rest, solved.Variable, solved.Value));
            bounds.AddRange(Bounds(range, solved.Value, isWhole: indices.Contains(solved.Value)));
            NodeList<Expression> left = [.. range.Variables.Where(variable => !variable.Equals(solved.Variable))];
            range = left.Count == 0 ? Trees.Range.Unstated : range with { Variables = left };
            break;
        }
        Expression body = Layout.Write(Polynomial.Of(term));
        if (bounds.Count > 0)
            body = Functions.Times([body, .. bounds]);
        return range.Variables.Count == 0 ? body
            : ReferenceEquals(range, sum.Range) ? sum with { Body = body }
            : Of(sum with { Range = range, Body = body }, indices, Ranks.Infer(body, budget: ranks.Budget));
    }

    // Of 𝟙[i = k] with i a variable of the sum: i is k. Of 𝟙[i + 1 = k]: i is k − 1.
    private static (Symbol Variable, Expression Value)? Solved(
        Expression delta, Trees.Range range, IReadOnlyList<Symbol> indices)
    {
        if (delta is not Delimited { Kind: DelimiterKind.Indicator, Items: [Relation equation] }
            || equation.Members is not [var left, Symbol own] || !indices.Contains(own))
            return null;
        foreach (Symbol variable in range.Variables.OfType<Symbol>())
        {
            if (left is Symbol symbol && symbol == variable)
                return (variable, own);
            if (left is Sum { Terms: [Symbol first, var shift] } && first == variable
                && (shift is Number || shift is Negation { Operand: Number }))
                return (variable, shift is Negation negation
                    ? Functions.Plus(own, negation.Operand) : Functions.Minus(own, shift));
        }
        return null;
    }

    // Where a sum does not begin at the first entry, or is shifted, entries outside count for nothing.
    private static IEnumerable<Expression> Bounds(Trees.Range range, Expression value, bool isWhole)
    {
        if (range.Domain is not null || range.Condition is not null)
            throw new NoClosedFormException();
        if (range.From is { } from && (!isWhole || from is not Number { Value: 0 or 1 }))
            yield return Functions.Indicator(value, new("≥", RelationKind.Greater), from);
        if (range.To is { } to && !isWhole)
            yield return Functions.Indicator(value, new("≤", RelationKind.Less), to);
    }
}
