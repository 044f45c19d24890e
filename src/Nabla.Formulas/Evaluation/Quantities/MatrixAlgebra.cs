using Nabla.Formulas.Evaluation.Graph;
using Nabla.Tensors;

namespace Nabla.Formulas.Evaluation.Quantities;

/// <summary>Products, transposes and indices of vectors and matrices.</summary>
internal static class MatrixAlgebra
{
    /// <summary>
    /// The product of linear algebra: a row times a column is a number, a column times a row a matrix; a vector is a
    /// column to a matrix on its left and a row to one on its right.
    /// </summary>
    /// <exception cref="FormulaException">The inner sizes differ.</exception>
    public static Quantity MatrixProduct(this Algebra algebra, Quantity a, Quantity b)
    {
        if (a.Rank == 0 || b.Rank == 0 || a.IsIdentity || b.IsIdentity)
            return algebra.Multiply(a, b);
        if (a.Rank == 1 && b.Rank == 1 && !a.IsRow && b.IsRow)
            return algebra.Outer(a, b);
        bool fromRow = a.Rank == 1, toColumn = b.Rank == 1;
        Shape left = fromRow ? [1, a.Own[0]] : a.Own;
        Shape right = toColumn ? [b.Own[0], 1] : b.Own;
        if (b.IsRow && left[-1] == 1) // a column written as a matrix, times a row
            (right, toColumn) = ([1, b.Own[0]], false);
        if (left[-1] != right[-2] && fromRow && right[-2] == 1 && !a.IsRow)
            (left, fromRow) = ([a.Own[0], 1], false); // a vector times a matrix of one row: a column times a row
        if (left[-1] != right[-2])
            throw new FormulaException(Mismatch(a, b));
        Axis[] axes = Algebra.Union(a.Axes, b.Axes);
        int rank = Math.Max(left.Rank, right.Rank);
        Node product = MatrixProductRule.Apply(
            algebra.Tape, algebra.Spread(algebra.Reshape(a, left), axes, rank),
            algebra.Spread(algebra.Reshape(b, right), axes, rank));
        var result = new Quantity(product, axes);
        Shape own = result.Own;
        if (fromRow && toColumn)
            return algebra.Reshape(result, [.. own.AsSpan()[..^2]]);
        if (toColumn)
            return algebra.Reshape(result, [.. own.AsSpan()[..^1]]);
        return fromRow ? algebra.Reshape(result, [.. own.AsSpan()[..^2], own[-1]]) with { IsRow = a.IsRow } : result;
    }

    /// <summary>x yᵀ: every number of one vector times every number of the other.</summary>
    /// <exception cref="FormulaException">One of them is no vector.</exception>
    public static Quantity Outer(this Algebra algebra, Quantity a, Quantity b) => a.Rank == 1 && b.Rank == 1
        ? algebra.Multiply(algebra.Reshape(a, [a.Own[0], 1]), b with { IsRow = false })
        : throw new FormulaException(
            $"the outer product is for two vectors, not for shapes {a.Own} and {b.Own}.");

    /// <summary>⟨a, b⟩ = Σ aᵢ·bᵢ over all their own numbers.</summary>
    /// <exception cref="FormulaException">The lengths differ.</exception>
    public static Quantity Dot(this Algebra algebra, Quantity a, Quantity b)
    {
        if (a.Own != b.Own)
            throw new FormulaException(
                $"the inner product needs as many numbers on both sides, but the shapes are {a.Own} and {b.Own}.");
        return algebra.FoldOwn(algebra.Multiply(a, b), Reductions.Sum);
    }

    /// <summary>Aᵀ; a vector becomes a row, a row a column.</summary>
    public static Quantity Transpose(this Algebra algebra, Quantity x) => x.Rank switch
    {
        0 => x,
        1 => x with { IsRow = !x.IsRow },
        _ => x with { Node = Rearranging.Transpose(algebra.Tape, x.Node) },
    };

    /// <summary>A ⊗ B: of vectors the outer product, of matrices Kronecker's.</summary>
    public static Quantity Kronecker(this Algebra algebra, Quantity a, Quantity b)
    {
        if (a.Rank == 0 || b.Rank == 0)
            return algebra.Multiply(a, b);
        if (a.Rank == 1 && b.Rank == 1)
            return algebra.Outer(a, b);
        if (a.Rank != 2 || b.Rank != 2)
            throw new FormulaException(
                $"the Kronecker product is for two matrices, not for shapes {a.Own} and {b.Own}.");
        int m = a.Own[0], n = a.Own[1], p = b.Own[0], q = b.Own[1];
        Quantity product = algebra.Multiply(algebra.Reshape(a, [m, 1, n, 1]), algebra.Reshape(b, [1, p, 1, q]));
        return algebra.Reshape(product, [m * p, n * q]);
    }

    /// <summary>The elements on the diagonal of a matrix.</summary>
    /// <exception cref="FormulaException">It is no matrix.</exception>
    public static Quantity Diagonal(this Algebra algebra, Quantity x)
    {
        if (x.Rank != 2)
            throw new FormulaException($"a diagonal was asked for of something of shape {x.Own}, which is no matrix.");
        int rows = x.Own[0], columns = x.Own[1], length = Math.Min(rows, columns);
        int[] sizes = Algebra.Sizes(x.Axes);
        int[] strides = [.. Places.Strides(x.Node.Shape).AsSpan()[..^2], columns + 1];
        Shape shape = [.. sizes, length];
        return new(Rearranging.Gather(algebra.Tape, x.Node, Places.Map(shape, strides, 0), shape), x.Axes);
    }

    /// <summary>The matrix with these numbers on its diagonal.</summary>
    public static Quantity DiagonalMatrix(this Algebra algebra, Quantity x) =>
        algebra.Multiply(algebra.Reshape(x, [x.Own[0], 1]), algebra.Identity(x.Own[0]));

    /// <summary>Requires a square matrix.</summary>
    /// <exception cref="FormulaException">It is none.</exception>
    public static Quantity RequireSquare(Quantity x, string what)
    {
        if (x.Rank < 2 || x.Own[-1] != x.Own[-2])
            throw new FormulaException($"{what} needs a square matrix, but the shape is {x.Own}.");
        return x;
    }

    private static string Mismatch(Quantity a, Quantity b)
    {
        string left = a.Rank == 1 ? a.IsRow ? "row" : "vector" : "matrix";
        string right = b.Rank == 1 ? b.IsRow ? "row" : "vector" : "matrix";
        return $"the product of a {left} {a.Own} and a {right} {b.Own} is not defined: the left has {a.Own[-1]} " +
            $"{(a.Rank == 1 ? "numbers" : "columns")}, the right {b.Own[b.Rank == 1 ? -1 : -2]} " +
            $"{(b.Rank == 1 ? "numbers" : "rows")}; perhaps one of them is meant transposed.";
    }
}
