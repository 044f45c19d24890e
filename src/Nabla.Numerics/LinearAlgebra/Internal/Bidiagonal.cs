using System.Buffers;
using System.Numerics;

namespace Nabla.Numerics.LinearAlgebra;

/// <summary>
/// A = Q·B·Pᵀ with an upper bidiagonal B, by reflections from both sides in turns (Golub and Kahan 1965; LAPACK's
/// <c>gebrd</c>).
/// </summary>
/// <remarks>
/// As in <see cref="Tridiagonal"/>, the changes of a panel are collected, here as A − Σ v·yᵀ + x·uᵀ with the left
/// reflections' v and the right ones' u, and made as one matrix product.
/// </remarks>
internal static class Bidiagonal
{
    private const int PanelColumns = 32;

    /// <summary>Reduces A [m, n], m ≥ n, which it overwrites.</summary>
    /// <param name="a">A.</param>
    /// <param name="diagonal">B's diagonal, [n].</param>
    /// <param name="above">What is above it, [n − 1].</param>
    /// <returns>Q, and P, whose reflection j begins at index j + 1.</returns>
    public static (Reflectors<T> Left, Reflectors<T> Right) Reduce<T>(
        Block<T> a, Span<double> diagonal, Span<double> above) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int m = a.Rows, n = a.Columns;
        var left = new Reflectors<T>(n, m, offset: 0);
        var right = new Reflectors<T>(Math.Max(0, n - 1), n, offset: 1);
        T[] memory = ArrayPool<T>.Shared.Rent(PanelColumns * (5 * m + 2 * n) + 2 * PanelColumns);
        var panel = new Panel<T>(memory, m, n);
        for (int first = 0; first < n; first += PanelColumns)
        {
            int columns = Math.Min(PanelColumns, n - first), next = first + columns;
            a.Part(first, m - first, first, columns).TransposeInto(panel.Columns.Part(0, columns, first, m - first));
            for (int i = 0; i < columns; i++)
            {
                (diagonal[first + i], T tau) = ReduceColumn(panel, first + i, i, left);
                if (first + i + 1 < n)
                    above[first + i] = ReduceRow(a, panel, (first + i, i, tau), right);
            }
            if (next < n)
                BlockProduct.Subtract(
                    a.From(next, next), panel.Left.Part(0, 2 * columns, next, m - next).Transposed,
                    panel.Right.Part(0, 2 * columns, next, n - next));
        }
        ArrayPool<T>.Shared.Return(memory);
        return (left, right);
    }

    /// <summary>Brings a column up to date and turns it onto the diagonal; returns B's element and τ.</summary>
    private static (double Diagonal, T Tau) ReduceColumn<T>(Panel<T> panel, int c, int i, Reflectors<T> left)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int m = panel.Columns.Columns;
        Block<T> column = panel.Columns.Part(i, 1, c, m - c);
        Apply(panel.Right.Part(0, 2 * i, c, 1), panel.Left.Part(0, 2 * i, c, m - c), panel, column);
        (T beta, T tau) = Householder.Reflect(column[0]);
        left.Tau[c] = tau;
        column.CopyTo(left.Rows.Part(c, 1, c, m - c));
        column.CopyTo(panel.Left.Part(2 * i, 1, c, m - c));
        return (double.CreateTruncating(beta), tau);
    }

    /// <summary>y, the row up to date, u, and x; returns B's element beside the diagonal.</summary>
    private static double ReduceRow<T>(
        Block<T> a, Panel<T> panel, (int C, int I, T LeftTau) at, Reflectors<T> right)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int c = at.C, i = at.I, m = a.Rows, n = a.Columns, height = m - c, width = n - c - 1;

        // y = τ·(Aᵀ·v − changes)
        Block<T> v = panel.Left.Part(2 * i, 1, c, height), y = panel.Right.Part(2 * i, 1, c + 1, width);
        MatrixVector.MultiplyTransposed(a.Part(c, height, c + 1, width), v[0], y[0]);
        Project(panel.Left.Part(0, 2 * i, c, height), v, panel);
        Apply(panel.Inner.Part(0, 2 * i, 0, 1), panel.Right.Part(0, 2 * i, c + 1, width), panel, y);
        Vectors.Scale(y[0], at.LeftTau);

        Block<T> u = panel.Right.Part(2 * i + 1, 1, c + 1, width), x = panel.Left.Part(2 * i + 1, 1, c + 1, m - c - 1);
        a[c][(c + 1)..].CopyTo(u[0]);
        Apply(panel.Left.Part(0, 2 * i + 1, c, 1), panel.Right.Part(0, 2 * i + 1, c + 1, width), panel, u);
        (T beta, T tau) = Householder.Reflect(u[0]);
        right.Tau[c] = tau;
        u.CopyTo(right.Rows.Part(c, 1, c + 1, width));

        // x = τ·(A·u − changes)
        if (m - c - 1 > 0)
        {
            MatrixVector.Multiply(a.From(c + 1, c + 1), u[0], x[0]);
            Project(panel.Right.Part(0, 2 * i + 1, c + 1, width), u, panel);
            Apply(
                panel.Inner.Part(0, 2 * i + 1, 0, 1), panel.Left.Part(0, 2 * i + 1, c + 1, m - c - 1), panel, x);
            Vectors.Scale(x[0], tau);
        }
        return double.CreateTruncating(beta);
    }

    /// <summary>Inner = rows · vector.</summary>
    private static void Project<T>(Block<T> rows, Block<T> vector, Panel<T> panel)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        MatrixVector.Multiply(rows, vector[0], panel.Inner.Values[..rows.Rows]);

    /// <summary>vector −= factorsᵀ · rows.</summary>
    private static void Apply<T>(Block<T> factors, Block<T> rows, Panel<T> panel, Block<T> vector)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (rows.Rows == 0)
            return;
        Block<T> negative = panel.Negative.Part(0, 1, 0, rows.Rows);
        for (int k = 0; k < rows.Rows; k++)
            negative[0, k] = -factors[k, 0];
        MatrixVector.MultiplyTransposed(rows, negative[0], vector[0], accumulate: true);
    }

    /// <summary>Rows v₀, x₀, v₁, x₁, … and y₀, u₀, y₁, u₁, …, and the panel's columns of A as rows.</summary>
    private readonly ref struct Panel<T>(Span<T> memory, int m, int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly Span<T> memory = memory;

        public Block<T> Left => new(memory, 2 * PanelColumns, m);

        public Block<T> Columns => new(memory[(2 * PanelColumns * m)..], PanelColumns, m);

        public Block<T> Right => new(memory[(3 * PanelColumns * m)..], 2 * PanelColumns, n);

        public Block<T> Inner => new(memory[(PanelColumns * (3 * m + 2 * n))..], 2 * PanelColumns, 1);

        public Block<T> Negative =>
            new(memory[(PanelColumns * (3 * m + 2 * n) + 2 * PanelColumns)..], 1, 2 * PanelColumns);
    }
}
