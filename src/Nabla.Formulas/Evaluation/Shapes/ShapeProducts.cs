using Nabla.Formulas.Printing;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Evaluation.Shapes;

/// <summary>The shapes of products: of matrices, of vectors, and number by number.</summary>
internal sealed class ShapeProducts(ShapeFacts facts, ShapeWalk walk)
{
    private const int LongestText = 48;

    /// <summary>A factor, or what the factors so far make together.</summary>
    private sealed record Factor(Expression Node, string[]? Shape, bool IsRow)
    {
        public int Rank => Shape?.Length ?? -1;
    }

    /// <summary>The shape of a product, or null.</summary>
    public string[]? Of(Product product)
    {
        if (product.Sign is ProductSign.Outer or ProductSign.Convolution || product.Factors.Any(one => one is Ellipsis))
            return Other(product);
        if (product.Sign is ProductSign.Hadamard or ProductSign.Star or ProductSign.Times)
            return walk.Together(product, product.Factors);
        Factor[] factors = [.. product.Factors.Select(node => Read(node, walk.Visit(node)))];
        Guess(factors);
        Factor all = factors[0];
        for (int i = 1; i < factors.Length; i++)
        {
            // It is for messages, which are cut after so many characters.
            Expression node = product with { Factors = [.. product.Factors.Take(Math.Min(i + 1, LongestText))] };
            all = new(i == factors.Length - 1 ? product : node, Times(node, all, factors[i], product.Sign), all.IsRow);
        }
        return all.Shape;
    }

    /// <summary>An expression in a message.</summary>
    public static string Text(Expression node) => Shortened.To(FormulaPrinter.Text(node), LongestText);

    private static Factor Read(Expression node, string[]? shape) =>
        new(node, shape, node is Postfix { Sign: PostfixSign.Transpose or PostfixSign.Adjoint } && shape is [_]);

    private string[]? Other(Product product)
    {
        string[]?[] shapes = [.. product.Factors.Select(walk.Visit)];
        return product.Sign == ProductSign.Outer && shapes is [[var rows], [var columns]] ? [rows, columns] : null;
    }

    // A letter beside a matrix is a vector, one beside a vector a matrix: from the right, as one reads W U x, and then
    // from the left, as one reads x W.
    private void Guess(Factor[] factors)
    {
        for (int i = factors.Length - 1; i > 0; i--)
        {
            (Expression left, Expression right) = (factors[i - 1].Node, factors[i].Node);
            bool isWeighted = factors[i - 1].Rank == 2 || (factors[i - 1].Rank < 0 && ShapeCustoms.IsWeights(left));
            if (factors[i].Rank < 0 && isWeighted && ShapeCustoms.IsVectorLetter(right))
                factors[i] = Learn(right, 1);
            bool isColumn = factors[i].Rank == 1 && !factors[i].IsRow;
            if (factors[i - 1].Rank < 0 && ShapeCustoms.IsMatrixLetter(left) && isColumn)
                factors[i - 1] = Learn(left, 2);
        }
        for (int i = 1; i < factors.Length; i++)
        {
            (Expression left, Expression right) = (factors[i - 1].Node, factors[i].Node);
            if (factors[i - 1].Rank < 0 && factors[i].Rank < 0 && ShapeCustoms.IsWeights(right)
                && ShapeCustoms.IsVectorLetter(left))
                factors[i - 1] = Learn(left, 1);
            if (factors[i - 1].Rank < 0 && factors[i].IsRow && ShapeCustoms.IsVectorLetter(left))
                factors[i - 1] = Learn(left, 1);
            if (factors[i].Rank < 0 && factors[i - 1].Rank >= 1)
                if (ShapeCustoms.IsMatrixLetter(right))
                    factors[i] = Learn(right, 2);
                else if (factors[i - 1].IsRow && ShapeCustoms.IsVectorLetter(right))
                    factors[i] = Learn(right, 1);
        }
    }

    private Factor Learn(Expression node, int rank) => Read(node,
        facts.Learn((Symbol)node, [.. Enumerable.Range(0, rank).Select(_ => facts.Sizes.Open())]));

    private string[]? Times(Expression product, Factor a, Factor b, ProductSign sign)
    {
        if (a.Shape is null || b.Shape is null)
            return Beside(a, b);
        if (a.Rank == 0 || b.Rank == 0)
            return [.. a.Shape, .. b.Shape];
        return (a.Rank, b.Rank) switch
        {
            (1, 1) when b.IsRow && !a.IsRow => [a.Shape[0], b.Shape[0]],
            (1, 1) when a.IsRow || sign == ProductSign.Dot => Inner(product, a, b, []),
            (1, 1) => walk.Broadcast(product, a.Shape, b.Shape),
            (1, _) => Inner(product, a, b, [.. b.Shape[..^2], b.Shape[^1]]),
            (_, 1) => Inner(product, a, b, a.Shape[..^1]),
            _ => Inner(product, a, b, [.. a.Shape[..^1], b.Shape[^1]]),
        };
    }

    // A small letter beside a vector is a number; nothing is said of a capital.
    private static string[]? Beside(Factor a, Factor b)
    {
        (Factor open, Factor known) = a.Shape is null ? (a, b) : (b, a);
        return known.Shape is { Length: > 0 } && ShapeCustoms.IsVectorLetter(open.Node) ? known.Shape : null;
    }

    private string[]? Inner(Expression product, Factor a, Factor b, string[] result)
    {
        string left = a.Shape![^1], right = b.Shape![b.Rank == 1 ? 0 : b.Rank - 2];
        if (facts.Sizes.Unify(left, right))
            return result;
        string much = a.Rank == 1 ? "numbers" : "columns", many = b.Rank == 1 ? "numbers" : "rows";
        walk.Mismatch(product, $"{Text(a.Node)} is {walk.Named(a.Shape)} and {Text(b.Node)} is {walk.Named(b.Shape)}; "
            + $"a product needs as many {much} on the left ({facts.Sizes.Of(left)}) as {many} on the right "
            + $"({facts.Sizes.Of(right)}).{Remedy(a, b)}");
        return null;
    }

    private string Remedy(Factor a, Factor b)
    {
        bool Equal(string one, string other) => facts.Sizes.Of(one) == facts.Sizes.Of(other);
        if (b.Node is Postfix { Sign: PostfixSign.Transpose, Operand: var operand } && b.Rank == 2
            && Equal(a.Shape![^1], b.Shape![^1]))
            return $" Did you mean {Text(operand)} without ᵀ?";
        if (b.Rank == 2 && Equal(a.Shape![^1], b.Shape![^1]))
            return $" Did you mean {Transposed(b.Node)}?";
        if (a.Rank == 2 && Equal(a.Shape![^2], b.Shape![b.Rank == 1 ? 0 : b.Rank - 2]))
            return a.Node is Postfix { Sign: PostfixSign.Transpose } turned
                ? $" Did you mean {Text(turned.Operand)} without ᵀ?" : $" Did you mean {Transposed(a.Node)}?";
        if (b.Node is Postfix { Sign: PostfixSign.Transpose, Operand: var other })
            return $" {Text(other)} needs {facts.Sizes.Of(a.Shape![^1])} columns.";
        return b.Shape is [.., var last] && b.Rank == 2 && Equal(last, a.Shape![0])
            ? $" Did you mean {Text(b.Node)} before {Text(a.Node)}?" : "";
    }

    private static string Transposed(Expression node) => Text(new Postfix(node, PostfixSign.Transpose));
}
