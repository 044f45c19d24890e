using Nabla.Formulas.Evaluation.Quantities;
using Nabla.Formulas.Evaluation.Reading;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Evaluation.Rules;

/// <summary>Products, which the sign and the shapes tell apart.</summary>
internal static class ProductRules
{
    /// <summary>Factors from left to right.</summary>
    public static Quantity Product(Interpreter c, Product product, Scope scope)
    {
        NodeList<Expression> factors = [.. product.Factors.SelectMany(WithDots)];
        if (factors.Any(factor => factor is Ellipsis))
            return ArithmeticRules.Dots(c, factors, scope, BigOperatorKind.Product);
        // A²x is computed with matrices wherever it stands; c·A² in a mean is of each entry.
        return c.PowerSense == PowerSense.OfEntries && MultipliesArrays(c, product)
            ? c.In(PowerSense.AsWritten, () => Multiplied(c, product, scope)) : Multiplied(c, product, scope);
    }

    private static bool MultipliesArrays(Interpreter c, Product product) =>
        product.Sign is ProductSign.None or ProductSign.Dot or ProductSign.Matrix
        && product.Factors.Count(factor => factor.All().Any(part =>
            part is Symbol symbol && c.Store.Find(symbol.Name) is { Shape.Rank: > 0 })) > 1;

    private static Quantity Multiplied(Interpreter c, Product product, Scope scope)
    {
        if (product is { Sign: ProductSign.Times, Factors: [Symbol left, Symbol right] })
            return Cross(c, c.Evaluate(left, scope), c.Evaluate(right, scope));
        Quantity value = Factor(c, product, 0, null, scope);
        for (int i = 1; i < product.Factors.Count; i++)
        {
            Expression factor = product.Factors[i];
            Quantity next = Factor(c, product, i, value, scope);
            try
            {
                value = Multiply(c, value, next, product.Sign);
            }
            catch (FormulaException error) when (error.Position < 0)
            {
                throw new FormulaException(error.Message, factor.Source.Start, "shapes that fit");
            }
        }
        return value;
    }

    private static Quantity Factor(Interpreter c, Product product, int i, Quantity? before, Scope scope)
    {
        Expression? after = product.Factors.ElementAtOrDefault(i + 1);
        bool mayBeOnes = product.Sign == ProductSign.None || product.Factors[i] is not Number; // X · 1 is X
        return (mayBeOnes ? OnesRules.Value(c, product.Factors[i], before,
                after is null ? null : () => c.Silently(() => c.Evaluate(after, scope))) : null)
            ?? c.Evaluate(product.Factors[i], scope);
    }

    // 1 · 3 · 5 ⋯ 9 has its dots in a product within the product.
    private static IEnumerable<Expression> WithDots(Expression factor) =>
        factor is Product inner && inner.Factors.Any(part => part is Ellipsis) ? inner.Factors : [factor];

    /// <summary>The product of two.</summary>
    public static Quantity Multiply(Interpreter c, Quantity a, Quantity b, ProductSign sign)
    {
        if (sign == ProductSign.Hadamard)
            (a, b) = (c.Algebra.Resolved(a, b), c.Algebra.Resolved(b, a));
        if (a.Rank == 0 || b.Rank == 0)
            return c.Algebra.Multiply(a, b);
        return sign switch
        {
            ProductSign.None => Beside(c, a, b),
            ProductSign.Dot when c.TakesEntries && a.Rank == 1 && b.Rank == 1 => c.Algebra.Multiply(a, b),
            ProductSign.Dot => Dot(c.Algebra, a, b),
            ProductSign.Matrix => c.Algebra.MatrixProduct(a, b),
            ProductSign.Outer => c.Algebra.Kronecker(a, b),
            ProductSign.Convolution => Convolve(c.Algebra, a, b),
            ProductSign.Times when a.Rank + b.Rank > 2 => TimesMatrix(c, a, b),
            _ => EntryByEntry(c, a, b, sign),
        };
    }

    private static Quantity TimesMatrix(Interpreter c, Quantity a, Quantity b)
    {
        if (a.Own == b.Own)
            c.Note("× of two matrices is the matrix product; element by element is ⊙.");
        return c.Algebra.MatrixProduct(a, b);
    }

    private static Quantity EntryByEntry(Interpreter c, Quantity a, Quantity b, ProductSign sign)
    {
        if (sign == ProductSign.Times && a.Rank == 1 && b.Rank == 1)
            c.Warn("× of two vectors is taken element by element; it is no cross product.");
        return c.Algebra.Multiply(a, b);
    }

    /// <summary>a × b = (a₂b₃ − a₃b₂, a₃b₁ − a₁b₃, a₁b₂ − a₂b₁).</summary>
    private static Quantity Cross(Interpreter c, Quantity a, Quantity b)
    {
        if (!IsTriple(a) || !IsTriple(b))
            return Multiply(c, a, b, ProductSign.Times);
        c.Note("× of two vectors of three numbers is the cross product; element by element is ⊙.");
        Quantity after = Turned(a, 1), before = Turned(a, 2);
        return c.Algebra.Subtract(c.Algebra.Multiply(after, Turned(b, 2)), c.Algebra.Multiply(before, Turned(b, 1)));

        Quantity Turned(Quantity x, int by) => c.Algebra.MatrixProduct(new Quantity(c.Tape.Constant([3, 3],
            [.. Enumerable.Range(0, 9).Select(at => at % 3 == (at / 3 + by) % 3 ? 1.0 : 0)])), x);
    }

    private static bool IsTriple(Quantity x) => x.Rank == 1 && x.Own[0] == 3;

    private static Quantity Beside(Interpreter c, Quantity a, Quantity b)
    {
        if (a.Rank > 1 || b.Rank > 1 || a.IsRow != b.IsRow)
            return c.Algebra.MatrixProduct(a, b);
        c.Note("two vectors side by side are multiplied element by element; wᵀx or w·x is the dot product.");
        return c.Algebra.Multiply(a, b);
    }

    private static Quantity Dot(Algebra algebra, Quantity a, Quantity b) => a.Rank == 1 && b.Rank == 1
        && !(b.IsRow && !a.IsRow)
        ? algebra.Dot(a, b)
        : algebra.MatrixProduct(a, b);

    /// <summary>(a ∗ b)ₙ = Σₘ aₘ·bₙ₋ₘ, of all places where they overlap.</summary>
    private static Quantity Convolve(Algebra algebra, Quantity a, Quantity b)
    {
        if (a.Rank != 1 || b.Rank != 1)
            throw new FormulaException($"∗ convolves two lists, but the shapes are {a.Own} and {b.Own}.");
        int n = a.Own[0], m = b.Own[0], length = n + m - 1;
        algebra.Tape.Charge((long)n * m * length, 0);
        Quantity products = algebra.Reshape(algebra.Outer(a, b), [n * m]);
        var sums = new double[n * m * length];
        for (int i = 0; i < n; i++)
            for (int j = 0; j < m; j++)
                sums[(i * m + j) * length + i + j] = 1;
        var places = new Quantity(algebra.Tape.Constant([n * m, length], sums));
        return algebra.MatrixProduct(products, places);
    }
}
