using System.Numerics;

namespace Nabla.Numerics.LinearAlgebra;

/// <summary>Which triangle a matrix is, and how it is read.</summary>
internal readonly record struct Triangle(bool Upper, bool Transposed = false, bool UnitDiagonal = false)
{
    /// <summary>Whether the first unknown can be had first.</summary>
    public bool RunsDown => Upper == Transposed;
}

/// <summary>
/// op(A)·X = B by halves: one half of X, a product to take it out of the other half's right side, the other half.
/// </summary>
internal static class TriangularSolver
{
    private const int SmallSize = 32;

    /// <summary>X, [n, m], holds B before and the solution after. The diagonal must not have a 0.</summary>
    public static void Solve<T>(Block<T> a, Triangle triangle, Block<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int n = a.Rows;
        if (n <= SmallSize)
        {
            SolveSmall(a, triangle, x);
            return;
        }
        int half = n / 2;
        Block<T> first = a.Part(0, half, 0, half), second = a.From(half, half);
        Block<T> corner = triangle.Upper ? a.Part(0, half, half, n - half) : a.Part(half, n - half, 0, half);
        Factor<T> coupling = triangle.Transposed ? corner.Transposed : corner;
        Block<T> top = x.Part(0, half, 0, x.Columns), bottom = x.From(half, 0);
        if (triangle.RunsDown)
        {
            Solve(first, triangle, top);
            BlockProduct.Subtract(bottom, coupling, top);
            Solve(second, triangle, bottom);
        }
        else
        {
            Solve(second, triangle, bottom);
            BlockProduct.Subtract(top, coupling, bottom);
            Solve(first, triangle, top);
        }
    }

    /// <summary>The first row whose diagonal element is 0, or −1.</summary>
    public static int FirstZero<T>(Block<T> a) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < Math.Min(a.Rows, a.Columns); i++)
            if (a[i, i] == T.Zero)
                return i;
        return -1;
    }

    private static void SolveSmall<T>(Block<T> a, Triangle triangle, Block<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int step = 0; step < a.Rows; step++)
        {
            int i = triangle.RunsDown ? step : a.Rows - 1 - step;
            (int from, int to) = triangle.RunsDown ? (0, i) : (i + 1, a.Rows);
            for (int j = from; j < to; j++)
                Vectors.AddScaled(x[i], -(triangle.Transposed ? a[j, i] : a[i, j]), x[j]);
            if (triangle.UnitDiagonal)
                continue;
            T pivot = a[i, i];
            foreach (ref T value in x[i])
                value /= pivot;
        }
    }
}
