using System.Numerics;

namespace Nabla.Numerics.LinearAlgebra;

/// <summary>Systems with a triangular matrix.</summary>
public static class TriangularExtensions
{
    extension<T>(Matrix<T> a) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        /// <summary>
        /// X with op(A)·X = B for a triangular A [n, n], by substitution: xᵢ = (bᵢ − Σⱼ aᵢⱼxⱼ) / aᵢᵢ. The other
        /// triangle is not read.
        /// </summary>
        /// <param name="b">The right sides, [n, m].</param>
        /// <param name="upper">Whether A's upper triangle is meant, or the lower one.</param>
        /// <param name="transpose">Solve Aᵀ·X = B.</param>
        /// <param name="unitDiagonal">Take the diagonal as ones without reading it.</param>
        /// <returns>X, [n, m].</returns>
        /// <exception cref="ArgumentException">
        /// A is not square, B has other rows, a number is not finite, or the diagonal has a 0 (A is singular).
        /// </exception>
        /// <example><code>
        /// var l = new Matrix&lt;double&gt;(2, 2, [2, 0, 1, 4]);
        /// l.SolveTriangular(new(2, 1, [6, 11]), upper: false).Values;   // = [3, 2]
        /// (11.0 - 1 * 6 / 2) / 4;                                      // = 2
        /// </code></example>
        public Matrix<T> SolveTriangular(
            Matrix<T> b, bool upper, bool transpose = false, bool unitDiagonal = false)
        {
            RequireMatrix.Square("SolveTriangular", a);
            RequireMatrix.Finite("SolveTriangular", a);
            RequireMatrix.RightSide("SolveTriangular", a, b);
            int zero = unitDiagonal ? -1 : TriangularSolver.FirstZero(a.Block);
            if (zero >= 0)
                throw new ArgumentException(
                    $"SolveTriangular: a is singular: a[{zero}, {zero}] is 0. Use Lstsq or Pinv.");
            Matrix<T> x = b.Copy();
            TriangularSolver.Solve(a.Block, new Triangle(upper, transpose, unitDiagonal), x.Block);
            return x;
        }
    }
}
