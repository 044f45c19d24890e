using System.Numerics;

namespace Nabla.Numerics.LinearAlgebra;

/// <summary>A = V·diag(λ)·Vᵀ.</summary>
/// <param name="Values">The eigenvalues λ in ascending order, [n].</param>
/// <param name="Vectors">Orthonormal eigenvectors as columns, [n, n].</param>
public sealed record SymmetricEigen<T>(T[] Values, Matrix<T> Vectors)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>;

/// <summary>The eigen-decomposition of a symmetric matrix.</summary>
public static class EighExtensions
{
    extension<T>(Matrix<T> a) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        /// <summary>
        /// A·V = V·diag(λ), VᵀV = I, for a symmetric A [n, n]. Only the lower triangle is read, as in PyTorch and
        /// NumPy. Eigenvalues are exact to some roundings of the largest one.
        /// </summary>
        /// <remarks>
        /// Blocked reduction to a tridiagonal matrix, divide and conquer (Cuppen 1981; Gu and Eisenstat 1995), and the
        /// reflections of the reduction applied to its eigenvectors: about 4·n³ operations, nearly all in matrix
        /// products.
        /// </remarks>
        /// <exception cref="ArgumentException">A is not square or a number is not finite.</exception>
        /// <example><code>
        /// var a = new Matrix&lt;double&gt;(2, 2, [2, 1, 1, 2]);
        /// a.Eigh().Values;                                         // = [1, 3]
        /// (2 + 2 + Math.Sqrt((2.0 - 2) * (2 - 2) + 4 * 1 * 1)) / 2;   // = 3
        /// </code></example>
        public SymmetricEigen<T> Eigh() => Decompose(a, valuesOnly: false);

        /// <summary>The eigenvalues of a symmetric A alone, in ascending order, [n].</summary>
        /// <exception cref="ArgumentException">A is not square or a number is not finite.</exception>
        /// <example><code>
        /// new Matrix&lt;double&gt;(2, 2, [2, 1, 1, 2]).Eigvalsh();   // = [1, 3]
        /// 2.0 - 1;                                             // = 1
        /// </code></example>
        public T[] Eigvalsh() => Decompose(a, valuesOnly: true).Values;
    }

    private static SymmetricEigen<T> Decompose<T>(Matrix<T> a, bool valuesOnly)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        string operation = valuesOnly ? "Eigvalsh" : "Eigh";
        RequireMatrix.Square(operation, a);
        RequireMatrix.Finite(operation, a);
        int n = a.Rows;
        Matrix<T> work = a.Copy();
        MirrorLower(work);
        double scale = Scaling.ToUnit(work);
        if (scale == 0)
            return new SymmetricEigen<T>(new T[n], Matrix<T>.Identity(n));
        var diagonal = new double[n];
        var beside = new double[n - 1];
        using Reflectors<T> reflectors = Tridiagonal.Reduce(work.Block, diagonal, beside);
        double largest = diagonal.Concat(beside).Max(Math.Abs);
        using var eigen = new TridiagonalEigen<T>(
            diagonal, beside, Precision<T>.Deflated * largest, valuesOnly);
        eigen.Solve();
        var values = new T[n];
        for (int i = 0; i < n; i++)
            values[i] = T.CreateTruncating(eigen.Values[eigen.Order[i]] * scale);
        if (valuesOnly)
            return new SymmetricEigen<T>(values, work);
        for (int i = 0; i < n; i++)
            eigen.Rows.Block[eigen.Order[i]].CopyTo(work.Row(i));
        var vectors = new Matrix<T>(n, n);
        work.Block.TransposeInto(vectors.Block);
        reflectors.Apply(vectors.Block);
        return new SymmetricEigen<T>(values, vectors);
    }

    private static void MirrorLower<T>(Matrix<T> a) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < a.Rows; i++)
            for (int j = 0; j < i; j++)
                a[j, i] = a[i, j];
    }
}
