using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Symbolics;

/// <summary>Differentiates formulas as one does by hand.</summary>
public static class Differentiator
{
    // A longer derivative is right and tells nobody anything.
    private const int LongestResult = 240, MostNodes = 400, MostDepth = 40;

    /// <summary>
    /// The derivative of a formula's right side: ∂/∂x of numbers by the rules of calculus; by an entry x_k where the
    /// formula has entries, Σᵢ wᵢxᵢ ↦ w_k; the gradient where a number is made of vectors or matrices, ‖Ax − b‖² ↦
    /// 2Aᵀ(Ax − b); the Jacobian of a vector by a vector, Wx + b ↦ W.
    /// </summary>
    /// <param name="formula">The formula or a part of one; of a relation its last member counts.</param>
    /// <param name="by">What moves; everything else stands still.</param>
    /// <param name="ranks">
    /// Which symbols are vectors and matrices; by default as <see cref="Ranks.Infer"/> sees it.
    /// </param>
    /// <returns>The derivative, simplified; null if there is none that one would write.</returns>
    /// <remarks>Petersen and Pedersen 2012, The Matrix Cookbook, section 2.</remarks>
    public static SymbolicDerivative? Derivative(Expression formula, Symbol by, Ranks? ranks = null)
    {
        ArgumentNullException.ThrowIfNull(formula);
        ArgumentNullException.ThrowIfNull(by);
        Expression value = Value(formula);
        if (TreeText.IsLargerThan(value, MostNodes) || TreeText.Depth(value) > MostDepth)
            return null;
        try
        {
            SymbolicDerivative? result = Differentiate(value, by, ranks ?? Ranks.Infer(value));
            return result is null || TreeText.Length(result.Formula) > LongestResult ? null : result;
        }
        catch (Exception error) when (error is NoClosedFormException or NotSimplifiedException)
        {
            return null;
        }
    }

    /// <summary>What a formula computes: the right side of the last relation, of the last formula of several.</summary>
    internal static Expression Value(Expression formula) => formula switch
    {
        FormulaSystem { Formulas: [.., var last] } => Value(last),
        Qualified qualified => Value(qualified.Statement),
        Relation relation => Value(relation.Members[^1]),
        _ => formula.Rewrite(Barred),
    };

    // norm(w) is ‖w‖.
    private static Expression Barred(Expression node) => node is Call
    {
        Arguments: [var inside],
        Function: Symbol { Letter: "norm", Superscripts.Count: 0, Primes: 0, Subscripts.Count: < 2 } norm,
    }
        ? new Delimited(DelimiterKind.Norm, [inside])
        {
            Subscript = norm.Subscripts.Count > 0 ? norm.Subscripts[0] : null,
        }
        : node;

    private static SymbolicDerivative? Differentiate(Expression value, Symbol by, Ranks ranks)
    {
        if (!Functions.Mentions(Simplifier.Simplify(value, ranks), symbol => symbol.StemName == by.StemName))
            return Result(Functions.Zero, DerivativeForm.Entrywise);
        if (FunctionValues.AsEntries(value, by) is { } listed)
            return Differentiate(listed, by, ranks) is { Form: DerivativeForm.Component } found
                ? found with { Formula = FunctionValues.AsCalls(found.Formula, by) } : null;
        if (Entries.Of(value, by) is not { } entries)
            return null;
        if (entries.Indices.Count > 0)
            return ByEntry(value, entries, ranks);
        if (ranks.FormOf(by) is Form.Scalar or Form.Unknown)
            return Result(new ForwardDerivative(entries, ranks).Of(value), DerivativeForm.Entrywise);
        if (ranks.FormOf(value) == Form.Scalar)
            return Result(new ReverseDerivative(by, ranks).Of(value), DerivativeForm.Gradient);
        if (EntrywiseDerivative.Of(value, by, ranks) is { } entrywise)
            return new(entrywise, DerivativeForm.Entrywise) { By = by };
        return ranks.FormOf(by) == Form.Vector && ranks.FormOf(value) == Form.Vector
            ? Result(new JacobianMatrix(by, ranks).Of(value), DerivativeForm.Jacobian) : null;

        SymbolicDerivative Result(Expression derivative, DerivativeForm form) =>
            new(Simplifier.Simplify(derivative, ranks), form) { By = by };
    }

    // By x_k; k is called i again where i is no longer needed.
    private static SymbolicDerivative ByEntry(Expression value, Entries entries, Ranks ranks)
    {
        Expression derivative = Simplifier.Simplify(new ForwardDerivative(entries, ranks).Of(value), ranks);
        IReadOnlyList<Expression> written = value.All().Select(node => Entries.IndicesOf(node, entries.By)
            ?? Entries.SoftmaxEntry(node, entries.By)?.Indices).First(found => found is not null)!;
        Symbol entry = entries.Entry;
        for (int i = 0; i < written.Count; i++)
            if (written[i] is Symbol { IsBare: true } old && !entries.AreNamed && old != entries.Indices[i]
                && !Functions.Mentions(derivative, symbol => symbol == old))
            {
                Symbol index = entries.Indices[i];
                derivative = Substitution.Of(derivative, index, old);
                entry = (Symbol)Substitution.Of(entry, index, old);
            }
        return new(derivative, DerivativeForm.Component) { By = entry };
    }
}
