using System.Buffers;
using System.Numerics;

namespace Nabla.Numerics.LinearAlgebra;

/// <summary>
/// A = Q·T·Qᵀ with a tridiagonal T, by reflections (Dongarra, Sorensen and Hammarling 1989, LAPACK's <c>sytrd</c>).
/// </summary>
/// <remarks>
/// A reflection from both sides changes A by v·wᵀ + w·vᵀ. These changes are collected for a panel of columns and then
/// made as one matrix product; within the panel each column is brought up to date when its turn comes. So half of the
/// arithmetic is a product of A with one vector after another, which runs at the speed of the caches.
/// </remarks>
internal static class Tridiagonal
{
    private const int PanelColumns = 32;

    /// <summary>Reduces the symmetric A [n, n], both triangles given, which it overwrites.</summary>
    /// <param name="a">A.</param>
    /// <param name="diagonal">T's diagonal, [n].</param>
    /// <param name="beside">T's other diagonal, [n − 1].</param>
    /// <returns>Q; reflection j begins at index j + 1.</returns>
    public static Reflectors<T> Reduce<T>(Block<T> a, Span<double> diagonal, Span<double> beside)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int n = a.Rows;
        var reflectors = new Reflectors<T>(Math.Max(0, n - 1), n, offset: 1);
        T[] memory = ArrayPool<T>.Shared.Rent((4 * PanelColumns + 1) * n + 2 * PanelColumns);
        var panel = new Panel<T>(memory, n);
        for (int first = 0; first < n; first += PanelColumns)
        {
            int columns = Math.Min(PanelColumns, n - first), next = first + columns;
            for (int i = 0; i < columns; i++)
                ReduceColumn(a, panel, (first + i, i), reflectors, diagonal, beside);
            if (next < n)
                BlockProduct.Add(
                    a.From(next, next), panel.Changes.Part(0, 2 * columns, next, n - next).Transposed,
                    panel.NegativePartners(2 * columns).Part(0, 2 * columns, next, n - next));
        }
        ArrayPool<T>.Shared.Return(memory);
        return reflectors;
    }

    private static void ReduceColumn<T>(
        Block<T> a, Panel<T> panel, (int Column, int InPanel) at, Reflectors<T> reflectors,
        Span<double> diagonal, Span<double> beside) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int n = a.Rows, j = at.Column, pairs = at.InPanel, rest = n - j - 1;
        Block<T> changes = panel.Changes.Part(0, 2 * pairs, j, n - j);
        Block<T> column = panel.Column.Part(0, 1, j, n - j), factors = panel.Factors.Part(0, 1, 0, 2 * pairs);
        a[j][j..].CopyTo(column[0]);
        for (int k = 0; k < 2 * pairs; k++)
            factors[0, k] = -changes[k ^ 1, 0];
        if (pairs > 0)
            MatrixVector.MultiplyTransposed(changes, factors[0], column[0], accumulate: true);
        diagonal[j] = double.CreateTruncating(column[0, 0]);
        if (rest == 0)
            return;
        Block<T> v = reflectors.Rows.Part(j, 1, j + 1, rest), w = panel.Changes.Part(2 * pairs + 1, 1, j + 1, rest);
        column[0][1..].CopyTo(v[0]);
        (T beta, T tau) = Householder.Reflect(v[0]);
        beside[j] = double.CreateTruncating(beta);
        reflectors.Tau[j] = tau;
        v.CopyTo(panel.Changes.Part(2 * pairs, 1, j + 1, rest));

        // w = τ·A·v, and then − ½τ·(wᵀv)·v; A is what it was before the panel, less the changes.
        MatrixVector.Multiply(a.From(j + 1, j + 1), v[0], w[0]);
        if (pairs > 0)
        {
            Block<T> below = changes.From(0, 1);
            MatrixVector.Multiply(below, v[0], factors[0]);
            for (int k = 0; k < 2 * pairs; k += 2)
                (factors[0, k], factors[0, k + 1]) = (-factors[0, k + 1], -factors[0, k]);
            MatrixVector.MultiplyTransposed(below, factors[0], w[0], accumulate: true);
        }
        Vectors.Scale(w[0], tau);
        Vectors.AddScaled(w[0], T.CreateTruncating(-0.5) * tau * Vectors.Dot<T>(w[0], v[0]), v[0]);
    }

    /// <summary>What a panel collects: rows v₀, w₀, v₁, w₁, …; A has to become A − Σ v·wᵀ + w·vᵀ.</summary>
    private readonly ref struct Panel<T>(Span<T> memory, int n) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly Span<T> memory = memory;

        public Block<T> Changes => new(memory, 2 * PanelColumns, n);

        public Block<T> Column => new(memory[(4 * PanelColumns * n)..], 1, n);

        public Block<T> Factors => new(memory[((4 * PanelColumns + 1) * n)..], 1, 2 * PanelColumns);

        /// <summary>Rows −w₀, −v₀, −w₁, −v₁, ….</summary>
        public Block<T> NegativePartners(int count)
        {
            var partners = new Block<T>(memory[(2 * PanelColumns * n)..], count, n);
            for (int k = 0; k < count; k++)
                Vectors.Negate(Changes[k ^ 1], partners[k]);
            return partners;
        }
    }
}
