using Nabla.Formulas.Evaluation.Quantities;
using Nabla.Formulas.Evaluation.Reading;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Evaluation.Rules;

/// <summary>Sums and quotients.</summary>
internal static class ArithmeticRules
{
    /// <summary>a + b − c.</summary>
    public static Quantity Sum(Interpreter c, Sum sum, Scope scope)
    {
        if (sum.Terms.Any(term => term is Ellipsis))
            return Dots(c, sum.Terms, scope, BigOperatorKind.Sum);
        Quantity total = c.Evaluate(sum.Terms[0], scope);
        foreach (Expression term in sum.Terms.Skip(1))
        {
            Quantity value = c.Evaluate(term is Negation { Operand: var operand } ? operand : term, scope);
            (Quantity matrix, Quantity vector) = total.Rank == 2 ? (total, value) : (value, total); // A + b, b - A
            if (matrix.Rank == 2 && vector.Rank == 1 && matrix.Own[0] == vector.Own[0])
                c.Note(matrix.Own[1] == vector.Own[0]
                    ? "the vector is added to each row of the square matrix; to each column it could be, too."
                    : "the vector is added to each column of the matrix: it is as long as a column, not as a row.");
            if (matrix.Rank == 2 && vector is { Rank: 0, Axes.Length: 0 }
                && IsDotOfVectors(total.Rank == 0 ? sum.Terms[0] : term))
                c.Note("a product xᵀy of two lists is one number, here added to every entry of the matrix; the matrix "
                    + "of all products is written x yᵀ.");
            if (total.IsIdentity != value.IsIdentity && total.Rank == 0 && value.Rank == 0)
                throw NodeRules.NoValue(sum, "an identity matrix whose size nothing says, beside a number, has");
            total = term is Negation ? c.Algebra.Subtract(total, value) : c.Algebra.Add(total, value);
        }
        return total;
    }

    private static bool IsDotOfVectors(Expression term) => term is Product product
        && product.Factors.Any(factor => factor is Postfix { Sign: PostfixSign.Transpose, Operand: Symbol });

    /// <summary>a / b, element by element.</summary>
    public static Quantity Quotient(Interpreter c, Quotient quotient, Scope scope)
    {
        Quantity numerator = c.Evaluate(quotient.Numerator, scope),
            denominator = c.EvaluateIn(
                HasRoot(quotient.Denominator) ? PowerSense.OfEntries : c.PowerSense, quotient.Denominator, scope);
        if (scope.Mask is null)
            c.WarnIfAny(denominator.Node, value => value == 0,
                "a denominator is 0: the value there is infinite or not defined.");
        return c.Algebra.Divide(numerator, denominator);
    }

    /// <summary>m / (√v + ε): what is divided by entry by entry is the root of each entry.</summary>
    public static bool HasRoot(Expression denominator) => denominator is Root
        || denominator is Trees.Sum or Product && denominator.Children.Any(part => part is Root);

    /// <summary>a₁ + a₂ + … + aₙ, as a sum over the index that the first and the last term differ in.</summary>
    public static Quantity Dots(Interpreter c, NodeList<Expression> parts, Scope scope, BigOperatorKind kind)
    {
        int dots = parts.ToList().FindIndex(part => part is Ellipsis);
        if (dots < 1 || dots > parts.Count - 1 || parts.Count(part => part is Ellipsis) > 1)
            throw NodeRules.NoValue(parts[0], "what dots leave out cannot be told; it has");
        Expression last = dots + 1 < parts.Count ? parts[dots + 1] : Series.Infinite;
        Progression terms = Progression.Of(c, [.. parts.Take(dots)], last, scope)
            ?? throw NodeRules.NoValue(parts[dots], "what the dots leave out cannot be told; they have");
        var range = new Trees.Range([Series.Index], terms.From, terms.To);
        Quantity value = c.Evaluate(new BigOperator(kind, range, terms.General), scope);
        for (int i = dots + 2; i < parts.Count; i++)
            value = kind == BigOperatorKind.Sum
                ? c.Algebra.Add(value, c.Evaluate(parts[i], scope))
                : c.Algebra.Multiply(value, c.Evaluate(parts[i], scope));
        return value;
    }
}
